import { call } from '#web/app/call.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { bookingsPublic } from '#web/i18n/bookings-public.ts';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { bookingApi } from './api.ts';
import './bookings-public.css';
import { OfferList } from './OfferList.tsx';
import { UnmetForm } from './UnmetForm.tsx';

/** On the public page of a station: what can be booked there. */
export function BookSection({ station }: { station: { code: string } }) {
  const t = useText(bookingsPublic);
  const { value, error, reload } = useLoad(station.code, (signal) =>
    call(bookingApi.offers, { query: { station: station.code } }, { signal }),
  );
  return (
    <section className="part" aria-label={t.title}>
      <h2 className="part-title">{t.title}</h2>
      {value === undefined && error === undefined && <Skeleton lines={4} />}
      {value === undefined && error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {value !== undefined && (
        <>
          <OfferList offers={value.items} withStation={false} />
          <UnmetForm station={station.code} area={null} />
        </>
      )}
    </section>
  );
}
