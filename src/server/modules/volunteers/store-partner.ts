import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** What this module reads of partners; it changes none. */
export interface PartnerName {
  id: string;
  name: string;
  nameEn: string;
}

/** Partners of the areas around a station. */
export async function listPartners(tx: Tx, path: readonly string[]): Promise<PartnerName[]> {
  const { rows } = await sql<PartnerName>`select p.id, p.name, p.name_en as "nameEn" from partner p
    where p.area_code = any (${[...path]}::text[]) order by p.name`.execute(tx.db);
  return rows;
}

export async function partnerNames(tx: Tx, ids: readonly string[]): Promise<Map<string, PartnerName>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<PartnerName>`select p.id, p.name, p.name_en as "nameEn" from partner p
    where p.id = any (${[...ids]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((row) => [row.id, row]));
}
