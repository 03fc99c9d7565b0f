import type { LonLat } from '#kit/geo.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { DataTable } from '../shared/DataTable.tsx';
import type { TerritoryProblem } from '../shared/queries.ts';

export interface ProblemTableProps {
  problems: readonly TerritoryProblem[];
  nameOf: (code: string) => string;
  onShow: (at: LonLat) => void;
}

/** The places marked on the map, in words: what is wrong, between whom, how large, where. */
export function ProblemTable({ problems, nameOf, onShow }: ProblemTableProps) {
  const t = useText(adminGrids).problems;
  const rows = problems.map((problem, index) => ({ problem, number: index + 1 }));
  if (rows.length === 0) return null;
  return (
    <section aria-label={t.title}>
      <h3>{t.title}</h3>
      <DataTable
        label={t.title}
        rows={rows}
        rowKey={({ number }) => String(number)}
        empty=""
        columns={[
          { head: t.what, cell: ({ problem, number }) => `${number}. ${t.kinds[problem.kind]}` },
          { head: t.who, cell: ({ problem }) => problem.codes.map((code) => `${nameOf(code)} ${code}`).join(' / ') },
          {
            head: t.size,
            number: true,
            cell: ({ problem }) => t.squareMetres(formatNumber(Math.round(problem.areaM2 * 10) / 10)),
          },
          {
            head: t.where,
            cell: ({ problem: { at } }) =>
              at !== null && (
                <button type="button" className="adm-link" onClick={() => onShow(at)}>
                  {at[0].toFixed(6)}, {at[1].toFixed(6)}
                </button>
              ),
          },
        ]}
      />
    </section>
  );
}
