/** What the desk reads of visits: the plan of a day, workers, figures. */
import { sql, type RawBuilder } from 'kysely';
import type { VisitMethod, VisitOutcome } from '#contract/visits-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { withinAreas } from '#server/db/within-areas.ts';
import { seenBy, taskColumns, taskPlace, type StoredTask } from './store-task.ts';

export interface PlanFilter {
  day: string;
  /** The clock's day: open tasks of days before count as due today. */
  today: string;
  dayStartMs: number;
  dayEndMs: number;
  nowMs: number;
  area: string | undefined;
  /** An account, or 'none': nobody. */
  worker: string | undefined;
  state: 'due' | 'late' | 'no_answer' | 'done' | undefined;
}

export interface PlanRow extends StoredTask {
  doerId: string | null;
  doneAt: Date | null;
  method: VisitMethod | null;
  outcome: VisitOutcome | null;
}

const doer = sql`coalesce(t.stand_in_id, t.worker_id)`;
/** Stands for no worker in cursors and orders. */
export const nobody = '00000000-0000-0000-0000-000000000000';
const iso = (ms: number): string => new Date(ms).toISOString();

/** Open tasks of the day (today: those left over from before too), and what was done on it. */
function ofDay({ day, today, dayStartMs, dayEndMs }: PlanFilter): RawBuilder<boolean> {
  const open = day === today ? sql`t.planned_on <= ${day}::date` : sql`t.planned_on = ${day}::date`;
  return sql`((t.ended_at is null and ${open})
    or (t.ended_at >= ${iso(dayStartMs)}::timestamptz and t.ended_at < ${iso(dayEndMs)}::timestamptz and t.state = 'done'))`;
}

function conditions(scope: Scope, filter: PlanFilter): RawBuilder<unknown> {
  const { area, worker, state, nowMs } = filter;
  const all = [
    ofDay(filter),
    seenBy(scope),
    area === undefined ? undefined : withinAreas(taskPlace, [area]),
    worker === undefined ? undefined : worker === 'none' ? sql`${doer} is null` : sql`${doer} = ${worker}::uuid`,
    state === 'due' ? sql`t.state = 'due'` : undefined,
    state === 'late' ? sql`t.ended_at is null and t.due_at < ${iso(nowMs)}::timestamptz` : undefined,
    state === 'no_answer' ? sql`t.state in ('no_answer', 'door_check')` : undefined,
    state === 'done' ? sql`t.state = 'done'` : undefined,
  ].filter((one) => one !== undefined);
  return sql.join(all, sql` and `);
}

/** One page by worker, then id. `after` is the last row of the page before. */
export async function listPlan(
  tx: Tx,
  wish: { scope: Scope; filter: PlanFilter; after: { doer: string; id: string } | null; limit: number },
): Promise<PlanRow[]> {
  const { after } = wish;
  const { rows } = await sql<PlanRow>`
    with page as (
      select t.id from visit_task t where ${conditions(wish.scope, wish.filter)}
        ${after === null ? sql`` : sql`and (coalesce(${doer}, ${nobody}::uuid), t.id) > (${after.doer}::uuid, ${after.id}::uuid)`}
      order by coalesce(${doer}, ${nobody}::uuid), t.id limit ${wish.limit})
    select ${taskColumns}, ${doer} as "doerId", v.at as "doneAt", v.method, v.outcome
    from page join visit_task t on t.id = page.id
      left join lateral (select at, method, outcome from visit x where x.task_id = t.id order by x.at desc, x.id desc limit 1) v on true
    order by coalesce(${doer}, ${nobody}::uuid), t.id`.execute(tx.db);
  return rows;
}

export const cursorOf = ({ doerId, id }: Pick<PlanRow, 'doerId' | 'id'>): string => `${doerId ?? nobody}_${id}`;

export interface WorkerCount {
  id: string | null;
  due: number;
  done: number;
  late: number;
  noAnswer: number;
}

/** The day by worker; whoever has most open first, those without a worker at the very top. */
export async function countWorkers(tx: Tx, scope: Scope, filter: PlanFilter): Promise<WorkerCount[]> {
  const { rows } = await sql<WorkerCount>`select ${doer} as id,
      count(*) filter (where t.ended_at is null)::int as due,
      count(*) filter (where t.state = 'done')::int as done,
      count(*) filter (where t.ended_at is null and t.due_at < ${iso(filter.nowMs)}::timestamptz)::int as late,
      count(*) filter (where t.state in ('no_answer', 'door_check'))::int as "noAnswer"
    from visit_task t where ${conditions(scope, { ...filter, worker: undefined, state: undefined })}
    group by 1 order by (${doer} is null) desc, 2 desc, 1`.execute(tx.db);
  return rows;
}

