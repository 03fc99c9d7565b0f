/** Stations themselves; what hangs on them is in store-facts.ts. */
import { sql } from 'kysely';
import { isUuid } from '#kit/ids.ts';
import { keptMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import type { Span } from './rules-hours.ts';

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
  addressEn: string;
  directions: string;
  directionsEn: string;
  phone: string;
  languages: string[];
  hours: Span[][];
  holidayHours: boolean;
  openedOn: string;
  closedOn: string | null;
  version: number;
}

const columns = sql`s.id, s.code, s.unit_id as "unitId", s.name, s.name_en as "nameEn", s.area_code as "areaCode", s.path, s.district, s.lon, s.lat,
  s.address, s.address_en as "addressEn", s.directions, s.directions_en as "directionsEn", s.phone, s.languages, s.hours,
  s.holiday_hours as "holidayHours", s.opened_on as "openedOn", s.closed_on as "closedOn", s.version`;

/** The scope again, in the query itself. */
function within(scope: Scope) {
  return scope.seeAll
    ? sql`true`
    : sql`(s.path && ${[...scope.areas]}::text[] or s.unit_id = any (${[...scope.units]}::uuid[]))`;
}

/** By id or code; undefined when there is none within `scope`. `lock` holds it until the transaction ends. */
export async function findStation(
  tx: Tx,
  scope: Scope,
  idOrCode: string,
  lock = false,
): Promise<StationRow | undefined> {
  const named = isUuid(idOrCode) ? sql`s.id = ${idOrCode}::uuid` : sql`s.code = ${idOrCode}`;
  const { rows } = await sql<StationRow>`${sql.raw(keptMark)}
    select ${columns} from station s where ${named} and ${within(scope)} ${lock ? sql`for update` : sql``}`.execute(
    tx.db,
  );
  return rows[0];
}

export interface StationFilter {
  area?: string | undefined;
  /** Also those given up before this day. */
  openOn?: string | undefined;
}

/** Those within `scope`, by code. */
export async function listStationRows(
  tx: Tx,
  scope: Scope,
  { area, openOn }: StationFilter = {},
): Promise<StationRow[]> {
  const { rows } = await sql<StationRow>`
    select ${columns} from station s where ${within(scope)}
      ${area === undefined ? sql`` : sql`and ${area} = any (s.path)`}
      ${openOn === undefined ? sql`` : sql`and (s.closed_on is null or s.closed_on >= ${openOn}::date)`}
    order by s.code`.execute(tx.db);
  return rows;
}

export async function insertStation(tx: Tx, row: StationRow, atMs: number): Promise<void> {
  await tx.db
    .insertInto('station')
    .values({
      ...toColumns(row),
      id: row.id,
      code: row.code,
      unit_id: row.unitId,
      opened_on: row.openedOn,
      created_at: new Date(atMs),
    })
    .execute();
}

/** Writes a row that was locked, with the next version. */
export async function saveStation(tx: Tx, row: StationRow): Promise<StationRow> {
  const version = row.version + 1;
  await tx.db
    .updateTable('station')
    .set({ ...toColumns(row), version })
    .where('id', '=', row.id)
    .execute();
  return { ...row, version };
}

function toColumns(row: StationRow) {
  return {
    name: row.name,
    name_en: row.nameEn,
    area_code: row.areaCode,
    path: row.path,
    district: row.district,
    lon: row.lon,
    lat: row.lat,
    address: row.address,
    address_en: row.addressEn,
    directions: row.directions,
    directions_en: row.directionsEn,
    phone: row.phone,
    languages: row.languages,
    hours: JSON.stringify(row.hours),
    holiday_hours: row.holidayHours,
    closed_on: row.closedOn,
  };
}

/** Units of stations that stand in these areas (or are these), in use and without a station. */
export async function listFreeUnits(
  tx: Tx,
  areas: readonly string[],
): Promise<{ id: string; name: string; nameEn: string }[]> {
  const { rows } = await sql<{ id: string; name: string; nameEn: string }>`
    select u.id, u.name, u.name_en as "nameEn" from unit u
    join area a on a.code = u.area_code
    where u.kind = 'station' and u.retired_at is null and a.path && ${[...areas]}::text[]
      and not exists (select from station s where s.unit_id = u.id)
    order by u.name`.execute(tx.db);
  return rows;
}

/** Whether a code or a unit is taken, also by a station the viewer does not see. */
export async function findTaken(
  tx: Tx,
  { code, unitId }: { code: string; unitId: string },
): Promise<'code' | 'unitId' | undefined> {
  const { rows } = await sql<{
    code: string;
  }>`select code from station where code = ${code} or unit_id = ${unitId}`.execute(tx.db);
  if (rows.length === 0) return undefined;
  return rows.some((row) => row.code === code) ? 'code' : 'unitId';
}
