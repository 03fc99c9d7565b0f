import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { withinAreas } from '#server/db/within-areas.ts';

export type VisitHow = 'home' | 'phone' | 'other';

/** A household as kept; the door sealed. */
export interface StoredHousehold {
  id: string;
  district: string;
  areaCode: string;
  path: string[];
  address: string;
  door: Buffer;
  residents: number;
  visitedAt: Date | null;
  visitedHow: VisitHow | null;
  version: number;
  retiredAt: Date | null;
}

export type KeptHousehold = Pick<
  StoredHousehold,
  'id' | 'district' | 'areaCode' | 'path' | 'address' | 'door' | 'residents' | 'visitedAt' | 'visitedHow'
> & { doorIndex: Buffer };

const columns = sql`id, district, area_code as "areaCode", path, address, door, residents, visited_at as "visitedAt",
  visited_how as "visitedHow", version, retired_at as "retiredAt"`;

const place = { areaCode: sql<string>`area_code`, path: sql<string[]>`path` };

/** What a scope shows, as a condition: the same as the policy in 0016, in words that an index can serve. */
function seenBy({ seeAll, areas }: Scope): RawBuilder<boolean> {
  return seeAll ? sql`true` : withinAreas(place, areas);
}

export interface HouseholdWish {
  scope: Scope;
  area: string | undefined;
  /** Only those not visited since. */
  dueSince: Date | undefined;
}

function conditionsOf({ scope, area, dueSince }: HouseholdWish): RawBuilder<unknown> {
  const conditions = [
    sql`retired_at is null`,
    seenBy(scope),
    area === undefined ? undefined : withinAreas(place, [area]),
    dueSince === undefined ? undefined : sql`(visited_at is null or visited_at < ${dueSince})`,
  ].filter((one) => one !== undefined);
  return sql.join(conditions, sql` and `);
}

/** A place in the order of the list: the day of the last visit (0: never), then the id. */
export interface After {
  visitedMs: number;
  id: string;
}

/** Never visited first, then by how long ago. */
export async function listHouseholds(
  tx: Tx,
  wish: HouseholdWish,
  after: After | null,
  limit: number,
): Promise<StoredHousehold[]> {
  const place = sql`coalesce(visited_at, to_timestamp(0))`;
  const from =
    after === null ? sql`` : sql`and (${place}, id) > (${new Date(after.visitedMs)}::timestamptz, ${after.id}::uuid)`;
  const found = await sql<StoredHousehold>`select ${columns} from household
    where ${conditionsOf(wish)} ${from} order by ${place}, id limit ${limit}`.execute(tx.db);
  return found.rows;
}

export async function countHouseholds(tx: Tx, wish: HouseholdWish): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from household where ${conditionsOf(wish)}`.execute(
    tx.db,
  );
  return found.rows[0]?.n ?? 0;
}

export interface GridHouseholds {
  /** 15 digits, or the code of a higher area for what lies in no grid. */
  grid: string;
  households: number;
  registered: number;
  visited: number;
}

/** Households of an area by grid; `since`: from when a visit counts. */
export async function countByGrid(tx: Tx, area: string, since: Date): Promise<GridHouseholds[]> {
  const found = await sql<GridHouseholds>`select left(area_code, 15) as grid, count(*)::int as households,
      sum(residents)::int as registered, (count(*) filter (where visited_at >= ${since}))::int as visited
    from household where retired_at is null and path @> ${[area]}::text[] group by 1`.execute(tx.db);
  return found.rows;
}

export async function findHousehold(tx: Tx, scope: Scope, id: string): Promise<StoredHousehold | undefined> {
  const found = await sql<StoredHousehold>`select ${columns} from household where id = ${id} and ${seenBy(scope)}
    for update`.execute(tx.db);
  return found.rows[0];
}

/** Those of these doors that are in use, whoever they belong to. */
export async function listByDoor(
  tx: Tx,
  doors: readonly Buffer[],
): Promise<(StoredHousehold & { doorIndex: Buffer })[]> {
  if (doors.length === 0) return [];
  const found = await sql<StoredHousehold & { doorIndex: Buffer }>`select ${columns}, door_index as "doorIndex"
    from household where retired_at is null
      and door_index = any(array(select decode(h, 'hex') from unnest(${doors.map((door) => door.toString('hex'))}::text[]) h))
    for update`.execute(tx.db);
  return found.rows;
}

/** Adds households, or changes those of the same id. @throws the database's unique_violation for a door kept already */
export async function saveHouseholds(tx: Tx, rows: readonly KeptHousehold[], atMs: number): Promise<void> {
  if (rows.length === 0) return;
  const at = new Date(atMs).toISOString();
  const plain = rows.map(({ door, doorIndex, visitedAt, ...row }) => ({
    ...row,
    visitedAt: visitedAt?.toISOString() ?? null,
    door: door.toString('hex'),
    doorIndex: doorIndex.toString('hex'),
  }));
  await sql`insert into household (id, district, area_code, path, address, door, door_index, residents, visited_at,
      visited_how, created_at, updated_at)
    select id, district, "areaCode", path, address, decode(door, 'hex'), decode("doorIndex", 'hex'), residents, "visitedAt",
      "visitedHow", ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(plain)}::jsonb) as r(id uuid, district text, "areaCode" text, path text[],
      address text, door text, "doorIndex" text, residents smallint, "visitedAt" timestamptz, "visitedHow" text)
    on conflict (id) do update set district = excluded.district, area_code = excluded.area_code, path = excluded.path,
      address = excluded.address, door = excluded.door, door_index = excluded.door_index, residents = excluded.residents,
      updated_at = excluded.updated_at, version = household.version + 1`.execute(tx.db);
}

export async function retireHousehold(tx: Tx, id: string, atMs: number): Promise<void> {
  const at = new Date(atMs);
  await sql`update household set retired_at = ${at}, updated_at = ${at}, version = version + 1 where id = ${id}`.execute(
    tx.db,
  );
}

/** Locks those of these ids that the scope shows and are in use. */
export async function lockHouseholds(
  tx: Tx,
  scope: Scope,
  ids: readonly string[],
): Promise<Pick<StoredHousehold, 'id' | 'areaCode' | 'path' | 'district'>[]> {
  const found = await sql<Pick<StoredHousehold, 'id' | 'areaCode' | 'path' | 'district'>>`
    select id, area_code as "areaCode", path, district from household
    where id = any(${[...ids]}::uuid[]) and retired_at is null and ${seenBy(scope)} order by id for update`.execute(
    tx.db,
  );
  return found.rows;
}

/** Notes a visit; one that came in late never hides a newer one. */
export async function markVisited(
  tx: Tx,
  ids: readonly string[],
  visit: { atMs: number; how: VisitHow },
  nowMs: number,
): Promise<void> {
  await sql`update household set visited_at = ${new Date(visit.atMs)}, visited_how = ${visit.how},
      updated_at = ${new Date(nowMs)}, version = version + 1
    where id = any(${[...ids]}::uuid[]) and (visited_at is null or visited_at < ${new Date(visit.atMs)})`.execute(
    tx.db,
  );
}
