import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** What this module reads of stations and partners; it changes neither. */
export interface StationRow {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  address: string;
  unitId: string;
  path: string[];
  district: string;
}

const columns = sql`t.id, t.code, t.name, t.name_en as "nameEn", t.address, t.unit_id as "unitId", t.path, t.district`;

export async function findStation(tx: Tx, by: { id: string } | { code: string }): Promise<StationRow | undefined> {
  const which = 'id' in by ? sql`t.id = ${by.id}` : sql`t.code = ${by.code}`;
  const { rows } =
    await sql<StationRow>`select ${columns} from station t where ${which} and t.closed_on is null`.execute(tx.db);
  return rows[0];
}

/** Stations in use, by code; row-level security leaves those of the viewer. */
export async function listStations(tx: Tx): Promise<StationRow[]> {
  const { rows } =
    await sql<StationRow>`select ${columns} from station t where t.closed_on is null order by t.code`.execute(tx.db);
  return rows;
}

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
