import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { conditionsOf } from './store.ts';

/** People of one grid (or of the area above where no grid is known) who have the same tags. */
export interface GridCount {
  grid: string;
  tags: string[];
  count: number;
}

/** Everybody the scope shows in this area and below, counted by grid and tags. */
export async function countByGrid(tx: Tx, scope: Scope, area: string | undefined): Promise<GridCount[]> {
  const filter = area === undefined ? {} : { area };
  const { rows } = await sql<GridCount>`select coalesce(path[5], area_code) as grid, tags, count(*)::int as count
    from care_person where ${conditionsOf(scope, filter)} group by 1, 2`.execute(tx.db);
  return rows;
}
