import type { coverageRoutes } from '#contract/coverage.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Area, LiveTerritory } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { openDoor } from './commands.ts';
import { dayMs, type CoverageParts } from './parts.ts';
import { coverageRules, hideAlone, nothing, plus, shareOf, type GridCount } from './rules.ts';
import { countByGrid, countHouseholds, listHouseholds, type After, type StoredHousehold } from './store.ts';

type Routes = typeof coverageRoutes;
type Row = Output<Routes['get']>['area'];

/**
 * The figures of one area and of each area below it. Everything is counted at the moment of asking: residents from the
 * territory, members distinct over all online groups, households from their register.
 * @throws AppError not_found for an area that is not there
 */
export async function getCoverage(
  parts: CoverageParts,
  actor: Actor,
  query: Input<Routes['get']>['query'],
): Promise<Output<Routes['get']>> {
  const { territory, clock } = parts;
  const area = territory.area(query.area ?? ownArea(territory, actor));
  if (area === undefined)
    throw new AppError('not_found', `There is no area ${query.area ?? ''}. Expected a code of the territory.`);
  const counts = await countGrids(parts, area);
  const rules = coverageRules();
  const children = opensBelow(area) ? territory.children(area.code) : [];
  const rows = children.map((child) => toRow(territory, child, sumUnder(territory, counts, child)));
  const online = hideAlone(rows.map((row) => row.online));
  const visited = hideAlone(rows.map((row) => row.visited));
  return {
    at: toIso(clock.now()),
    above: area.path
      .filter((code) => code !== area.code)
      .map((code) => ({ code, name: territory.area(code)?.name ?? code })),
    area: toRow(territory, area, sumUnder(territory, counts, area)),
    parts: rows.map((row, k) => ({ ...row, online: online[k] ?? row.online, visited: visited[k] ?? row.visited })),
    rules,
  };
}

/** Where somebody's figures begin: the area of their first appointment, else the whole. */
function ownArea(territory: LiveTerritory, actor: Actor): string {
  return actor.grants.find(({ areaCode }) => areaCode !== null)?.areaCode ?? territory.city().code;
}

const opensBelow = ({ tier }: Area): boolean => tier !== 'grid' && tier !== 'micro_grid';

/** Counts of an area by grid; what lies under a higher area only is kept under that area's code. */
async function countGrids(
  { database, clock, membersByGrid }: CoverageParts,
  area: Area,
): Promise<Map<string, GridCount>> {
  const since = new Date(clock.now() - coverageRules().visitedWithinDays * dayMs);
  const [houses, members] = await Promise.all([
    database.read(systemScope, (tx) => countByGrid(tx, area.code, since)),
    membersByGrid([area.code]),
  ]);
  const counts = new Map<string, GridCount>();
  const add = (code: string, part: Partial<GridCount>): void =>
    void counts.set(code, plus(counts.get(code) ?? nothing, { ...nothing, ...part }));
  for (const { grid, ...house } of houses) add(grid, house);
  for (const [grid, { members: n }] of members) add(grid, { members: n });
  return counts;
}

/** Residents are the area's own figure, so that a street whose grids are still being drawn is not told too small. */
function sumUnder(territory: LiveTerritory, counts: ReadonlyMap<string, GridCount>, area: Area): GridCount {
  let sum: GridCount = { ...nothing };
  for (const [code, count] of counts)
    if (code === area.code || territory.area(code)?.path.includes(area.code) === true) sum = plus(sum, count);
  return { ...sum, residents: area.residents };
}

function toRow(territory: LiveTerritory, area: Area, count: GridCount): Row {
  const { suppressBelow } = coverageRules();
  return {
    code: area.code,
    name: area.name,
    tier: area.tier,
    residents: count.residents,
    registered: count.registered,
    online: shareOf(Math.round(count.members), count.residents, suppressBelow),
    visited: shareOf(count.visited, count.households, 0),
    opens: opensBelow(area) && territory.children(area.code).length > 0,
  };
}

/** One page of households, those longest not visited first; `next` leads to the following one, or is null. */
export async function listOwnHouseholds(
  { database, vault, territory, clock }: CoverageParts,
  actor: Actor,
  { cursor, limit, area, due }: Input<Routes['households']>['query'],
): Promise<Output<Routes['households']>> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const scope = scopeFor(actor, 'visit.do');
  const dueSince = due === true ? new Date(clock.now() - coverageRules().visitedWithinDays * dayMs) : undefined;
  const wish = { scope, area, dueSince };
  const [rows, total] = await database.read(scope, async (tx) => [
    await listHouseholds(tx, wish, after, limit + 1),
    await countHouseholds(tx, wish),
  ]);
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map((row) => toView({ vault, territory }, row)),
    next: rows.length > limit && last !== undefined ? `${last.visitedAt?.getTime() ?? 0}_${last.id}` : null,
    total,
  };
}

function readCursor(cursor: string): After {
  const [ms = '', id = ''] = cursor.split('_');
  if (/^\d{1,15}$/.test(ms) && isUuid(id)) return { visitedMs: Number(ms), id };
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
}

export function toView(
  { vault, territory }: Pick<CoverageParts, 'vault' | 'territory'>,
  row: StoredHousehold,
): Output<Routes['households']>['items'][number] {
  const { id, areaCode, address, residents, visitedAt, visitedHow, version } = row;
  return {
    id,
    areaCode,
    areaName: territory.area(areaCode)?.name ?? areaCode,
    address,
    door: openDoor(vault, row),
    residents,
    visitedAt: visitedAt?.toISOString() ?? null,
    visitedHow,
    version,
  };
}
