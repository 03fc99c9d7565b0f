import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { formatDuration, formatNumber } from '#web/i18n/format.ts';
import type { Wait } from './queries.ts';

const ms = 60_000;

/** How long people wait between the steps: the half, nine tenths, and the whole spread. */
export function Waits({ waits }: { waits: readonly Wait[] }) {
  const t = useText(analytics);
  const time = (minutes: number | null): string => (minutes === null ? '—' : formatDuration(minutes * ms));
  return (
    <section>
      <h2>{t.waits}</h2>
      <p className="quiet">{t.waitsLead}</p>
      <div className="table-frame">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{t.waitHead}</th>
              <th scope="col">{t.casesHead}</th>
              <th scope="col">{t.medianHead}</th>
              <th scope="col">{t.p90Head}</th>
              <th scope="col">{t.spread}</th>
            </tr>
          </thead>
          <tbody>
            {waits.map((wait) => (
              <tr key={wait.code}>
                <th scope="row">{t.wait[wait.code]}</th>
                <td>{formatNumber(wait.count)}</td>
                <td>{time(wait.medianMinutes)}</td>
                <td>{time(wait.p90Minutes)}</td>
                <td>
                  <Spread wait={wait} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** A column for each step of time; the steps grow by half a doubling. */
function Spread({ wait }: { wait: Wait }) {
  const t = useText(analytics);
  const most = Math.max(1, ...wait.bins.map(({ count }) => count));
  if (wait.count === 0) return '—';
  const said = wait.bins.map(({ toMinutes, count }) =>
    toMinutes === null
      ? t.binMore(formatNumber(count))
      : t.binUpTo(formatDuration(toMinutes * ms), formatNumber(count)),
  );
  const full = wait.bins.flatMap(({ count }, at) => (count === 0 ? [] : [said[at]])).join(' · ');
  return (
    <svg
      className="analytics-spread"
      viewBox={`0 0 ${wait.bins.length * 6} 28`}
      role="img"
      aria-label={t.spreadOf(t.wait[wait.code], full)}
    >
      {wait.bins.map(({ count }, at) => (
        <rect key={at} x={at * 6} y={28 - (count / most) * 26} width="5" height={(count / most) * 26}>
          <title>{said[at]}</title>
        </rect>
      ))}
    </svg>
  );
}
