import { useQuery } from '@tanstack/react-query';
import { projectStates } from '#contract/planning-views.ts';
import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatDate, formatNumber } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import { ProblemNote } from '#web/ui/ProblemNote.tsx';
import { AreaFilter, ClassFilter } from '../list/Filters.tsx';
import { projectsQuery, type ProjectRow } from '../queries.ts';
import { parseProjectsSearch, useSearchOf } from '../search.ts';
import { useFigures, usePlanningWords } from '../words.ts';
import '../planning.css';
import { TableFrame } from '../TableFrame.tsx';

/** All projects one sees: those behind their plan first. */
export function ProjectsPage() {
  const t = useText(planning);
  const p = t.project;
  const [search, go] = useSearchOf(parseProjectsSearch);
  const { data, error } = useQuery(projectsQuery(search));
  return (
    <div className="page-flow planning">
      <header className="planning-head">
        <h1>{p.title}</h1>
      </header>
      <p className="quiet">{p.lead}</p>
      <form className="planning-filters" role="search" aria-label={t.filters}>
        <ClassFilter value={search.class} onChange={(code) => go({ class: code })} />
        <AreaFilter value={search.area} onChange={(code) => go({ area: code })} />
        <label>
          {p.state}
          <select
            value={search.state ?? ''}
            onChange={({ target }) => go({ state: projectStates.find((one) => one === target.value) })}
          >
            <option value="">{t.anyState}</option>
            {projectStates.map((state) => (
              <option key={state} value={state}>
                {p.states[state]}
              </option>
            ))}
          </select>
        </label>
        <label className="planning-check">
          <input
            type="checkbox"
            checked={search.late === true}
            onChange={() => go({ late: search.late === true ? undefined : true })}
          />
          {p.onlyLate}
        </label>
      </form>
      <ProblemNote error={error} />
      {data !== undefined && (
        <>
          <p className="quiet" role="status">
            {data.length === 0 ? p.none : p.count(formatNumber(data.length))}
          </p>
          {data.length > 0 && <ProjectTable rows={data} />}
        </>
      )}
    </div>
  );
}

function ProjectTable({ rows }: { rows: readonly ProjectRow[] }) {
  const p = useText(planning).project;
  const stages = ['approval', 'building', 'acceptance', 'opening'] as const;
  return (
    <TableFrame label={p.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{p.name}</th>
            <th scope="col">{p.state}</th>
            {stages.map((stage) => (
              <th key={stage} scope="col">
                {p.stages[stage]}
              </th>
            ))}
            <th scope="col" className="figure">
              {p.predicted}
            </th>
            <th scope="col" className="figure">
              {p.found}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Row({ row }: { row: ProjectRow }) {
  const p = useText(planning).project;
  const say = useFigures();
  const { nameOf } = usePlanningWords();
  return (
    <tr>
      <th scope="row">
        <Go href={`/desk/projects/${row.id}`}>{row.name}</Go>
        <span className="planning-sub">
          {nameOf('classes', row.classCode)} · {row.areaName}
        </span>
      </th>
      <td>
        <span className={`tag planning-at-${row.state}`}>{p.states[row.state]}</span>
        {row.lateDays !== null && (
          <span className="planning-sub planning-late">! {p.late(formatNumber(row.lateDays))}</span>
        )}
      </td>
      {row.stages.map(({ id, plannedOn, doneOn }) => (
        <td key={id} className="planning-dates">
          {doneOn === null ? (
            <span className="quiet">{formatDate(plannedOn)}</span>
          ) : (
            <span>✓ {formatDate(doneOn)}</span>
          )}
        </td>
      ))}
      <td className="figure">{say.people(row.predicted.people)}</td>
      <td className="figure">{row.found === null ? p.notMeasured : say.people(row.found.people)}</td>
    </tr>
  );
}
