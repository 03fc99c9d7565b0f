/** Idle resources and their pictures: the only SQL of them. */
import { sql } from 'kysely';
import type { idleConditions, idleStates } from '#contract/facilities-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { within } from './store.ts';

export type IdleState = (typeof idleStates)[number];
export type IdleCondition = (typeof idleConditions)[number];

/** An idle room or piece of land as it is kept. */
export interface IdleRow {
  id: string;
  code: string;
  name: string;
  areaCode: string;
  path: string[];
  district: string;
  lon: number;
  lat: number;
  address: string;
  areaM2: number;
  /** An organisation, never a person. */
  owner: string;
  /** Code of db/data/idle-owners.csv. */
  ownerKind: string;
  condition: IdleCondition;
  /** Classes it may become; empty: not yet said. */
  uses: string[];
  freeFrom: string | null;
  state: IdleState;
  /** The project that reserved or uses it. */
  reservedFor: string | null;
  note: string;
  version: number;
}

const columns = sql`i.id, i.code, i.name, i.area_code as "areaCode", i.path, i.district, i.lon, i.lat, i.address,
  i.area_m2 as "areaM2", i.owner, i.owner_kind as "ownerKind", i.condition, i.uses, i.free_from as "freeFrom", i.state,
  i.reserved_for as "reservedFor", i.note, i.version`;

export interface IdleFilter {
  area?: string | undefined;
  states?: readonly IdleState[] | undefined;
  /** May become one of these. */
  uses?: readonly string[] | undefined;
  owners?: readonly string[] | undefined;
  conditions?: readonly IdleCondition[] | undefined;
  /** At least so many square metres. */
  leastM2?: number | undefined;
  q?: string | undefined;
}

/** Those within `scope` that fit, by code. */
export async function listIdleRows(tx: Tx, scope: Scope, filter: IdleFilter = {}): Promise<IdleRow[]> {
  const { area, states, uses, owners, conditions, leastM2, q } = filter;
  const like = `%${(q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<IdleRow>`select ${columns} from idle_resource i where ${within(scope)}
    ${area === undefined ? sql`` : sql`and ${area} = any (i.path)`}
    ${states === undefined ? sql`` : sql`and i.state = any (${[...states]}::text[])`}
    ${uses === undefined ? sql`` : sql`and i.uses && ${[...uses]}::text[]`}
    ${owners === undefined ? sql`` : sql`and i.owner_kind = any (${[...owners]}::text[])`}
    ${conditions === undefined ? sql`` : sql`and i.condition = any (${[...conditions]}::text[])`}
    ${leastM2 === undefined ? sql`` : sql`and i.area_m2 >= ${leastM2}`}
    ${q === undefined || q === '' ? sql`` : sql`and (i.name ilike ${like} or i.code ilike ${like} or i.address ilike ${like} or i.owner ilike ${like})`}
    order by i.code collate "C"`.execute(tx.db);
  return rows;
}

/** Undefined when there is none within `scope`; `lock` holds it until the transaction ends. */
export async function findIdle(tx: Tx, scope: Scope, id: string, lock = false): Promise<IdleRow | undefined> {
  const { rows } =
    await sql<IdleRow>`select ${columns} from idle_resource i where i.id = ${id}::uuid and ${within(scope)}
    ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return rows[0];
}

/** The next code, like I500105-0003. */
export async function nextIdleCode(tx: Tx, district: string): Promise<string> {
  const { rows } = await sql<{ number: number }>`select nextval('idle_resource_number_seq') as number`.execute(tx.db);
  return `I${district}-${String(rows[0]?.number ?? 0).padStart(4, '0')}`;
}

export async function insertIdle(tx: Tx, row: IdleRow, atMs: number): Promise<void> {
  await tx.db
    .insertInto('idle_resource')
    .values({ ...toColumns(row), id: row.id, code: row.code, created_at: new Date(atMs) })
    .execute();
}

/** Writes a row that was locked, with the next version. */
export async function saveIdle(tx: Tx, row: IdleRow): Promise<IdleRow> {
  const version = row.version + 1;
  await tx.db
    .updateTable('idle_resource')
    .set({ ...toColumns(row), version })
    .where('id', '=', row.id)
    .execute();
  return { ...row, version };
}

function toColumns(row: IdleRow) {
  return {
    name: row.name,
    area_code: row.areaCode,
    path: row.path,
    district: row.district,
    lon: row.lon,
    lat: row.lat,
    address: row.address,
    area_m2: row.areaM2,
    owner: row.owner,
    owner_kind: row.ownerKind,
    condition: row.condition,
    uses: row.uses,
    free_from: row.freeFrom,
    state: row.state,
    reserved_for: row.reservedFor,
    note: row.note,
  };
}

export interface IdlePhotoRow {
  id: string;
  idleId: string;
  /** What is to be seen on it. */
  alt: string;
}

/** Pictures that are shown, in the order they came. */
export async function listIdlePhotos(tx: Tx, idleIds: readonly string[]): Promise<IdlePhotoRow[]> {
  if (idleIds.length === 0) return [];
  const { rows } = await sql<IdlePhotoRow>`select id, idle_id as "idleId", alt from idle_photo
    where idle_id = any (${[...idleIds]}::uuid[]) and removed_at is null order by id`.execute(tx.db);
  return rows;
}

export async function insertIdlePhoto(tx: Tx, { id, idleId, alt }: IdlePhotoRow): Promise<void> {
  await tx.db.insertInto('idle_photo').values({ id, idle_id: idleId, alt }).execute();
}

/** Takes a picture off; false when it was not shown. */
export async function removeIdlePhoto(
  tx: Tx,
  { id, idleId, atMs }: { id: string; idleId: string; atMs: number },
): Promise<boolean> {
  const { rows } = await sql`update idle_photo set removed_at = ${new Date(atMs).toISOString()}
    where id = ${id}::uuid and idle_id = ${idleId}::uuid and removed_at is null returning id`.execute(tx.db);
  return rows.length > 0;
}
