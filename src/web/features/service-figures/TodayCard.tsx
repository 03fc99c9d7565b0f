import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { todayQuery } from './queries.ts';
import './service-figures.css';

/** Person-times of today until now, beside what this weekday usually has by now. */
export function TodayCard() {
  const t = useText(serviceFigures);
  const { data, error, refetch } = useQuery(todayQuery);
  const day =
    data === undefined ? '' : (t.demand.weekday[(new Date(`${data.day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? '');
  return (
    <section className="service-figures-today">
      <h3>{t.today.title}</h3>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data !== undefined && (
        <>
          <p>
            <Go href={`/desk/service-figures?period=day&day=${data.day}&list=1`} className="service-figures-big">
              {t.today.persons(formatNumber(data.persons))}
            </Go>
          </p>
          <p className="quiet">
            {data.usual === null ? t.today.unknown : t.today.usual(day, formatNumber(Math.round(data.usual)))}
          </p>
          <Go href={`/desk/service-figures?period=day&day=${data.day}`}>{t.today.more}</Go>
        </>
      )}
    </section>
  );
}
