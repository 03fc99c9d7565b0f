/** Groups and their links to grids. */
import { sql } from 'kysely';
import type { Platform } from '#contract/groups-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export interface GroupRow {
  id: string;
  code: string;
  name: string;
  kind: string;
  platform: Platform;
  ownerId: string | null;
  about: string;
  district: string;
  areas: string[];
  linkRound: number;
  headcount: number | null;
  headcountOn: string | null;
  rev: number;
  lastAt: Date | null;
  version: number;
  createdAt: Date;
  retiredAt: Date | null;
}

const columns = sql`g.id, g.code, g.name, g.kind, g.platform, g.owner_id as "ownerId", g.about, g.district, g.areas, g.link_round as "linkRound",
  g.headcount, g.headcount_on as "headcountOn", g.rev, g.last_at as "lastAt", g.version, g.created_at as "createdAt", g.retired_at as "retiredAt"`;

/** The scope again, in the query itself. */
function within(scope: Scope) {
  return scope.seeAll
    ? sql`true`
    : sql`(g.areas && ${[...scope.areas]}::text[] or g.owner_id = ${scope.accountId}::uuid)`;
}

/** Undefined when there is none in use within `scope`; `lock` holds it until the transaction ends. */
export async function findGroup(
  tx: Tx,
  scope: Scope,
  id: string,
  lock = false,
  retiredToo = false,
): Promise<GroupRow | undefined> {
  const { rows } = await sql<GroupRow>`
    select ${columns} from online_group g where g.id = ${id} and ${within(scope)} ${retiredToo ? sql`` : sql`and g.retired_at is null`} ${lock ? sql`for update` : sql``}`.execute(
    tx.db,
  );
  return rows[0];
}

export async function findGroupByLink(tx: Tx, linkHash: Buffer, lock = false): Promise<GroupRow | undefined> {
  const { rows } = await sql<GroupRow>`
    select ${columns} from online_group g where g.link_hash = ${linkHash} and g.retired_at is null and g.platform = 'in_app' ${lock ? sql`for update` : sql``}`.execute(
    tx.db,
  );
  return rows[0];
}

export interface GroupFilter {
  area?: string | undefined;
  platform?: string | undefined;
  kind?: string | undefined;
  q?: string | undefined;
  ids?: readonly string[] | undefined;
}

export interface ListedGroup extends GroupRow {
  waiting: number;
  lastWords: string;
  ownerName: string | null;
}

/** Those with unanswered messages first, then the newest word first. `total` counts all that fit. */
export async function listGroups(
  tx: Tx,
  scope: Scope,
  filter: GroupFilter & { waiting?: boolean | undefined; limit: number },
): Promise<{ rows: ListedGroup[]; total: number }> {
  const wanted = [
    filter.area === undefined ? sql`true` : sql`g.areas @> array[${filter.area}]::text[]`,
    filter.platform === undefined ? sql`true` : sql`g.platform = ${filter.platform}`,
    filter.kind === undefined ? sql`true` : sql`g.kind = ${filter.kind}`,
    filter.q === undefined ? sql`true` : sql`position(lower(${filter.q}) in lower(g.name || ' ' || g.code)) > 0`,
    filter.ids === undefined ? sql`true` : sql`g.id = any(${[...filter.ids]}::uuid[])`,
  ];
  const { rows } = await sql<ListedGroup & { total: number }>`
    with fit as materialized (select g.* from online_group g where g.retired_at is null and ${within(scope)} and ${sql.join(wanted, sql` and `)}),
    waits as (select group_id, count(*)::int as n from group_message where settled_at is null and kind = 'member' and group_id in (select id from fit) group by group_id)
    select ${columns}, coalesce(w.n, 0) as waiting, coalesce(left(m.text, 60), '') as "lastWords", a.display_name as "ownerName", count(*) over ()::int as total
    from fit g left join waits w on w.group_id = g.id left join account a on a.id = g.owner_id
    left join lateral (select text from group_message m where m.group_id = g.id and m.hidden_at is null and m.text <> '' order by m.at desc, m.id desc limit 1) m on true
    ${filter.waiting === true ? sql`where w.n > 0` : sql``}
    order by (w.n > 0) desc nulls last, g.last_at desc nulls last, g.code limit ${filter.limit}`.execute(tx.db);
  return { rows, total: rows[0]?.total ?? 0 };
}

