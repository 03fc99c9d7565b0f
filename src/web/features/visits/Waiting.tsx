import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { useCareTags } from '#web/app/ground-words.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { visits } from '#web/i18n/visits.ts';
import { Awaited } from '#web/ui/Answer.tsx';
import { waitingQuery, type WaitingVisit } from './queries.ts';

/** For those above the community: which visits wait too long, by category and grid. */
export function Waiting() {
  const t = useText(visits);
  const { data, error, refetch } = useQuery(waitingQuery);
  return (
    <>
      <Awaited query={{ data, error, refetch }} />
      {data?.items.length === 0 && <p className="visits-none">{t.waits.none}</p>}
      {data !== undefined && data.items.length > 0 && (
        <>
          <p role="status">{t.waits.counts(formatNumber(data.noAnswer), formatNumber(data.late))}</p>
          <div className="visits-plan visits-plan-wide">
            <div className="visits-table">
              <table>
                <caption className="visually-hidden">{t.waits.title}</caption>
                <thead>
                  <tr>
                    {[t.area, t.waits.whom, t.how, t.worker].map((head) => (
                      <th key={head} scope="col">
                        {head}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {data.items.map((row) => (
                    <Row key={row.id} row={row} />
                  ))}
                </tbody>
              </table>
            </div>
          </div>
        </>
      )}
    </>
  );
}

function Row({ row }: { row: WaitingVisit }) {
  const t = useText(visits);
  const { nameOf } = useCareTags();
  return (
    <tr>
      <th scope="row">{row.areaName}</th>
      <td>
        {row.tags.map(nameOf).join(t.comma)} <span className="tag">{t.tier[row.tier]}</span>
      </td>
      <td>
        {t.stateOf[row.state]}
        {row.rung > 0 && <span className="visits-miss visits-line">{t.rung[row.rung] ?? ''}</span>}
        {row.nextTryAt !== null && (
          <span className={row.stepLate ? 'visits-late visits-line' : 'quiet visits-line'}>
            {row.stepLate ? t.waits.stepLate(formatTime(row.nextTryAt)) : t.next(formatTime(row.nextTryAt))}
          </span>
        )}
        <span className={row.late ? 'visits-late visits-line' : 'quiet visits-line'}>
          {row.late ? t.lateSince(formatTime(row.dueAt)) : t.dueBy(formatTime(row.dueAt))}
        </span>
        {row.eventId !== null && <Go href={`/desk?event=${row.eventId}`}>{t.event}</Go>}
      </td>
      <td>{row.workerName ?? t.noWorker}</td>
    </tr>
  );
}
