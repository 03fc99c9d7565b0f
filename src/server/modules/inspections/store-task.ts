import { sql, type RawBuilder } from 'kysely';
import type { inspectionReasons, inspectionStates } from '#contract/inspections.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';

export type Reason = (typeof inspectionReasons)[number];
export type TaskState = (typeof inspectionStates)[number];

/** A task with the point it is about. */
export interface TaskRow {
  id: string;
  pointId: string;
  reason: Reason;
  reasonWords: string;
  assigneeId: string | null;
  dueAt: Date;
  state: TaskState;
  rung: number;
  version: number;
  createdAt: Date;
  code: string;
  name: string;
  kind: string;
  level: number;
  lon: number;
  lat: number;
  placeWords: string;
  areaCode: string;
  path: string[];
  unitId: string | null;
}

const columns = sql`t.id, t.point_id as "pointId", t.reason, t.reason_words as "reasonWords", t.assignee_id as "assigneeId",
  t.due_at as "dueAt", t.state, t.rung, t.version, t.created_at as "createdAt", p.code, p.name, p.kind, p.level, p.lon, p.lat,
  p.place_words as "placeWords", p.area_code as "areaCode", p.path, p.unit_id as "unitId"`;

/** What a scope shows, as a condition on the point: the same words as its policy. */
export function pointSeenBy({ seeAll, areas, units }: Scope): RawBuilder<boolean> {
  if (seeAll) return sql`true`;
  return sql`(p.path && ${[...areas]}::text[] or p.unit_id = any(${[...units]}::uuid[]))`;
}

/** Open tasks for one account until a time: its own, and those that nobody has yet where it inspects. */
export async function listTasksFor(
  tx: Tx,
  { scope, accountId, untilMs }: { scope: Scope; accountId: string | null; untilMs: number },
): Promise<TaskRow[]> {
  const { rows } = await sql<TaskRow>`select ${columns} from inspection_task t join risk_point p on p.id = t.point_id
    where t.state = 'open' and (t.due_at < ${iso(untilMs)}::timestamptz or t.reason = 'warning')
      and (t.assignee_id = ${accountId} or t.assignee_id is null) and ${pointSeenBy(scope)}
    order by (t.reason = 'warning') desc, t.due_at, t.id`.execute(tx.db);
  return rows;
}

export interface TaskFilter {
  area?: string | undefined;
  kinds?: readonly string[] | undefined;
  reasons?: readonly string[] | undefined;
  units?: readonly string[] | undefined;
  late?: boolean | undefined;
}

export interface TaskWish {
  scope: Scope;
  filter: TaskFilter;
  nowMs: number;
}

/** Open tasks, the one due first at the top. */
export async function listOpenTasks(
  tx: Tx,
  wish: TaskWish & { after: { dueAt: string; id: string } | null; limit: number },
): Promise<TaskRow[]> {
  const { after, limit } = wish;
  const { rows } = await sql<TaskRow>`select ${columns} from inspection_task t join risk_point p on p.id = t.point_id
    where ${fitting(wish)} ${after === null ? sql`` : sql`and (t.due_at, t.id) > (${after.dueAt}::timestamptz, ${after.id}::uuid)`}
    order by t.due_at, t.id limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countOpenTasks(tx: Tx, wish: TaskWish): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n
    from inspection_task t join risk_point p on p.id = t.point_id where ${fitting(wish)}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

function fitting({ scope, filter, nowMs }: TaskWish): RawBuilder<boolean> {
  const { area, kinds = [], reasons = [], units = [], late } = filter;
  const all = [
    sql`t.state = 'open'`,
    pointSeenBy(scope),
    area === undefined ? undefined : sql`p.path @> ${[area]}::text[]`,
    kinds.length === 0 ? undefined : sql`p.kind = any(${[...kinds]}::text[])`,
    reasons.length === 0 ? undefined : sql`t.reason = any(${[...reasons]}::text[])`,
    units.length === 0 ? undefined : sql`p.unit_id = any(${[...units]}::uuid[])`,
    late === undefined ? undefined : sql`(t.due_at < ${iso(nowMs)}::timestamptz) = ${late}`,
  ].filter((one) => one !== undefined);
  return sql<boolean>`${sql.join(all, sql` and `)}`;
}

export async function findTask(tx: Tx, id: string): Promise<TaskRow | undefined> {
  const { rows } = await sql<TaskRow>`select ${columns} from inspection_task t join risk_point p on p.id = t.point_id
    where t.id = ${id}`.execute(tx.db);
  return rows[0];
}

/** The open task of a point, if any; `lock` keeps it until the transaction ends. */
export async function findOpenTask(tx: Tx, pointId: string, lock = false): Promise<TaskRow | undefined> {
  const { rows } = await sql<TaskRow>`select ${columns} from inspection_task t join risk_point p on p.id = t.point_id
    where t.point_id = ${pointId} and t.state = 'open' ${lock ? sql`for update of t` : sql``}`.execute(tx.db);
  return rows[0];
}

export async function endTask(tx: Tx, id: string, state: 'done' | 'withdrawn', atMs: number): Promise<void> {
  await sql`update inspection_task set state = ${state}, ended_at = ${iso(atMs)}, version = version + 1
    where id = ${id}`.execute(tx.db);
}

export interface NewTask {
  id: string;
  pointId: string;
  district: string;
  reason: Reason;
  reasonWords: string;
  runId: string | null;
  assigneeId: string | null;
  dueMs: number;
}

/**
 * Adds tasks to points that have none open; `overOpen` gives an open one the new reason instead. Answers the points that
 * have it now.
 */
export async function insertTasks(
  tx: Tx,
  tasks: readonly NewTask[],
  atMs: number,
  overOpen: 'leave' | 'take_over' = 'leave',
): Promise<{ id: string; pointId: string }[]> {
  if (tasks.length === 0) return [];
  const conflict =
    overOpen === 'leave'
      ? sql`do nothing`
      : sql`do update set reason = excluded.reason, reason_words = excluded.reason_words, run_id = excluded.run_id,
          due_at = excluded.due_at, rung = 0, version = inspection_task.version + 1`;
  const { rows } = await sql<{ id: string; pointId: string }>`
    insert into inspection_task (id, point_id, district, reason, reason_words, run_id, assignee_id, due_at, state, created_at)
    select id, "pointId", district, reason, "reasonWords", "runId", "assigneeId", to_timestamp("dueMs" / 1000.0), 'open',
      ${iso(atMs)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as n(id uuid, "pointId" uuid, district text, reason text,
      "reasonWords" text, "runId" uuid, "assigneeId" uuid, "dueMs" float8)
    on conflict (point_id) where state = 'open' ${conflict}
    returning id, point_id as "pointId"`.execute(tx.db);
  return rows;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Names of accounts. */
export async function namesOf(tx: Tx, accountIds: readonly (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(accountIds.flatMap((id) => id ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('account')
    .select(['id', 'display_name as name'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
