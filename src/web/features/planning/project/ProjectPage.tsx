import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { projectQuery, type Project } from '../queries.ts';
import { useFigures } from '../words.ts';
import { hoursText } from './hours.ts';
import { OpenForm } from './OpenForm.tsx';
import { PlanForm } from './PlanForm.tsx';
import { Remeasures } from './Remeasures.tsx';
import { Stages } from './Stages.tsx';
import { StopForm } from './StopForm.tsx';
import '../planning.css';

/** One project: where it stands against its plan, what it is to be, what came of it. */
export function ProjectPage() {
  const p = useText(planning).project;
  const { id = '' } = useParams({ strict: false });
  const { data, error } = useQuery(projectQuery(id));
  return (
    <div className="page-flow planning">
      <nav className="planning-no-print">
        <Go href="/desk/projects">‹ {p.allProjects}</Go>
      </nav>
      <ProblemNote error={error} />
      {data !== undefined && <Whole project={data} />}
    </div>
  );
}

type Sheet = 'plan' | 'open' | 'stop';

function Whole({ project }: { project: Project }) {
  const p = useText(planning).project;
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const { state, mayPlan, lateDays } = project;
  const isRunning = state !== 'open' && state !== 'stopped';
  const close = (): void => setSheet(null);
  return (
    <>
      <header className="planning-head">
        <h1>{project.name}</h1>
        <span className={`tag planning-at-${state}`}>{p.states[state]}</span>
        {lateDays !== null && <span className="planning-late">! {p.late(formatNumber(lateDays))}</span>}
      </header>
      <p>
        {p.where(project.areaName, project.address)} · {p.serves(project.servedName, formatNumber(project.limitMin))}
      </p>
      <p className="quiet">
        {p.decided(project.minutesNo, formatDate(project.decidedAt))} ·{' '}
        <Go href={`/desk/planner/${project.scenarioId}`}>{p.scenario}</Go>
      </p>
      {project.openedOn !== null && <p className="planning-says">{p.opened(formatDate(project.openedOn))}</p>}
      {state === 'stopped' && <p className="note-line">{p.stopped(project.reason)}</p>}
      <Stages project={project} />
      {mayPlan && isRunning && (
        <p className="planning-buttons planning-no-print">
          {state === 'opening' && (
            <button type="button" className="tool tool-framed planning-main" onClick={() => setSheet('open')}>
              {p.openAct}
            </button>
          )}
          <button type="button" className="tool tool-framed" onClick={() => setSheet('plan')}>
            {p.edit}
          </button>
          <button type="button" className="tool" onClick={() => setSheet('stop')}>
            {p.stop}
          </button>
        </p>
      )}
      <Facts project={project} />
      <Remeasures project={project} />
      {sheet === 'plan' && <PlanForm project={project} onClose={close} />}
      {sheet === 'open' && <OpenForm project={project} onClose={close} />}
      {sheet === 'stop' && <StopForm project={project} onClose={close} />}
    </>
  );
}

function Facts({ project }: { project: Project }) {
  const t = useText(planning);
  const p = t.project;
  const say = useFigures();
  const { hours, services, capacity, floorM2, budgetYuan, predicted } = project;
  const facts: [string, string][] = [
    [p.predicted, `${say.people(predicted.people)} (${p.elders} ${formatNumber(predicted.elders)}, ${p.children} ${formatNumber(predicted.children)})`], // prettier-ignore
    [
      p.hours,
      hours === null || hours.length === 0
        ? p.unknown
        : hoursText(hours, { names: p.dayNames, everyDay: p.everyDay, sep: t.sep }),
    ],
    [p.services, services === '' ? p.unknown : services],
    [p.floor, floorM2 === null ? p.unknown : t.form.squareMetres(formatNumber(floorM2))],
    [p.capacity, capacity === null ? p.unknown : formatNumber(capacity)],
    [p.budget, say.money(budgetYuan)],
  ];
  return (
    <section className="planning-card planning-basis">
      <dl>
        {facts.map(([label, value]) => (
          <div key={label} className="planning-fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="planning-buttons planning-no-print">
        {project.idleResourceId !== null && (
          <Go className="tool tool-framed" href={`/desk/idle?row=${project.idleResourceId}`}>
            {p.idle}
          </Go>
        )}
        {project.demandId !== null && (
          <Go className="tool tool-framed" href={`/desk/shortfalls?list=demand&row=${project.demandId}`}>
            {p.demand}
          </Go>
        )}
        {project.facilityId !== null && (
          <Go className="tool tool-framed" href={`/desk/facilities?row=${project.facilityId}`}>
            {p.facility}
          </Go>
        )}
      </p>
    </section>
  );
}
