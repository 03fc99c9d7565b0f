import { useQuery } from '@tanstack/react-query';
import { Go } from '#web/app/Go.tsx';
import { toSearchText } from '#web/app/search-text.ts';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { Mark } from '../shared/Mark.tsx';
import { useName } from '../shared/names.ts';
import { boardsQuery, type Unit } from '../shared/queries.ts';
import { usePageSearch } from '../shared/search.ts';
import { unitTree } from '../shared/unit-tree.ts';

/** The units as an indented list, each area under its own heading, with the board a post belongs to. */
export function UnitList({ units, all }: { units: readonly Unit[]; all: readonly Unit[] }) {
  const t = useText(admin).units;
  const [search] = usePageSearch();
  const lines = unitTree(units);
  if (lines.length === 0) return <p className="adm-empty-line">{t.none}</p>;
  return (
    <>
      <p className="adm-soft" role="status">
        {t.count(units.length, all.length)}
      </p>
      <ul className="adm-tree">
        {lines.map(({ unit, depth }) => (
          <li key={unit.id} style={{ paddingInlineStart: `${depth * 20}px` }}>
            <UnitLink unit={unit} search={search} />
          </li>
        ))}
      </ul>
    </>
  );
}

function UnitLink({ unit, search }: { unit: Unit; search: Readonly<Record<string, string>> }) {
  const t = useText(admin).units;
  const w = useText(words);
  const name = useName();
  const boards = useQuery(boardsQuery).data ?? [];
  const board = boards.find(({ code, areaCode }) => code === unit.boardCode && areaCode === unit.areaCode);
  return (
    <Go
      className="adm-tree-link"
      href={`/desk/admin/units${toSearchText({ ...search, unit: unit.id })}`}
      aria-current={search.unit === unit.id ? 'true' : undefined}
    >
      <span>{name(unit)}</span>
      <span className="adm-soft">
        {w.unitKind[unit.kind]} · {w.tier[unit.tier]}
        {board !== undefined && ` · ${name(board)}`}
      </span>
      {unit.retiredAt !== null && <Mark tone="bad">{t.retired}</Mark>}
    </Go>
  );
}
