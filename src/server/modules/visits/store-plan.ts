import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** Somebody whose next visit is to be planned; `taskId` when an open task is to be planned anew. */
export interface ToPlan {
  taskId: string | null;
  personId: string;
  areaCode: string;
  path: string[];
  district: string;
  tags: string[];
  workerId: string | null;
  countsAs: string[] | null;
  lastAt: Date | null;
  changeDueAt: Date | null;
}

/**
 * Who answers for the person `p` on a day: the one the register names, while they serve; else the full-time worker of the
 * grid. An expression over the alias p.
 */
const workerOfPerson = (today: string) => {
  const serving = sql`x.revoked_at is null and x.since <= ${today}::date and (x.until is null or x.until >= ${today}::date)`;
  return sql`coalesce(
    (select a.id from account a where a.id = p.responsible_id and a.status = 'active' and a.held_at is null
       and exists (select 1 from appointment x where x.account_id = a.id and ${serving})),
    (select x.account_id from appointment x join account a on a.id = x.account_id
     where x.area_code = any (p.path) and length(x.area_code) >= 15 and x.role = 'full_time' and ${serving}
       and a.status = 'active' and a.held_at is null
     order by length(x.area_code) desc, x.is_primary desc, x.account_id limit 1))`;
};

const columns = (today: string) => sql`p.id as "personId", p.area_code as "areaCode", p.path, p.district, p.tags,
  ${workerOfPerson(today)} as "workerId", v.counts_as as "countsAs", v.last_at as "lastAt", v.change_due_at as "changeDueAt"`;

/** People in care without an open task, but for those told to have moved or died until the register says more. */
export async function listUnplanned(tx: Tx, today: string, limit: number): Promise<ToPlan[]> {
  const { rows } = await sql<ToPlan>`select null as "taskId", ${columns(today)}
    from care_person p left join visit_person v on v.person_id = p.id
    where p.retired_at is null and (v.held_at is null or p.updated_at > v.held_at)
      and not exists (select 1 from visit_task t where t.person_id = p.id and t.ended_at is null)
    order by p.id limit ${limit}`.execute(tx.db);
  return rows;
}

/** Open tasks to be planned anew: nobody has begun with them. */
export async function listStale(tx: Tx, today: string, limit: number): Promise<ToPlan[]> {
  const { rows } = await sql<ToPlan>`select t.id as "taskId", ${columns(today)}
    from visit_task t join care_person p on p.id = t.person_id left join visit_person v on v.person_id = p.id
    where t.ended_at is null and t.stale order by t.id limit ${limit} for update of t skip locked`.execute(tx.db);
  return rows;
}

/** How many visits each worker has on each day already: worker → day 'YYYY-MM-DD' → number. */
export async function listLoads(
  tx: Tx,
  workers: readonly string[],
): Promise<{ workerId: string; day: string; n: number }[]> {
  const { rows } = await sql<{ workerId: string; day: string; n: number }>`
    select worker_id as "workerId", planned_on as day, count(*)::int as n from visit_task
    where ended_at is null and not stale and worker_id = any (${[...workers]}::uuid[])
    group by worker_id, planned_on`.execute(tx.db);
  return rows;
}

/** A task as it is written. */
export interface NewTask {
  id: string;
  person_id: string;
  district: string;
  area_code: string;
  path: readonly string[];
  tags: readonly string[];
  worker_id: string | null;
  rule_code: string;
  tier: string;
  reason: 'cycle' | 'change';
  reason_words: string;
  /** 'YYYY-MM-DD' */
  day: string;
  due_at: string;
}

/** Adds tasks; whoever got one meanwhile keeps it. Answers how many were added. */
export async function insertTasks(tx: Tx, tasks: readonly NewTask[], atMs: number): Promise<number> {
  if (tasks.length === 0) return 0;
  const at = new Date(atMs).toISOString();
  const done =
    await sql`insert into visit_task (id, person_id, district, area_code, path, tags, worker_id, rule_code, tier, reason,
      reason_words, planned_on, due_at, base_reason, base_on, base_due_at, state, created_at, updated_at)
    select id, person_id, district, area_code, path, tags, worker_id, rule_code, tier, reason, reason_words, day, due_at,
      reason, day, due_at, 'due', ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as n(id uuid, person_id uuid, district text, area_code text, path text[],
      tags text[], worker_id uuid, rule_code text, tier text, reason text, reason_words text, day date, due_at timestamptz)
    on conflict (person_id) where ended_at is null do nothing`.execute(tx.db);
  return Number(done.numAffectedRows ?? 0);
}

/** Plans open tasks anew. One that a warning raised keeps its day, and only what it goes back to changes. */
export async function replanTasks(tx: Tx, tasks: readonly NewTask[], atMs: number): Promise<void> {
  if (tasks.length === 0) return;
  await sql`update visit_task t set area_code = n.area_code, path = n.path, district = n.district, tags = n.tags,
      worker_id = case when t.by_hand then t.worker_id else n.worker_id end, rule_code = n.rule_code, tier = n.tier,
      reason = case when t.reason in ('warning', 'outage') then t.reason else n.reason end,
      reason_words = case when t.reason in ('warning', 'outage') then t.reason_words else n.reason_words end,
      planned_on = case when t.reason in ('warning', 'outage') or t.state <> 'due' then t.planned_on else n.day end,
      due_at = case when t.reason in ('warning', 'outage') or t.state <> 'due' then t.due_at else n.due_at end,
      base_reason = n.reason, base_on = n.day, base_due_at = n.due_at, stale = false, version = t.version + 1,
      updated_at = ${new Date(atMs).toISOString()}
    from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as n(id uuid, district text, area_code text, path text[], tags text[],
      worker_id uuid, rule_code text, tier text, reason text, reason_words text, day date, due_at timestamptz)
    where t.id = n.id and t.ended_at is null`.execute(tx.db);
}

