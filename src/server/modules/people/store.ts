import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { withinAreas } from '#server/db/within-areas.ts';
import type { Locked, Sealed } from './sealing.ts';

/** A person in care as kept, without the blind indexes. */
export interface StoredCare extends Locked {
  id: string;
  tags: string[];
  address: string;
  lon: number;
  lat: number;
  areaCode: string;
  path: string[];
  district: string;
  responsibleId: string | null;
  /** Seen with care.restricted only; all its tags are of that kind. */
  restricted: boolean;
  version: number;
  updatedAt: Date;
  retiredAt: Date | null;
}

/** What is written of a person. */
export type KeptCare = Omit<StoredCare, 'version' | 'updatedAt' | 'retiredAt'> & Sealed;

export const columns = sql`id, name, phone, id_number as "idNumber", address_detail as "addressDetail", contact, guardian,
  health, birth_year as "birthYear", restricted, tags, address, lon, lat, area_code as "areaCode", path, district, responsible_id as "responsibleId", version,
  updated_at as "updatedAt", retired_at as "retiredAt"`;

const place = { areaCode: sql<string>`area_code`, path: sql<string[]>`path` };

/** What a scope shows, as a condition: the same as the policy in 0009, in words that an index can serve. */
function seenBy({ seeAll, areas, accountId, restricted }: Scope): RawBuilder<boolean> {
  const open = restrictedBy(restricted);
  if (seeAll) return open;
  return sql`(${withinAreas(place, areas)} or responsible_id = ${accountId}::uuid) and ${open}`;
}

function restrictedBy(restricted: Scope['restricted']): RawBuilder<boolean> {
  if (restricted === '*') return sql`true`;
  if (restricted === undefined || restricted.length === 0) return sql`not restricted`;
  return sql`(not restricted or path && ${[...restricted]}::text[])`;
}

export interface CareFilter {
  area?: string;
  tags?: readonly string[];
  /** None of these. */
  without?: readonly string[];
  /** Blind indexes of what was searched: the name or the number. */
  search?: { name: Buffer; phone: Buffer };
}

export function conditionsOf(scope: Scope, { area, tags, without, search }: CareFilter): RawBuilder<unknown> {
  const conditions = [
    sql`retired_at is null`,
    seenBy(scope),
    area === undefined ? undefined : withinAreas(place, [area]),
    tags === undefined || tags.length === 0 ? undefined : sql`tags && ${[...tags]}::text[]`,
    without === undefined || without.length === 0 ? undefined : sql`not tags && ${[...without]}::text[]`,
    search === undefined ? undefined : sql`(name_index = ${search.name} or phone_index = ${search.phone})`,
  ].filter((one) => one !== undefined);
  return sql.join(conditions, sql` and `);
}

/** In the order of ids, which is that of registration. */
export async function listCare(
  tx: Tx,
  wish: { scope: Scope; filter: CareFilter; after: string | null; limit: number },
): Promise<StoredCare[]> {
  const after = wish.after === null ? sql`` : sql`and id > ${wish.after}::uuid`;
  const found = await sql<StoredCare>`select ${columns} from care_person
    where ${conditionsOf(wish.scope, wish.filter)} ${after} order by id limit ${wish.limit}`.execute(tx.db);
  return found.rows;
}

export async function countCare(tx: Tx, scope: Scope, filter: CareFilter): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count from care_person
    where ${conditionsOf(scope, filter)}`.execute(tx.db);
  return Number(found.rows[0]?.count ?? 0);
}

/** People in care inside a window of degrees. */
export async function listCareWithin(
  tx: Tx,
  scope: Scope,
  window: { west: number; south: number; east: number; north: number },
): Promise<StoredCare[]> {
  const found = await sql<StoredCare>`select ${columns} from care_person
    where retired_at is null and lat between ${window.south} and ${window.north}
      and lon between ${window.west} and ${window.east} and ${seenBy(scope)}`.execute(tx.db);
  return found.rows;
}

export async function findCare(tx: Tx, scope: Scope, id: string, lock = false): Promise<StoredCare | undefined> {
  const found = await sql<StoredCare>`select ${columns} from care_person where id = ${id} and ${seenBy(scope)}
    ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return found.rows[0];
}