/** Grid codes by group, in the order of their codes. */
export async function gridsOf(tx: Tx, groupIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ groupId: string; codes: string[] }>`
    select group_id as "groupId", array_agg(grid_code order by grid_code) as codes from group_grid
    where group_id = any(${[...groupIds]}::uuid[]) group by group_id`.execute(tx.db);
  return new Map(rows.map(({ groupId, codes }) => [groupId, codes]));
}

export async function nextCode(tx: Tx): Promise<string> {
  const { rows } = await sql<{ n: number }>`select nextval('online_group_number_seq') as n`.execute(tx.db);
  return `WG-${String(rows[0]?.n ?? 0).padStart(6, '0')}`;
}

export interface NewGroup {
  id: string;
  code: string;
  name: string;
  kind: string;
  platform: Platform;
  ownerId: string | null;
  about: string;
  district: string;
  areas: readonly string[];
  linkHash: Buffer;
}

export async function insertGroup(tx: Tx, made: NewGroup, at: Date): Promise<void> {
  await tx.db
    .insertInto('online_group')
    .values({
      id: made.id,
      code: made.code,
      name: made.name,
      kind: made.kind,
      platform: made.platform,
      owner_id: made.ownerId,
      about: made.about,
      district: made.district,
      areas: [...made.areas],
      link_hash: made.linkHash,
      created_at: at,
      updated_at: at,
    })
    .execute();
}

export interface GroupChange {
  name?: string | undefined;
  kind?: string | undefined;
  about?: string | undefined;
  ownerId?: string | undefined;
  district?: string;
  areas?: string[];
  link?: { round: number; hash: Buffer };
  headcount?: { count: number; on: string; by: string | null };
  retired?: boolean;
}

/** Changes what is given; version and rev grow by one. */
export async function updateGroup(tx: Tx, id: string, change: GroupChange, at: Date): Promise<void> {
  await tx.db
    .updateTable('online_group')
    .set((eb) => ({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.kind === undefined ? {} : { kind: change.kind }),
      ...(change.about === undefined ? {} : { about: change.about }),
      ...(change.ownerId === undefined ? {} : { owner_id: change.ownerId }),
      ...(change.district === undefined ? {} : { district: change.district }),
      ...(change.areas === undefined ? {} : { areas: change.areas }),
      ...(change.link === undefined ? {} : { link_round: change.link.round, link_hash: change.link.hash }),
      ...(change.headcount === undefined
        ? {}
        : {
            headcount: change.headcount.count,
            headcount_on: change.headcount.on,
            headcount_by: change.headcount.by,
          }),
      ...(change.retired === true ? { retired_at: at } : {}),
      version: eb('version', '+', 1),
      rev: eb('rev', '+', 1),
      updated_at: at,
    }))
    .where('id', '=', id)
    .execute();
}

/** Members see something new. `spoken`: a message, so it is the group's last word. */
export async function touch(tx: Tx, id: string, spoken: Date | null): Promise<void> {
  await sql`update online_group set rev = rev + 1 ${spoken === null ? sql`` : sql`, last_at = greatest(last_at, ${spoken})`} where id = ${id}`.execute(
    tx.db,
  );
}

/** Replaces a group's grids; members of one that was taken away move to the first that stays. */
export async function setGrids(tx: Tx, id: string, district: string, codes: readonly string[]): Promise<void> {
  await sql`delete from group_grid where group_id = ${id} and not grid_code = any(${[...codes]}::text[])`.execute(
    tx.db,
  );
  await sql`insert into group_grid (group_id, grid_code, district) select ${id}, code, ${district} from unnest(${[...codes]}::text[]) as c (code)
    on conflict do nothing`.execute(tx.db);
  await sql`update group_member set grid_code = ${codes[0] ?? ''} where group_id = ${id} and not grid_code = any(${[...codes]}::text[])`.execute(
    tx.db,
  );
}

/** Every group in use with its grids, for what follows the territory. */
export async function listInUse(tx: Tx): Promise<{ id: string; areas: string[]; codes: string[] }[]> {
  const { rows } = await sql<{ id: string; areas: string[]; codes: string[] }>`
    select g.id, g.areas, array_agg(l.grid_code order by l.grid_code) as codes
    from online_group g join group_grid l on l.group_id = g.id where g.retired_at is null group by g.id`.execute(tx.db);
  return rows;
}

export async function moveMembers(tx: Tx, id: string, from: string, to: string): Promise<void> {
  await sql`update group_member set grid_code = ${to} where group_id = ${id} and grid_code = ${from}`.execute(tx.db);
}
