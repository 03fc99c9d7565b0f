import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** Partners of the district: they come to stations beyond their own street. */
export async function listPartners(tx: Tx, district: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from partner
    where district = ${district} order by name`.execute(tx.db);
  return rows;
}

/** Posts, departments and agencies of the areas the station lies in. */
export async function listProviderUnits(tx: Tx, path: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from unit
    where retired_at is null and area_code = any (${[...path]}::text[])
      and kind in ('post', 'department', 'agency', 'committee', 'partner')
    order by length(area_code) desc, sort`.execute(tx.db);
  return rows;
}