/** Those of these ids whom the transaction's scope shows, retired ones too. */
export async function listCareOf(tx: Tx, ids: readonly string[]): Promise<StoredCare[]> {
  const found = await sql<StoredCare>`select ${columns} from care_person where id = any (${[...ids]}::uuid[])`.execute(
    tx.db,
  );
  return found.rows;
}

/** Adds a person. False when somebody in care has this identity number already, wherever they live. */
export async function insertCare(tx: Tx, kept: KeptCare, atMs: number): Promise<boolean> {
  const at = new Date(atMs).toISOString();
  const found =
    await sql`insert into care_person (id, name, phone, id_number, address_detail, contact, guardian, health,
      birth_year, restricted, name_index, phone_index, id_number_index, tags, address, lon, lat, area_code, path, district, responsible_id, created_at, updated_at)
    values (${kept.id}, ${kept.name}, ${kept.phone}, ${kept.idNumber}, ${kept.addressDetail}, ${kept.contact},
      ${kept.guardian}, ${kept.health}, ${kept.birthYear}, ${kept.restricted}, ${kept.nameIndex}, ${kept.phoneIndex}, ${kept.idNumberIndex}, ${kept.tags}, ${kept.address}, ${kept.lon}, ${kept.lat},
      ${kept.areaCode}, ${kept.path}, ${kept.district}, ${kept.responsibleId}, ${at}, ${at})
    on conflict do nothing`.execute(tx.db);
  return Number(found.numAffectedRows ?? 0) === 1;
}

/** Rewrites a locked person. @throws the database's unique_violation for an identity number somebody else has */
export async function updateCare(tx: Tx, kept: KeptCare, atMs: number): Promise<void> {
  await sql`update care_person set name = ${kept.name}, phone = ${kept.phone}, id_number = ${kept.idNumber},
      address_detail = ${kept.addressDetail}, contact = ${kept.contact}, guardian = ${kept.guardian},
      health = ${kept.health}, birth_year = ${kept.birthYear}, restricted = ${kept.restricted}, name_index = ${kept.nameIndex},
      phone_index = ${kept.phoneIndex}, id_number_index = ${kept.idNumberIndex}, tags = ${kept.tags},
      address = ${kept.address}, lon = ${kept.lon}, lat = ${kept.lat}, area_code = ${kept.areaCode}, path = ${kept.path},
      district = ${kept.district}, responsible_id = ${kept.responsibleId}, updated_at = ${new Date(atMs).toISOString()},
      version = version + 1
    where id = ${kept.id}`.execute(tx.db);
}

/** Where everybody in care lives, for following the areas. */
export async function listCarePlaces(tx: Tx): Promise<Pick<StoredCare, 'id' | 'lon' | 'lat' | 'areaCode'>[]> {
  const found = await sql<Pick<StoredCare, 'id' | 'lon' | 'lat' | 'areaCode'>>`
    select id, lon, lat, area_code as "areaCode" from care_person where retired_at is null order by id`.execute(tx.db);
  return found.rows;
}

/** Puts a person under another area. Undefined when somebody did meanwhile, or they left. */
export async function moveCare(
  tx: Tx,
  { id, areaCode }: Pick<StoredCare, 'id' | 'areaCode'>,
  to: { areaCode: string; path: readonly string[]; district: string },
  atMs: number,
): Promise<{ restricted: boolean } | undefined> {
  const found = await sql<{
    restricted: boolean;
  }>`update care_person set area_code = ${to.areaCode}, path = ${[...to.path]}, district = ${to.district},
      updated_at = ${new Date(atMs).toISOString()}, version = version + 1
    where id = ${id} and area_code = ${areaCode} and retired_at is null returning restricted`.execute(tx.db);
  return found.rows[0];
}

export async function retireCare(tx: Tx, id: string, atMs: number): Promise<void> {
  const at = new Date(atMs).toISOString();
  await sql`update care_person set retired_at = ${at}, updated_at = ${at}, version = version + 1
    where id = ${id}`.execute(tx.db);
}

/** Name of an active person's account; undefined when there is none. */
export async function findName(tx: Tx, accountId: string): Promise<string | undefined> {
  const found = await sql<{ name: string }>`select display_name as name from account
    where id = ${accountId} and status = 'active' and kind = 'person'`.execute(tx.db);
  return found.rows[0]?.name;
}
