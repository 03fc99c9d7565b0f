import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import type { Figures } from '../queries.ts';
import { useFigures } from '../words.ts';
import { TableFrame } from '../TableFrame.tsx';

export interface FiguresRow {
  key: string;
  title: string;
  places: string;
  after: Figures['after'];
  /** Null: as things are now. */
  newly: Figures['newly'] | null;
  costYuan: number | null;
}

/** Now, what the engine chose, what was kept and what is being tried: the same figures below one another. */
export function FiguresTable({ rows }: { rows: readonly FiguresRow[] }) {
  const t = useText(planning);
  const w = t.table;
  const say = useFigures();
  return (
    <>
      <TableFrame label={w.caption}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.scenario}</th>
              {[w.within, w.newly, w.elders, w.children, w.mean, w.farthest].map((head) => (
                <th key={head} scope="col" className="figure">
                  {head}
                </th>
              ))}
              <th scope="col" className="figure" title={w.giniHint}>
                {w.gini}
              </th>
              <th scope="col" className="figure">
                {w.palma}
              </th>
              <th scope="col" className="figure">
                {w.cost}
              </th>
            </tr>
          </thead>
          <tbody aria-live="polite">
            {rows.map(({ key, title, places, after, newly, costYuan }) => (
              <tr key={key} className={key === 'mine' ? 'planning-mine' : undefined}>
                <th scope="row">
                  {title}
                  {places !== '' && <span className="planning-sub">{places}</span>}
                </th>
                <td className="figure">{say.people(after.within.people)}</td>
                <td className="figure">{say.people(newly?.people)}</td>
                <td className="figure">{say.people(newly?.elders)}</td>
                <td className="figure">{say.people(newly?.children)}</td>
                <td className="figure">{say.minutes(after.meanS)}</td>
                <td className="figure">{say.minutes(after.farthestS)}</td>
                <td className="figure">{say.ratio(after.gini)}</td>
                <td className="figure">{after.palma === null ? t.dash : after.palma.toFixed(2)}</td>
                <td className="figure">{newly === null ? t.dash : say.money(costYuan)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
      <p className="quiet">
        {w.note} {w.giniHint}
      </p>
    </>
  );
}
