import { planningRoutes } from '#contract/planning.ts';
import { Go } from '#web/app/Go.tsx';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { planningKey, type Project } from '../queries.ts';
import { TableFrame } from '../TableFrame.tsx';

type Remeasure = Project['remeasures'][number];

/** Predicted against real: measured again once it is open, kept each time. */
export function Remeasures({ project }: { project: Project }) {
  const p = useText(planning).project;
  const send = useAct(
    (_nothing: undefined, opId) => ask(planningRoutes.remeasure, { params: { id: project.id }, body: { opId } }),
    { stale: [planningKey] },
  );
  if (project.state !== 'open') return null;
  return (
    <section className="planning-card" aria-labelledby="planning-again">
      <h2 id="planning-again">{p.measured}</h2>
      {project.remeasures.length === 0 && <p className="quiet">{p.notYetMeasured}</p>}
      {project.remeasures.map((one) => (
        <RemeasurePart key={one.id} one={one} project={project} />
      ))}
      {project.mayPlan && (
        <div className="planning-no-print">
          <p className="quiet">{p.againLead}</p>
          <ProblemNote error={send.error} />
          <button
            type="button"
            className="tool tool-framed planning-main"
            disabled={send.isPending}
            aria-busy={send.isPending}
            onClick={() => send.mutate(undefined)}
          >
            {p.again}
          </button>
        </div>
      )}
    </section>
  );
}

const groups = ['people', 'elders', 'children'] as const;

function RemeasurePart({ one, project }: { one: Remeasure; project: Project }) {
  const p = useText(planning).project;
  const { predicted, found } = one;
  const names = { people: p.all, elders: p.elders, children: p.children };
  const apart = found.byThis.people - predicted.people;
  return (
    <article>
      <p className="planning-says">
        {apart === 0 ? p.sameAs : p.differs(`${apart > 0 ? '+' : ''}${formatNumber(apart)}`)}
      </p>
      <TableFrame label={p.measured}>
        <table>
          <thead>
            <tr>
              <th scope="col">{p.group}</th>
              <th scope="col" className="figure">
                {p.predicted}
              </th>
              <th scope="col" className="figure">
                {p.byThis}
              </th>
              <th scope="col" className="figure">
                {p.newly}
              </th>
              <th scope="col" className="figure">
                {p.lost}
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={group}>
                <th scope="row">{names[group]}</th>
                <td className="figure">{formatNumber(predicted[group])}</td>
                <td className="figure">{formatNumber(found.byThis[group])}</td>
                <td className="figure">{formatNumber(found.newly[group])}</td>
                <td className="figure">{formatNumber(found.lost[group])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <Why found={found} />
      <p className="quiet">
        {p.measuredAt} {formatTime(one.measuredAt)} · <span className="planning-hash">{p.hash(one.hashAfter)}</span> ·{' '}
        <Go
          href={`/desk/circle?class=${project.classCode}&area=${project.servedCode}&run=${one.runAfter}&with=${one.runBefore}`}
        >
          {p.compareRuns}
        </Go>
      </p>
    </article>
  );
}

/** What differs besides the facility itself. */
function Why({ found }: { found: Remeasure['found'] }) {
  const p = useText(planning).project;
  const reasons = [
    ...(found.population === 0
      ? []
      : [p.whyPopulation(`${found.population > 0 ? '+' : ''}${formatNumber(found.population)}`)]),
    ...(found.networkChanged ? [p.whyNetwork] : []),
    ...(found.otherOpened > 0 ? [p.whyOpened(formatNumber(found.otherOpened))] : []),
    ...(found.otherClosed > 0 ? [p.whyClosed(formatNumber(found.otherClosed))] : []),
    ...(found.standardsChanged ? [p.whyStandard] : []),
  ];
  return (
    <p>
      <strong>{p.why}</strong> {reasons.length === 0 ? p.whyNothing : reasons.join('; ')}
    </p>
  );
}
