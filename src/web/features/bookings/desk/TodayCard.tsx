import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { bookings } from '#web/i18n/bookings.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import './bookings.css';
import { todayQuery } from './queries.ts';

/** On the page of all stations: how many are booked today, and who is still awaited. */
export function TodayCard() {
  const t = useText(bookings).today;
  const query = useQuery(todayQuery);
  return (
    <section className="bookings-card" aria-label={t.title}>
      <h2>{t.title}</h2>
      <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
      {query.data?.items.length === 0 && <p className="quiet">{t.none}</p>}
      <ul>
        {query.data?.items.map((one) => (
          <li key={one.stationId}>
            <Go href={`/desk/stations/${one.code}?part=bookings`}>
              {one.name} {t.line(one.booked, one.waiting, one.arrived)}
              {one.late > 0 && <span className="bookings-warn"> {t.late(one.late)}</span>}
            </Go>
          </li>
        ))}
      </ul>
    </section>
  );
}
