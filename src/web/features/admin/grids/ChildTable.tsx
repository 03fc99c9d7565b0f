import { Go } from '#web/app/Go.tsx';
import { areaM2 } from '#engine/territory/measure.ts';
import { adminGrids } from '#web/i18n/admin-grids.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { words } from '#web/i18n/words.ts';
import { DataTable } from '../shared/DataTable.tsx';
import { Mark } from '../shared/Mark.tsx';
import type { Editor } from './use-editor.ts';
import type { Territory } from './use-territory.ts';

/** The table twin of the map: the same areas, choosable by keyboard. */
export function ChildTable({ territory, editor }: { territory: Territory; editor: Editor }) {
  const t = useText(adminGrids).children;
  const w = useText(words);
  return (
    <section className="adm-sheet">
      <h2>{t.title(territory.parent.name, territory.children.length)}</h2>
      <DataTable
        label={t.title(territory.parent.name, territory.children.length)}
        rows={territory.children}
        rowKey={({ code }) => code}
        empty={t.none}
        isCurrent={({ code }) => editor.chosen.includes(code)}
        columns={[
          {
            head: t.name,
            cell: ({ code, name }) => (
              <label className="adm-tick">
                <input
                  type="checkbox"
                  disabled={editor.mode !== 'look'}
                  checked={editor.chosen.includes(code)}
                  onChange={() => editor.choose(code, true)}
                />
                <span>{name}</span>
              </label>
            ),
          },
          { head: t.code, cell: ({ code }) => <span className="adm-code">{code}</span> },
          {
            head: t.tier,
            cell: ({ tier, kind }) => (
              <>
                {w.tier[tier]} {kind === 'exclusive' && <Mark tone="quiet">{t.exclusive}</Mark>}
              </>
            ),
          },
          { head: t.residents, number: true, cell: ({ residents }) => formatNumber(residents) },
          { head: t.households, number: true, cell: ({ households }) => formatNumber(households) },
          {
            head: t.size,
            number: true,
            cell: ({ geometry }) =>
              geometry === null ? <Mark tone="warn">{t.noOutline}</Mark> : t.hectares(hectares(areaM2(geometry))),
          },
          {
            head: t.below,
            cell: ({ code, tier }) =>
              tier !== 'micro_grid' && <Go href={`/desk/admin/grids?parent=${code}`}>{t.open}</Go>,
          },
        ]}
      />
    </section>
  );
}

function hectares(m2: number): string {
  return formatNumber(Math.round(m2 / 100) / 100);
}
