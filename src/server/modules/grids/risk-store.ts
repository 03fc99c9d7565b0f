import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export type RiskState = 'open' | 'controlled' | 'retired';

/** A risk point as it is kept. */
export interface StoredRisk {
  id: string;
  code: string;
  name: string;
  kind: string;
  /** 1 (gravest) to 4 */
  level: number;
  lon: number;
  lat: number;
  placeWords: string;
  areaCode: string;
  path: string[];
  district: string;
  unitId: string | null;
  responsibleId: string | null;
  note: string;
  state: RiskState;
  /** null: by the rule of its kind and level */
  cycleDays: number | null;
  planCode: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  retiredAt: Date | null;
  /** The last look that reached it. */
  lastLookAt: Date | null;
  lastLookResult: 'fine' | 'finding' | null;
  /** null: not yet reckoned */
  lookDueAt: Date | null;
}

export type KeptRisk = Omit<
  StoredRisk,
  'version' | 'createdAt' | 'updatedAt' | 'retiredAt' | 'lastLookAt' | 'lastLookResult' | 'lookDueAt'
>;

export const riskColumns = sql`id, code, name, kind, level, lon, lat, place_words as "placeWords", area_code as "areaCode", path,
  district, unit_id as "unitId", responsible_id as "responsibleId", note, state, version, created_at as "createdAt",
  updated_at as "updatedAt", retired_at as "retiredAt", cycle_days as "cycleDays", plan_code as "planCode",
  last_look_at as "lastLookAt", last_look_result as "lastLookResult", look_due_at as "lookDueAt"`;

/** What a scope shows, as a condition: the same words as the policy in 0002. */
export function seenBy({ seeAll, areas, units }: Scope): RawBuilder<boolean> {
  if (seeAll) return sql`true`;
  return sql`(path && ${[...areas]}::text[] or unit_id = any(${[...units]}::uuid[]))`;
}

/** Points in use inside a window of degrees. */
export async function listRisksWithin(
  tx: Tx,
  scope: Scope,
  window: { west: number; south: number; east: number; north: number },
): Promise<StoredRisk[]> {
  const found = await sql<StoredRisk>`select ${riskColumns} from risk_point
    where retired_at is null and lat between ${window.south} and ${window.north}
      and lon between ${window.west} and ${window.east} and ${seenBy(scope)}`.execute(tx.db);
  return found.rows;
}

export async function findRisk(tx: Tx, scope: Scope, id: string, lock = false): Promise<StoredRisk | undefined> {
  const found = await sql<StoredRisk>`select ${riskColumns} from risk_point where id = ${id} and ${seenBy(scope)}
    ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return found.rows[0];
}

/** Points of these codes, whoever they belong to: a code is given once. */
export async function listRisksByCode(tx: Tx, codes: readonly string[]): Promise<StoredRisk[]> {
  const found = await sql<StoredRisk>`select ${riskColumns} from risk_point where code = any(${[...codes]}::text[])
    for update`.execute(tx.db);
  return found.rows;
}

export async function nextRiskNumber(tx: Tx): Promise<number> {
  const found = await sql<{ number: number }>`select nextval('risk_point_number_seq') as number`.execute(tx.db);
  return found.rows[0]?.number ?? 0;
}

/** Adds points or changes those of the same id. */
export async function saveRisks(tx: Tx, points: readonly KeptRisk[], atMs: number): Promise<void> {
  if (points.length === 0) return;
  const at = new Date(atMs).toISOString();
  await sql`insert into risk_point (id, code, name, kind, level, lon, lat, place_words, area_code, path, district, unit_id,
      responsible_id, note, state, cycle_days, plan_code, created_at, updated_at)
    select id, code, name, kind, level, lon, lat, "placeWords", "areaCode", path, district, "unitId", "responsibleId",
      note, state, "cycleDays", "planCode", ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(points)}::jsonb) as r(id uuid, code text, name text, kind text, level smallint,
      lon float8, lat float8, "placeWords" text, "areaCode" text, path text[], district text, "unitId" uuid,
      "responsibleId" uuid, note text, state text, "cycleDays" integer, "planCode" text)
    on conflict (id) do update set name = excluded.name, kind = excluded.kind, level = excluded.level, lon = excluded.lon,
      lat = excluded.lat, place_words = excluded.place_words, area_code = excluded.area_code, path = excluded.path,
      district = excluded.district, unit_id = excluded.unit_id, responsible_id = excluded.responsible_id,
      note = excluded.note, state = excluded.state, cycle_days = excluded.cycle_days, plan_code = excluded.plan_code,
      updated_at = excluded.updated_at,
      version = risk_point.version + 1`.execute(tx.db);
}

/** Points in use under any of these areas or below. */
export async function listRisksIn(tx: Tx, codes: readonly string[]): Promise<StoredRisk[]> {
  if (codes.length === 0) return [];
  const found = await sql<StoredRisk>`select ${riskColumns} from risk_point
    where retired_at is null and path && ${[...codes]}::text[] order by id for update`.execute(tx.db);
  return found.rows;
}

/** Puts a locked point under another area. */
export async function moveRisk(
  tx: Tx,
  { id, areaCode, path, district }: Pick<StoredRisk, 'id' | 'areaCode' | 'path' | 'district'>,
  atMs: number,
): Promise<void> {
  await sql`update risk_point set area_code = ${areaCode}, path = ${path}, district = ${district},
      updated_at = ${new Date(atMs).toISOString()}, version = version + 1
    where id = ${id}`.execute(tx.db);
}

export async function retireRisk(tx: Tx, id: string, atMs: number): Promise<void> {
  const at = new Date(atMs).toISOString();
  await sql`update risk_point set state = 'retired', retired_at = ${at}, updated_at = ${at}, version = version + 1
    where id = ${id}`.execute(tx.db);
}

/** Name of an active account; undefined when there is none. */
export async function findName(tx: Tx, accountId: string): Promise<string | undefined> {
  const found = await sql<{ name: string }>`select display_name as name from account
    where id = ${accountId} and status = 'active' and kind = 'person'`.execute(tx.db);
  return found.rows[0]?.name;
}
