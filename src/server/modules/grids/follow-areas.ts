import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import type { LiveTerritory } from './live-territory.ts';
import type { StoredArea } from './store.ts';
import type { TerritoryMaps } from './territory-maps.ts';

/** Something kept at a position (WGS-84) and under an area. */
export interface Placed {
  id: string;
  lon: number;
  lat: number;
  areaCode: string;
}

/** What a register tells of its rows, and how one is moved: only while it still lies under the old code, with its line. */
export interface Register {
  /** What this register needs to see all its rows; by default what the program's own acts see. */
  scope?: Scope;
  list(tx: Tx): Promise<readonly Placed[]>;
  move(tx: Tx, row: Placed, to: StoredArea): Promise<boolean>;
}

/**
 * The area a row belongs to after a change, or undefined when it stays. What lies under a retired area goes where its
 * position is now, else to the nearest area above that is in use. What lay where its position was (and was not put under
 * another area by hand) follows the new outlines.
 */
export function areaAfter(before: TerritoryMaps | undefined, now: TerritoryMaps, row: Placed): StoredArea | undefined {
  const located = locate(now, row);
  const current = now.areas.get(row.areaCode);
  if (current === undefined || current.retiredAt !== null) return located ?? nearestInUse(now, current?.path ?? []);
  if (before === undefined || located === undefined || located.code === row.areaCode) return undefined;
  return locate(before, row)?.code === row.areaCode ? located : undefined;
}

function locate(maps: TerritoryMaps, { lon, lat }: Placed): StoredArea | undefined {
  return maps.shaped[maps.index.locate(lon, lat)];
}

function nearestInUse(maps: TerritoryMaps, path: readonly string[]): StoredArea | undefined {
  return path
    .toReversed()
    .map((code) => maps.areas.get(code))
    .find((area) => area?.retiredAt === null);
}

/**
 * Makes what a ticker calls: when the territory has changed since its last call, the rows of a register follow. Answers how
 * many moved. After a start only rows under retired areas are looked for: nobody then knows the outlines of before.
 */
export function followAreas(
  { database, territory }: { database: Database; territory: LiveTerritory },
  register: Register,
): () => Promise<number> {
  let before: TerritoryMaps | undefined;
  return async () => {
    const now = territory.maps();
    if (now === before) return 0;
    let moved = 0;
    const scope = register.scope ?? systemScope;
    for (const row of await database.read(scope, (tx) => register.list(tx))) {
      const to = areaAfter(before, now, row);
      if (to !== undefined && (await database.inTx(scope, (tx) => register.move(tx, row, to)))) moved += 1;
    }
    before = now;
    return moved;
  };
}