export async function countPlan(tx: Tx, scope: Scope, filter: PlanFilter): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from visit_task t where ${conditions(scope, filter)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Where the open stops of these workers lie on a day, for the order of their way; as far as the scope shows people. */
export async function listStops(
  tx: Tx,
  scope: Scope,
  filter: PlanFilter,
  workers: readonly string[],
): Promise<{ id: string; doerId: string; lon: number; lat: number }[]> {
  const { rows } = await sql<{ id: string; doerId: string; lon: number; lat: number }>`
    select t.id, ${doer} as "doerId", p.lon, p.lat from visit_task t join care_person p on p.id = t.person_id
    where ${conditions(scope, { ...filter, worker: undefined, state: undefined, area: undefined })} and t.ended_at is null
      and ${doer} = any (${[...workers]}::uuid[])`.execute(tx.db);
  return rows;
}

/** Who may go on a day in an area: people in service with one of the roles over it, a grid of it or what contains it. */
export async function listVisitors(
  tx: Tx,
  { path, area, roles, today }: { path: readonly string[]; area: string; roles: readonly string[]; today: string },
): Promise<{ id: string; name: string; open: number }[]> {
  const { rows } = await sql<{ id: string; name: string; open: number }>`
    select a.id, a.display_name as name,
      (select count(*)::int from visit_task t where t.worker_id = a.id and t.ended_at is null and t.planned_on <= ${today}::date) as open
    from account a where a.kind = 'person' and a.status = 'active' and a.held_at is null and exists (
      select 1 from appointment x where x.account_id = a.id and x.revoked_at is null and x.since <= ${today}::date
        and (x.until is null or x.until >= ${today}::date) and x.role = any (${[...roles]}::text[])
        and (x.area_code = any (${[...path]}::text[]) or x.area_code like ${`${area}%`}))
    order by (select min(case when x.area_code = any (${[...path]}::text[]) then 0 else 1 end) from appointment x where x.account_id = a.id),
      open, name, a.id limit 200`.execute(tx.db);
  return rows;
}

export interface AreaCount {
  areaCode: string;
  inTime: number;
  late: number;
  open: number;
  noAnswer: number;
}

/** What fell due between two moments, by the areas one step below `depth` steps of the path. */
export async function countByArea(
  tx: Tx,
  scope: Scope,
  wish: { area: string | undefined; depth: number; fromMs: number; toMs: number; nowMs: number },
): Promise<AreaCount[]> {
  const under = wish.area === undefined ? sql`true` : withinAreas(taskPlace, [wish.area]);
  const { rows } = await sql<AreaCount>`select coalesce(t.path[${wish.depth + 1}], t.area_code) as "areaCode",
      count(*) filter (where t.state = 'done' and t.ended_at <= t.due_at)::int as "inTime",
      count(*) filter (where t.state = 'done' and t.ended_at > t.due_at)::int as late,
      count(*) filter (where t.ended_at is null)::int as open,
      count(*) filter (where t.missed_at is not null)::int as "noAnswer"
    from visit_task t where t.state <> 'withdrawn' and t.due_at >= ${iso(wish.fromMs)}::timestamptz
      and t.due_at < ${iso(Math.min(wish.toMs, wish.nowMs))}::timestamptz and ${under} and ${seenBy(scope)}
    group by 1 order by 1`.execute(tx.db);
  return rows;
}

/** Whom the figures leave out: people without an open task, and tasks withdrawn in the period. */
export async function countLeftOut(
  tx: Tx,
  scope: Scope,
  wish: { area: string | undefined; fromMs: number; toMs: number },
): Promise<{ unplanned: number; withdrawn: number }> {
  const under = (alias: string) =>
    wish.area === undefined ? sql`true` : sql`${sql.ref(`${alias}.path`)} @> ${[wish.area]}::text[]`;
  const { rows } = await sql<{ unplanned: number; withdrawn: number }>`select
      (select count(*)::int from care_person p where p.retired_at is null and ${under('p')}
        and not exists (select 1 from visit_task t where t.person_id = p.id and t.ended_at is null)) as unplanned,
      (select count(*)::int from visit_task t where t.state = 'withdrawn' and t.ended_at >= ${iso(wish.fromMs)}::timestamptz
        and t.ended_at < ${iso(wish.toMs)}::timestamptz and ${under('t')} and ${seenBy(scope)}) as withdrawn`.execute(
    tx.db,
  );
  return rows[0] ?? { unplanned: 0, withdrawn: 0 };
}
