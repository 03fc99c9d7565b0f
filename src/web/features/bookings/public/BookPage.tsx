import { useEffect, useState } from 'react';
import { call } from '#web/app/call.ts';
import { useNow } from '#web/app/now.ts';
import { useLoad } from '#web/app/use-load.ts';
import { useText } from '#web/i18n/area.ts';
import { bookingsPublic } from '#web/i18n/bookings-public.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ErrorNote } from '#web/ui/light/ErrorNote.tsx';
import { Link } from '#web/ui/light/Link.tsx';
import { Skeleton } from '#web/ui/light/Skeleton.tsx';
import { bookingApi, type Offers } from './api.ts';
import './bookings-public.css';
import { readMine } from './mine.ts';
import { OfferList } from './OfferList.tsx';
import { UnmetForm } from './UnmetForm.tsx';
import { inLanguage } from '#web/i18n/language.ts';
import { momentWords } from './words.ts';

/** /book: all that can be booked, by kind; and what was booked on this device. */
export function BookPage() {
  const t = useText(bookingsPublic);
  const { value, error, reload } = useLoad('all', (signal) => call(bookingApi.offers, {}, { signal }));
  useEffect(() => {
    document.title = t.title;
  }, [t.title]);
  return (
    <>
      <section className="part">
        <h1>{t.title}</h1>
        <p>{t.lead}</p>
      </section>
      <Mine />
      {value === undefined && error === undefined && <Skeleton lines={8} />}
      {value === undefined && error !== undefined && <ErrorNote error={error} onRetry={reload} />}
      {value !== undefined && <ByKind answer={value} />}
    </>
  );
}

function Mine() {
  const nowMs = useNow();
  const t = useText(bookingsPublic);
  const [rows] = useState(() => readMine(Date.now()));
  if (rows.length === 0) return null;
  return (
    <section className="part" aria-label={t.mine}>
      <h2 className="part-title">{t.mine}</h2>
      <ul className="book-list">
        {rows.map((row) => (
          <li key={row.path}>
            <Link to={row.path} className="book-card book-link">
              <b>{row.title}</b>
              <span className="book-quiet">{t.mineAt(momentWords(t, row.startsAt, nowMs), row.code)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ByKind({ answer }: { answer: Offers }) {
  const t = useText(bookingsPublic);
  const lang = languageChoice.use();
  const [area, setArea] = useState<string | null>(null);
  const soonest = answer.items.toSorted((a, b) => (a.nextAt ?? '9').localeCompare(b.nextAt ?? '9'));
  const shown = area === null ? soonest : soonest.filter((one) => one.area === area);
  // A wish is said to the station that stands nearest to what was being looked at: the first of the list.
  const station = shown[0]?.station.code ?? answer.items[0]?.station.code;
  return (
    <section className="part">
      <div role="group" aria-label={t.title} className="book-areas">
        <button type="button" className="book-day" aria-pressed={area === null} onClick={() => setArea(null)}>
          <b>{t.all}</b>
          <small>{t.count(answer.items.length)}</small>
        </button>
        {answer.areas.map((one) => (
          <button
            key={one.code}
            type="button"
            className="book-day"
            aria-pressed={area === one.code}
            onClick={() => setArea(one.code)}
          >
            <b>{inLanguage(lang, one.name, one.nameEn)}</b>
            <small>{t.count(one.offers)}</small>
          </button>
        ))}
      </div>
      <OfferList key={area ?? ''} offers={shown} withStation />
      {station !== undefined && <UnmetForm station={station} area={area} />}
    </section>
  );
}