/** Ends the open tasks of people who left the register. */
export async function withdrawRetired(tx: Tx, atMs: number): Promise<number> {
  const at = new Date(atMs).toISOString();
  const done =
    await sql`update visit_task t set state = 'withdrawn', ended_at = ${at}, updated_at = ${at}, version = t.version + 1
    from care_person p where p.id = t.person_id and t.ended_at is null and p.retired_at is not null`.execute(tx.db);
  return Number(done.numAffectedRows ?? 0);
}

/** A person whose record no longer says what their open task says. */
export interface Drifted {
  taskId: string;
  personId: string;
  district: string;
  /** Tags that were not there when it was planned. */
  gained: string[];
  /** Lives in another area, though the old one still exists. */
  moved: boolean;
}

/** Open tasks that no longer agree with the register, of people changed since `sinceMs`. */
export async function listDrifted(tx: Tx, sinceMs: number, limit: number): Promise<Drifted[]> {
  const { rows } = await sql<Drifted>`select t.id as "taskId", p.id as "personId", p.district,
      array(select unnest(p.tags) except select unnest(t.tags)) as gained,
      t.area_code <> p.area_code and a.retired_at is null as moved
    from care_person p join visit_task t on t.person_id = p.id and t.ended_at is null join area a on a.code = t.area_code
    where p.updated_at >= ${new Date(sinceMs).toISOString()} and p.retired_at is null and not t.stale
      and (t.area_code <> p.area_code or not (t.tags @> p.tags and t.tags <@ p.tags) or t.path <> p.path
        or (p.updated_at > t.updated_at and not t.by_hand and p.responsible_id is distinct from t.worker_id and p.responsible_id is not null))
    order by t.id limit ${limit} for update of t skip locked`.execute(tx.db);
  return rows;
}

export async function markStale(tx: Tx, taskIds: readonly string[]): Promise<void> {
  await sql`update visit_task set stale = true where id = any (${[...taskIds]}::uuid[]) and ended_at is null`.execute(
    tx.db,
  );
}

/** All open tasks that a change of the rules may move. Answers how many. */
export async function markAllStale(tx: Tx): Promise<number> {
  const done = await sql`update visit_task set stale = true where ended_at is null and base_reason = 'cycle'`.execute(
    tx.db,
  );
  return Number(done.numAffectedRows ?? 0);
}

/** Whoever changed greatly is to be visited by then; an earlier date stays. */
export async function setChangeDue(
  tx: Tx,
  people: readonly { personId: string; district: string }[],
  dueMs: number,
  atMs: number,
): Promise<void> {
  if (people.length === 0) return;
  const due = new Date(dueMs).toISOString();
  const rows = JSON.stringify(people.map(({ personId, district }) => ({ id: personId, district })));
  await sql`insert into visit_person (person_id, district, change_due_at, updated_at)
    select id, district, ${due}::timestamptz, ${new Date(atMs).toISOString()}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as n(id uuid, district text)
    on conflict (person_id) do update set change_due_at = least(visit_person.change_due_at, excluded.change_due_at),
      updated_at = excluded.updated_at`.execute(tx.db);
}

/** Gives tasks that are due to whoever answers for the person today, where that changed. Answers how many. */
export async function followWorkers(tx: Tx, today: string, atMs: number): Promise<number> {
  const done = await sql`update visit_task t set worker_id = w.worker_id, version = t.version + 1,
      updated_at = ${new Date(atMs).toISOString()}
    from (select o.id, ${workerOfPerson(today)} as worker_id from visit_task o join care_person p on p.id = o.person_id
      where o.ended_at is null and not o.by_hand and o.planned_on <= ${today}::date) w
    where t.id = w.id and t.worker_id is distinct from w.worker_id and t.ended_at is null`.execute(tx.db);
  return Number(done.numAffectedRows ?? 0);
}

/** Workers with something to do by today. */
export async function listBusyWorkers(tx: Tx, today: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct worker_id as id from visit_task
    where ended_at is null and worker_id is not null and planned_on <= ${today}::date`.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** Sets who goes in a worker's place for what is due by today; null ends it. Answers how many tasks changed. */
export async function setStandIn(
  tx: Tx,
  { workerId, standInId, today, atMs }: { workerId: string; standInId: string | null; today: string; atMs: number },
): Promise<number> {
  const done = await sql`update visit_task set stand_in_id = ${standInId}::uuid, version = version + 1,
      updated_at = ${new Date(atMs).toISOString()}
    where ended_at is null and worker_id = ${workerId} and planned_on <= ${today}::date
      and stand_in_id is distinct from ${standInId}::uuid`.execute(tx.db);
  return Number(done.numAffectedRows ?? 0);
}

/** One planner at a time over all processes; false when another is at it. Held to the end of the transaction. */
export async function takePlanner(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{
    got: boolean;
  }>`select pg_try_advisory_xact_lock(hashtext('huangge.visits')) as got`.execute(tx.db);
  return rows[0]?.got === true;
}
