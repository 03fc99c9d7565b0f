/** Facilities: the only SQL of them. */
import { sql, type RawBuilder } from 'kysely';
import type { facilitySources, missingFacts } from '#contract/facilities-views.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import type { OpenSpan } from './rules-hours.ts';

export type FacilitySource = (typeof facilitySources)[number];

/** A facility as it is kept. Positions are WGS-84 degrees, days 'YYYY-MM-DD'. */
export interface FacilityRow {
  id: string;
  code: string;
  /** Code of db/data/facility-classes.csv. */
  classCode: string;
  name: string;
  areaCode: string;
  path: string[];
  district: string;
  lon: number;
  lat: number;
  address: string;
  /** In the unit of its class; null: not known. */
  capacity: number | null;
  floorM2: number | null;
  /** null: not known; empty: never open. */
  hours: OpenSpan[] | null;
  stepFree: boolean | null;
  /** First day it is there; null: longer than anybody noted. */
  openedOn: string | null;
  /** First day it is no longer there. */
  closedOn: string | null;
  source: FacilitySource;
  sourceRef: string;
  /** The day somebody stood before it. */
  checkedOn: string | null;
  note: string;
  version: number;
}

const columns = sql`f.id, f.code, f.class_code as "classCode", f.name, f.area_code as "areaCode", f.path, f.district, f.lon, f.lat,
  f.address, f.capacity, f.floor_m2 as "floorM2", f.hours, f.step_free as "stepFree", f.opened_on as "openedOn",
  f.closed_on as "closedOn", f.source, f.source_ref as "sourceRef", f.checked_on as "checkedOn", f.note, f.version`;

/** The scope again, in the query itself: the same words as the policy. */
export function within(scope: Scope): RawBuilder<boolean> {
  return scope.seeAll ? sql`true` : sql`path && ${[...scope.areas]}::text[]`;
}

export interface FacilityFilter {
  code?: string | undefined;
  /** Within this area or below. */
  area?: string | undefined;
  classes?: readonly string[] | undefined;
  /** Those there on this day. */
  on?: string | undefined;
  /** Of which at least one of these is not known. */
  missing?: readonly Missing[] | undefined;
  q?: string | undefined;
}

export type Missing = (typeof missingFacts)[number];

const missingSql = {
  hours: sql<boolean>`f.hours is null`,
  capacity: sql<boolean>`f.capacity is null`,
  step_free: sql<boolean>`f.step_free is null`,
  checked: sql<boolean>`f.checked_on is null`,
} as const satisfies Record<Missing, RawBuilder<boolean>>;

function fits(
  { code, area, classes, on, missing, q }: FacilityFilter,
  capacityClasses: readonly string[],
): RawBuilder<boolean> {
  const like = `%${(q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  const conditions = [
    code === undefined ? undefined : sql<boolean>`f.code = ${code}`,
    area === undefined ? undefined : sql<boolean>`${area} = any (f.path)`,
    classes === undefined ? undefined : sql<boolean>`f.class_code = any (${[...classes]}::text[])`,
    on === undefined
      ? undefined
      : sql<boolean>`(f.opened_on is null or f.opened_on <= ${on}::date) and (f.closed_on is null or f.closed_on > ${on}::date)`,
    missing === undefined || missing.length === 0
      ? undefined
      : sql<boolean>`(${sql.join(
          missing.map((one) =>
            one === 'capacity'
              ? sql`(${missingSql.capacity} and f.class_code = any (${[...capacityClasses]}::text[]))`
              : missingSql[one],
          ),
          sql` or `,
        )})`,
    q === undefined || q === ''
      ? undefined
      : sql<boolean>`(f.name ilike ${like} or f.code ilike ${like} or f.address ilike ${like})`,
  ].filter((one) => one !== undefined);
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`;
}

export interface FacilityWish {
  scope: Scope;
  filter: FacilityFilter;
  /** Classes whose capacity means something: only there can it be missing. */
  capacityClasses?: readonly string[];
  /** Behind this code; null: from the beginning. */
  after?: string | null;
  limit?: number;
}

/** Those that fit, by code. */
export async function listFacilityRows(tx: Tx, wish: FacilityWish): Promise<FacilityRow[]> {
  const { scope, filter, capacityClasses = [], after = null, limit } = wish;
  const { rows } = await sql<FacilityRow>`select ${columns} from facility f
    where ${within(scope)} and ${fits(filter, capacityClasses)}
      ${after === null ? sql`` : sql`and f.code collate "C" > ${after}`}
    order by f.code collate "C" ${limit === undefined ? sql`` : sql`limit ${limit}`}`.execute(tx.db);
  return rows;
}

