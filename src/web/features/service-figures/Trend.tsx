import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { serviceFigures } from '#web/i18n/service-figures.ts';
import type { Figures } from './queries.ts';

/** One bar for each day or month; a day opens. The numbers stand in the names of the bars. */
export function Trend({ trend, onDay }: { trend: Figures['trend']; onDay: (day: string) => void }) {
  const t = useText(serviceFigures);
  const most = trend.items.reduce((best, one) => (one.persons > best.persons ? one : best), { from: '', persons: 0 });
  if (trend.items.length < 2 || most.persons === 0) return null;
  return (
    <section>
      <h2>{t.trend[trend.step]}</h2>
      <p className="quiet">
        {t.peak(trend.step === 'day' ? formatDate(most.from) : most.from.slice(0, 7), formatNumber(most.persons))}
      </p>
      <ol className="service-figures-trend">
        {trend.items.map(({ from, persons }) => {
          const name = t.open(formatDate(from), formatNumber(persons));
          const bar = <span style={{ height: `${(persons / most.persons) * 100}%` }} />;
          return (
            <li key={from}>
              {trend.step === 'day' ? (
                <button type="button" title={name} aria-label={name} onClick={() => onDay(from)}>
                  {bar}
                </button>
              ) : (
                <span
                  className="service-figures-month"
                  role="img"
                  title={name}
                  aria-label={`${from.slice(0, 7)}: ${formatNumber(persons)}`}
                >
                  {bar}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <p className="service-figures-ends quiet" aria-hidden="true">
        <span>{formatDate(trend.items[0]?.from ?? null)}</span>
        <span>{formatDate(trend.items.at(-1)?.to ?? null)}</span>
      </p>
    </section>
  );
}
