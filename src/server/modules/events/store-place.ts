import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Territory } from '#server/modules/grids/index.ts';

export interface FoundPlace {
  name: string;
  areaName: string;
  lon: number;
  lat: number;
}

/** Places whose name contains the words; those that begin with them first, short names before long ones. At most 20. */
export async function findPlaces(tx: Tx, territory: Territory, words: string): Promise<FoundPlace[]> {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return [];
  const { rows } = await sql<{ name: string; areaCode: string | null; lon: number; lat: number }>`
    select name, area_code as "areaCode", lon, lat from place where position(${wanted} in lower(name)) > 0
    order by position(${wanted} in lower(name)) > 1, length(name), name limit 20`.execute(tx.db);
  return rows.map(({ areaCode, ...place }) => ({
    ...place,
    areaName: areaCode === null ? '' : (territory.area(areaCode)?.name ?? ''),
  }));
}
