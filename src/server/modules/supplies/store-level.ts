import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** What a station says of an item; without a row the dictionary speaks. */
export interface LevelRow {
  stationId: string;
  itemCode: string;
  minimum: number;
  place: string;
  /** 0: never set. */
  version: number;
}

export async function listLevels(tx: Tx, stationIds: readonly string[]): Promise<LevelRow[]> {
  const { rows } =
    await sql<LevelRow>`select station_id as "stationId", item_code as "itemCode", minimum, place, version
    from supply_level where station_id = any(${[...stationIds]}::uuid[])`.execute(tx.db);
  return rows;
}

/** Saves when `version` is the one that stands; answers whether it did. */
export async function saveLevel(tx: Tx, { stationId, itemCode, minimum, place, version }: LevelRow): Promise<boolean> {
  const done =
    version === 0
      ? await sql`insert into supply_level (station_id, item_code, minimum, place) values (${stationId}, ${itemCode}, ${minimum}, ${place})
          on conflict do nothing`.execute(tx.db)
      : await sql`update supply_level set minimum = ${minimum}, place = ${place}, version = version + 1
          where station_id = ${stationId} and item_code = ${itemCode} and version = ${version}`.execute(tx.db);
  return Number(done.numAffectedRows ?? 0) === 1;
}