/** How many fit, by class. */
export async function countFacilities(
  tx: Tx,
  { scope, filter, capacityClasses = [] }: FacilityWish,
): Promise<Map<string, number>> {
  const { rows } = await sql<{
    classCode: string;
    count: number;
  }>`select f.class_code as "classCode", count(*)::int as count
    from facility f where ${within(scope)} and ${fits(filter, capacityClasses)} group by f.class_code`.execute(tx.db);
  return new Map(rows.map(({ classCode, count }) => [classCode, count]));
}

/** Undefined when there is none within `scope`; `lock` holds it until the transaction ends. */
export async function findFacility(tx: Tx, scope: Scope, id: string, lock = false): Promise<FacilityRow | undefined> {
  const { rows } =
    await sql<FacilityRow>`select ${columns} from facility f where f.id = ${id}::uuid and ${within(scope)}
    ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return rows[0];
}

/** Those of these codes, locked, whoever they belong to: a code is given once. */
export async function lockFacilitiesByCode(tx: Tx, codes: readonly string[]): Promise<FacilityRow[]> {
  const { rows } = await sql<FacilityRow>`select ${columns} from facility f where f.code = any (${[...codes]}::text[])
    order by f.id for update`.execute(tx.db);
  return rows;
}

/** Those that follow a source, locked, by code. */
export async function lockFacilitiesOf(tx: Tx, source: FacilitySource): Promise<FacilityRow[]> {
  const { rows } = await sql<FacilityRow>`select ${columns} from facility f where f.source = ${source}
    order by f.code for update`.execute(tx.db);
  return rows;
}

/** Those that follow a source, by code. */
export async function listFacilitiesOf(tx: Tx, source: FacilitySource): Promise<FacilityRow[]> {
  const { rows } =
    await sql<FacilityRow>`select ${columns} from facility f where f.source = ${source} order by f.code`.execute(tx.db);
  return rows;
}

/** Adds facilities or changes those of the same id (which the caller has locked), with the next version. */
export async function saveFacilities(tx: Tx, rows: readonly FacilityRow[], atMs: number): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into facility (id, code, class_code, name, area_code, path, district, lon, lat, address, capacity, floor_m2,
      hours, step_free, opened_on, closed_on, source, source_ref, checked_on, note, created_at)
    select id, code, "classCode", name, "areaCode", path, district, lon, lat, address, capacity, "floorM2",
      nullif(hours, 'null'::jsonb), "stepFree", "openedOn", "closedOn", source, "sourceRef", "checkedOn", note,
      ${new Date(atMs).toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, code text, "classCode" text, name text, "areaCode" text,
      path text[], district text, lon float8, lat float8, address text, capacity integer, "floorM2" integer, hours jsonb,
      "stepFree" boolean, "openedOn" date, "closedOn" date, source text, "sourceRef" text, "checkedOn" date, note text)
    on conflict (id) do update set class_code = excluded.class_code, name = excluded.name, area_code = excluded.area_code,
      path = excluded.path, district = excluded.district, lon = excluded.lon, lat = excluded.lat, address = excluded.address,
      capacity = excluded.capacity, floor_m2 = excluded.floor_m2, hours = excluded.hours, step_free = excluded.step_free,
      opened_on = excluded.opened_on, closed_on = excluded.closed_on, source = excluded.source,
      source_ref = excluded.source_ref, checked_on = excluded.checked_on, note = excluded.note,
      version = facility.version + 1`.execute(tx.db);
}

/** The next code of a facility that was entered by hand, like F500105-00012. */
export async function nextFacilityCode(tx: Tx, district: string): Promise<string> {
  const { rows } = await sql<{ number: number }>`select nextval('facility_number_seq') as number`.execute(tx.db);
  return `F${district}-${String(rows[0]?.number ?? 0).padStart(5, '0')}`;
}

/** Those there on a day, by code: what a run counts. Row-level security leaves what the transaction's scope shows. */
export function facilitiesOn(
  tx: Tx,
  { district, area, on }: { district?: string | undefined; area?: string | undefined; on: string },
): Promise<FacilityRow[]> {
  return listFacilityRows(tx, { scope: systemScope, filter: { area: area ?? district, on } });
}

/** Where facilities of these names are known to be, whoever keeps them. */
export async function listPositionsByName(
  tx: Tx,
  names: readonly string[],
): Promise<Pick<FacilityRow, 'classCode' | 'name' | 'lon' | 'lat'>[]> {
  const { rows } = await sql<FacilityRow>`select class_code as "classCode", name, lon, lat from facility
    where name = any (${[...names]}::text[]) and closed_on is null`.execute(tx.db);
  return rows;
}
