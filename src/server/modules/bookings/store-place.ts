import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export interface StationRow {
  id: string;
  code: string;
  unitId: string;
  name: string;
  nameEn: string;
  areaCode: string;
  path: string[];
  district: string;
  lon: number;
  lat: number;
  address: string;
  phone: string;
}

const columns = sql`s.id, s.code, s.unit_id as "unitId", s.name, s.name_en as "nameEn", s.area_code as "areaCode", s.path,
  s.district, s.lon, s.lat, s.address, s.phone`;
const running = sql`(s.closed_on is null or s.closed_on >= (now() at time zone 'Asia/Shanghai')::date)`;

/** Stations within the scope that have not been given up. */
export async function listStations(tx: Tx, { seeAll, areas, units }: Scope): Promise<StationRow[]> {
  const { rows } = await sql<StationRow>`select ${columns} from station s
    where ${running} and (${seeAll} or s.path && ${[...areas]}::text[] or s.unit_id = any (${[...units]}::uuid[]))
    order by s.name`.execute(tx.db);
  return rows;
}

export async function findStation(tx: Tx, wanted: { id: string } | { code: string }): Promise<StationRow | undefined> {
  const which = 'id' in wanted ? sql`s.id = ${wanted.id}` : sql`s.code = ${wanted.code}`;
  const { rows } = await sql<StationRow>`select ${columns} from station s where ${which} and ${running}`.execute(tx.db);
  return rows[0];
}

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
