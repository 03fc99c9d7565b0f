import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { OfferWish } from '#contract/bookings-views.ts';
import { bookingRoutes } from '#contract/bookings.ts';
import { ask } from '#web/app/ask.ts';
import { useNow } from '#web/app/now.ts';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { clockOf } from '#web/i18n/local-time.ts';
import { addDays } from '#kit/shanghai-days.ts';
import { mondayAfter } from './moments.ts';
import { weekdayName } from './hours.ts';

/** Next week's slots under these hours and the station's opening: what residents will see. */
export function WeekPreview({ stationId, wish }: { stationId: string; wish: OfferWish }) {
  const t = useText(bookings);
  const asked = useDeferredValue(JSON.stringify({ ...wish, title: 'week', bring: [], bringEn: [] }));
  const ready = stationId !== '' && wish.weekly.length > 0 && wish.firstDay !== '';
  const from = mondayAfter(useNow());
  const query = useQuery({
    queryKey: ['booking-preview', stationId, asked],
    queryFn: ({ signal }) =>
      ask(bookingRoutes.preview, { body: { stationId, offer: JSON.parse(asked) as OfferWish, from } }, { signal }),
    enabled: ready,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const days = query.data?.days ?? [];
  if (!ready || days.length === 0) return null;
  return (
    <section aria-label={t.form.preview}>
      <b>{t.form.preview}</b>
      <div className="bookings-week">
        {days.map(({ day, open, slots }, k) => (
          <div key={day}>
            <b>{weekdayName(t, k + 1)}</b> <span className="quiet">{addDays(from, k).slice(5)}</span>
            {slots.length === 0 && <p className="quiet">{open ? t.form.previewNone : t.form.closed}</p>}
            {slots.map(({ startsAt, capacity }) => (
              <div key={startsAt}>
                {clockOf(startsAt)} {capacity > 1 && `× ${capacity}`}
              </div>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}
