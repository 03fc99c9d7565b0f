import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { formatNumber, formatTime } from '#web/i18n/format.ts';
import { planning } from '#web/i18n/planning.ts';
import type { ScenarioRow } from '../queries.ts';
import { useFigures, usePlanningWords } from '../words.ts';
import { TableFrame } from '../TableFrame.tsx';

/** Scenarios with what they bring: the same figures in the same order, to be compared down the columns. */
export function ScenarioTable({ rows }: { rows: readonly ScenarioRow[] }) {
  const t = useText(planning);
  const w = t.table;
  return (
    <TableFrame label={w.caption}>
      <table>
        <caption className="visually-hidden">{w.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{w.scenario}</th>
            <th scope="col">{w.chosen}</th>
            <th scope="col" className="figure">
              {w.newly}
            </th>
            <th scope="col" className="figure">
              {w.elders}
            </th>
            <th scope="col" className="figure">
              {w.children}
            </th>
            <th scope="col" className="figure">
              {w.mean}
            </th>
            <th scope="col" className="figure">
              {w.farthest}
            </th>
            <th scope="col" className="figure" title={w.giniHint}>
              {w.gini}
            </th>
            <th scope="col" className="figure">
              {w.cost}
            </th>
            <th scope="col">{w.proof}</th>
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

function Row({ row }: { row: ScenarioRow }) {
  const t = useText(planning);
  const say = useFigures();
  const { nameOf } = usePlanningWords();
  return (
    <tr>
      <th scope="row">
        <Go href={`/desk/planner/${row.id}`}>{row.title}</Go>
        <span className="planning-sub">
          <span className={`tag planning-${row.state}`}>{t.states[row.state]}</span> {row.areaName} ·{' '}
          {nameOf('classes', row.classCode)} · {t.goals[row.goal]}
        </span>
        <span className="planning-sub">{t.madeBy(row.madeBy ?? t.dash, formatTime(row.createdAt))}</span>
      </th>
      <td>{row.chosen === null ? t.dash : row.chosen.join(t.sep)}</td>
      <td className="figure">{say.people(row.newly?.people)}</td>
      <td className="figure">{say.people(row.newly?.elders)}</td>
      <td className="figure">{say.people(row.newly?.children)}</td>
      <td className="figure">{say.minutes(row.meanS)}</td>
      <td className="figure">{say.minutes(row.farthestS)}</td>
      <td className="figure">{say.ratio(row.gini)}</td>
      <td className="figure">{row.chosen === null ? t.dash : say.money(row.costYuan)}</td>
      <td>
        <ProofWord proven={row.proven} gap={row.gap} />
      </td>
    </tr>
  );
}

/** Proved, or how far from it at the most. */
export function ProofWord({ proven, gap }: { proven: boolean | null; gap: number | null }) {
  const t = useText(planning);
  if (proven === null || gap === null) return <>{t.dash}</>;
  if (proven) return <span className="tag planning-proven">✓ {t.table.proven}</span>;
  return (
    <span className="tag planning-open">≤ {t.table.notProven(`${formatNumber(Math.ceil(gap * 10_000) / 100)} %`)}</span>
  );
}
