import type { gridsRoutes } from '#contract/grids.ts';
import type { ClientOutput } from '#contract/route.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { DataTable } from './DataTable.tsx';

export type WrongRow = ClientOutput<typeof gridsRoutes.importAreas>['wrong'][number];

/** What is wrong in an imported file, line by line. */
export function WrongRows({ rows, count }: { rows: readonly WrongRow[]; count: number }) {
  const t = useText(adminGrids).imports;
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{t.wrong(count)}</h3>
      <DataTable
        label={t.wrong(count)}
        rows={rows}
        rowKey={({ line, column, found }) => `${line}/${column}/${found}`}
        empty=""
        columns={[
          { head: t.line, cell: ({ line }) => line ?? '—' },
          { head: t.column, cell: ({ column }) => column },
          { head: t.expected, cell: ({ expected }) => expected },
          { head: t.found, cell: ({ found }) => <span className="adm-code">{found}</span> },
        ]}
      />
    </>
  );
}
