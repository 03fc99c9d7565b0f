import { useQuery } from '@tanstack/react-query';
import { forceRoutes } from '#contract/force.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { Answer } from '#web/ui/Answer.tsx';
import { useForceWords } from './Parts.tsx';
import { forceKey, leavesQuery, type Leave } from './queries.ts';

/** Leave of everybody in sight: what waits first. Reasons show only to whoever decides. */
export function LeavePart() {
  const t = useText(force).leave;
  return (
    <>
      <p className="quiet">{t.note}</p>
      <Answer query={useQuery(leavesQuery)}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="quiet">{t.none}</p>
          ) : (
            <div className="force-scroll">
              <table className="force-table" aria-label={t.table}>
                <thead>
                  <tr>
                    <th scope="col">{t.who}</th>
                    <th scope="col">{t.days}</th>
                    <th scope="col">{t.reason}</th>
                    <th scope="col">{t.cover}</th>
                    <th scope="col">{t.state}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((row) => (
                    <LeaveRow key={row.id} row={row} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Answer>
    </>
  );
}

function LeaveRow({ row }: { row: Leave }) {
  const t = useText(force);
  const { reasonName } = useForceWords();
  const act = useAct(
    (grant: boolean, opId) => ask(forceRoutes.decideLeave, { params: { id: row.id }, body: { opId, grant } }),
    { stale: [forceKey] },
  );
  return (
    <tr>
      <th scope="row">
        {row.person.name} <span className="quiet">{row.areaName}</span>
      </th>
      <td>{t.days(row.firstDay, row.lastDay)}</td>
      <td>{row.reason === null ? <span className="quiet">{t.leave.hidden}</span> : reasonName(row.reason)}</td>
      <td>
        {row.cover === null ? t.leave.nobody : row.cover.name}
        {row.lent > 0 && <span className="quiet"> {t.leave.lent(formatNumber(row.lent))}</span>}
      </td>
      <td>
        <span className="force-tools">
          {t.leave.states[row.state]}
          {row.mayDecide && (
            <>
              <button
                type="button"
                className="tool tool-framed"
                disabled={act.isPending}
                onClick={() => act.mutate(true)}
              >
                {t.leave.grant}
              </button>
              <button
                type="button"
                className="tool tool-framed"
                disabled={act.isPending}
                onClick={() => act.mutate(false)}
              >
                {t.leave.refuse}
              </button>
            </>
          )}
        </span>
        <ProblemNote error={act.error} />
      </td>
    </tr>
  );
}
