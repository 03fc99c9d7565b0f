import { sql } from 'kysely';
import type { ForceRole } from '#contract/force-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

/** Reads of who works where. Appointments are identity's; here they are only counted and listed by area. */

/** A living appointment of a person in use; lent ones (of somebody on leave) are told apart. */
const living = (today: string) => sql`
  from appointment p join account a on a.id = p.account_id join unit u on u.id = p.unit_id
    join area r on r.code = coalesce(p.area_code, u.area_code)
  where p.revoked_at is null and p.since <= ${today}::date and (p.until is null or p.until >= ${today}::date)
    and a.kind = 'person' and a.status = 'active' and u.retired_at is null`;

const within = ({ areas, units, seeAll }: Scope) =>
  seeAll ? sql`true` : sql`(r.path && ${[...areas]}::text[] or p.unit_id = any (${[...units]}::uuid[]))`;
const notLent = sql`not exists (select 1 from force_cover c where c.lent_id = p.id)`;

export interface GridCount {
  areaCode: string;
  role: ForceRole;
  people: number;
}

/** How many people hold each role of 1+3+N in each grid of the viewer's; helpers without account count as N. */
export async function countByGrid(
  tx: Tx,
  scope: Scope,
  today: string,
  roles: readonly ForceRole[],
): Promise<GridCount[]> {
  const { rows } = await sql<GridCount>`
    select r.code as "areaCode", p.role, count(distinct p.account_id) as people ${living(today)}
      and r.tier = 'grid' and p.role = any (${[...roles]}::text[]) and ${within(scope)} and ${notLent}
    group by 1, 2
    union all
    select m.area_code, 'other', count(*) from force_member m
    where m.state = 'active' and m.account_id is null and (${scope.seeAll} or m.path && ${[...scope.areas]}::text[])
    group by 1`.execute(tx.db);
  return rows;
}

/** All of them once, however many roles somebody holds. */
export async function countPeople(tx: Tx, scope: Scope, today: string, roles: readonly ForceRole[]): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select (select count(distinct p.account_id) ${living(today)}
      and r.tier = 'grid' and p.role = any (${[...roles]}::text[]) and ${within(scope)} and ${notLent})
      + (select count(*) from force_member m where m.state = 'active' and m.account_id is null
        and (${scope.seeAll} or m.path && ${[...scope.areas]}::text[])) as n`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Grids whose every full-time worker is on leave today, with nobody standing in. */
export async function listUncovered(tx: Tx, scope: Scope, today: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select r.code ${living(today)} and r.tier = 'grid' and p.role = 'full_time' and ${within(scope)} and ${notLent}
    group by r.code having bool_and(exists (
      select 1 from force_leave l where l.account_id = p.account_id and l.state = 'granted' and l.cover_id is null
        and ${today}::date between l.first_day and l.last_day))`.execute(tx.db);
  return rows.map(({ code }) => code);
}

export interface Worker {
  id: string;
  name: string;
  roles: string[];
  areaCode: string;
  unitId: string;
  path: string[];
}

/** People with one of the roles whose appointment lies in one of the areas or below; by name. */
export async function listWorkers(
  tx: Tx,
  wanted: { scope: Scope; areas: readonly string[]; roles: readonly string[]; today: string; limit: number },
): Promise<Worker[]> {
  const { rows } = await sql<Worker>`
    select a.id, a.display_name as name, array_agg(distinct p.role) as roles, min(r.code) as "areaCode",
      (array_agg(p.unit_id order by p.is_primary desc))[1] as "unitId", (select x.path from area x where x.code = min(r.code)) as path
    ${living(wanted.today)} and p.role = any (${[...wanted.roles]}::text[]) and r.path && ${[...wanted.areas]}::text[]
      and ${within(wanted.scope)}
    group by a.id order by a.display_name, a.id limit ${wanted.limit}`.execute(tx.db);
  return rows;
}

export interface Office {
  id: string;
  unitId: string;
  areaCode: string;
  role: string;
  path: string[];
}

/** Living appointments of one person, the primary first; `areaCode` is the unit's where they have none. */
export async function listOffices(tx: Tx, accountId: string, today: string): Promise<Office[]> {
  const { rows } = await sql<Office>`
    select p.id, p.unit_id as "unitId", r.code as "areaCode", p.role, r.path ${living(today)} and p.account_id = ${accountId}
    order by p.is_primary desc, p.since, p.id`.execute(tx.db);
  return rows;
}

/** Those who could take over from somebody: appointed in the same units today, by name. */
export async function listColleagues(
  tx: Tx,
  accountId: string,
  today: string,
): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct a.id, a.display_name as name ${living(today)} and a.id <> ${accountId} and p.role <> 'other'
      and p.unit_id in (select unit_id from appointment q where q.account_id = ${accountId} and q.revoked_at is null
        and q.since <= ${today}::date and (q.until is null or q.until >= ${today}::date))
    order by 2, 1 limit 200`.execute(tx.db);
  return rows;
}

export interface Said {
  accountId: string;
  state: 'none' | 'available' | 'away';
  until: Date | null;
  offers: string[];
}

export async function listSaid(tx: Tx, accountIds: readonly string[]): Promise<Map<string, Said>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('force_availability')
    .select(['account_id as accountId', 'state', 'until', 'offers'])
    .where('account_id', 'in', [...accountIds])
    .execute();
  return new Map(rows.map((row) => [row.accountId, row as Said]));
}

export async function saveSaid(
  tx: Tx,
  said: { accountId: string; state: string; untilMs: number | null; offers: readonly string[] | null; nowMs: number },
): Promise<void> {
  const until = said.untilMs === null ? null : new Date(said.untilMs);
  const updated = new Date(said.nowMs);
  await tx.db
    .insertInto('force_availability')
    .values({
      account_id: said.accountId,
      state: said.state,
      until,
      offers: [...(said.offers ?? [])],
      updated_at: updated,
    })
    .onConflict((conflict) =>
      conflict.column('account_id').doUpdateSet((eb) => ({
        state: said.state,
        until,
        updated_at: updated,
        version: eb('force_availability.version', '+', 1),
        ...(said.offers === null ? {} : { offers: [...said.offers] }),
      })),
    )
    .execute();
}
