import { careColours, type careRoutes } from '#contract/care.ts';
import type { Input, Output } from '#contract/route.ts';
import { pointWithin } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { sightScope } from './queries-near.ts';
import type { PeopleParts } from './queries.ts';
import { toPlace } from './rules.ts';
import { tellCount, tellCounts } from './rules-cells.ts';
import { countByGrid, type GridCount } from './store-glance.ts';
import { careTags, colourOf } from './tags.ts';

type Glance = Output<(typeof careRoutes)['glance']>;

/** How many people in care live where, by category, colour and grid: no names, no houses, no number below five. */
export async function glanceCare(
  { database, territory }: Pick<PeopleParts, 'database' | 'territory'>,
  actor: Actor,
  { area }: Input<(typeof careRoutes)['glance']>['query'],
): Promise<Glance> {
  const scope = sightScope(actor);
  const rows = await database.read(scope, (tx) => countByGrid(tx, scope, area));
  const byColour = sums(rows, ({ tags }) => [colourOf(tags)]);
  const byTag = sums(rows, ({ tags }) => tags);
  const byGrid = sums(rows, ({ grid }) => [grid]);
  const colours = tellCounts(careColours.map((colour) => byColour.get(colour) ?? 0));
  const grids = [...byGrid.keys()].toSorted();
  const told = tellCounts(grids.map((grid) => byGrid.get(grid) ?? 0));
  const redByGrid = sums(
    rows.filter(({ tags }) => colourOf(tags) === 'red'),
    ({ grid }) => [grid],
  );
  const reds = tellCounts(grids.map((grid) => redByGrid.get(grid) ?? 0));
  return {
    total: colours.total === null ? null : told.total,
    colours: careColours.map((colour, k) => ({ colour, count: colours.counts[k] ?? null })),
    tags: [...careTags().keys()].flatMap((code) =>
      byTag.has(code) ? [{ code, count: tellCount(byTag.get(code) ?? 0) }] : [],
    ),
    areas: grids.flatMap((code, k) => {
      const point = pointWithin(territory, code);
      if (point === null) return [];
      const tags = rows.filter(({ grid }) => grid === code).flatMap((row) => row.tags);
      const [lon, lat] = [toPlace(point[0]), toPlace(point[1])];
      const areaName = territory.area(code)?.name ?? code;
      const counts = { red: reds.counts[k] ?? null, count: told.counts[k] ?? null };
      return [{ areaCode: code, areaName, lon, lat, colour: colourOf(tags), ...counts }];
    }),
  };
}

function sums<K extends string>(rows: readonly GridCount[], keys: (row: GridCount) => readonly K[]): Map<K, number> {
  const all = new Map<K, number>();
  for (const row of rows) for (const key of keys(row)) all.set(key, (all.get(key) ?? 0) + row.count);
  return all;
}
