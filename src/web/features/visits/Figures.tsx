import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { common } from '#web/i18n/common.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { toLocal } from '#web/i18n/local-time.ts';
import { visits } from '#web/i18n/visits.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { figuresQuery } from './queries.ts';

const dayMs = 86_400_000;
const dayOf = (ms: number): string => toLocal(new Date(ms).toISOString()).slice(0, 10);

/** What fell due in a period, by area, and what the numbers leave out. */
export function Figures() {
  const t = useText(visits);
  const c = useText(common);
  const [days, setDays] = useState(30);
  const [now] = useState(() => Date.now());
  const { data, error, refetch } = useQuery(figuresQuery(dayOf(now - (days - 1) * dayMs), dayOf(now)));
  const tell = (n: number | null): string => (n === null ? t.few : formatNumber(n));
  return (
    <>
      <div className="visits-filters">
        <label>
          {t.period}
          <select value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {[7, 30, 90].map((n) => (
              <option key={n} value={n}>
                {t.lastDays(formatNumber(n))}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null && (
        <p className="waiting" role="status">
          {c.loading}
        </p>
      )}
      {data !== undefined && (
        <>
          <div className="visits-table visits-figures">
            <table>
              <caption>{t.figures}</caption>
              <thead>
                <tr>
                  {[t.area, t.fell, t.inTime, t.lateCount, t.openCount, t.missCount].map((words) => (
                    <th key={words} scope="col">
                      {words}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.items.map((row) => (
                  <tr key={row.areaCode}>
                    <th scope="row">{row.areaName}</th>
                    {[row.due, row.inTime, row.late, row.open, row.noAnswer].map((n, k) => (
                      <td key={k} className={n === null ? 'quiet' : undefined}>
                        {tell(n)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <ul className="quiet">
            <li>{t.howFew(formatNumber(data.least), formatNumber(data.suppressed))}</li>
            <li>{t.leftOut(tell(data.leftOut.unplanned), tell(data.leftOut.withdrawn))}</li>
            <li>{t.notes}</li>
          </ul>
        </>
      )}
    </>
  );
}
