import { sql } from 'kysely';
import type { PlanStep } from '#contract/operations-plans.ts';
import type { EventStatus } from '#contract/events-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { StepStatus } from './rules.ts';

const iso = (ms: number) => new Date(ms).toISOString();

export interface OperationRow {
  id: string;
  eventId: string;
  leadUnitId: string;
  planCode: string | null;
  planVersion: number | null;
  openedMs: number;
  openedBy: string | null;
  openedUnitId: string | null;
  endedMs: number | null;
}

export interface StepRow {
  id: string;
  operationId: string;
  body: PlanStep;
  dueMs: number;
  status: StepStatus;
  byAccount: string | null;
  byUnit: string | null;
  atMs: number | null;
  reason: string;
}

/** The operation of an event this transaction may see. */
export async function findOperation(tx: Tx, eventId: string): Promise<OperationRow | undefined> {
  const row = await tx.db
    .selectFrom('operation')
    .select([
      'id',
      'event_id as eventId',
      'lead_unit_id as leadUnitId',
      'plan_code as planCode',
      'plan_version as planVersion',
      'opened_at as openedAt',
      'opened_by as openedBy',
      'opened_unit_id as openedUnitId',
      'ended_at as endedAt',
    ])
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { openedAt, endedAt, ...rest } = row;
  return {
    ...rest,
    openedMs: new Date(openedAt).getTime(),
    endedMs: endedAt === null ? null : new Date(endedAt).getTime(),
  };
}

export async function insertOperation(tx: Tx, row: OperationRow & { district: string }): Promise<void> {
  await tx.db
    .insertInto('operation')
    .values({
      id: row.id,
      event_id: row.eventId,
      district: row.district,
      lead_unit_id: row.leadUnitId,
      plan_code: row.planCode,
      plan_version: row.planVersion,
      opened_at: iso(row.openedMs),
      opened_by: row.openedBy,
      opened_unit_id: row.openedUnitId,
    })
    .execute();
}

/** Begins again, with a plan where there was none. */
export async function resumeOperation(
  tx: Tx,
  id: string,
  plan: { code: string | null; version: number | null },
): Promise<void> {
  await tx.db
    .updateTable('operation')
    .set({ plan_code: plan.code, plan_version: plan.version, ended_at: null })
    .where('id', '=', id)
    .execute();
}

/** Ends it; the positions shared in it are forgotten with it. */
export async function endOperation(tx: Tx, id: string, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('operation')
    .set({ ended_at: iso(nowMs) })
    .where('id', '=', id)
    .execute();
  await tx.db.deleteFrom('room_position').where('operation_id', '=', id).execute();
}

export async function insertSteps(
  tx: Tx,
  operationId: string,
  steps: readonly { id: string; body: PlanStep; dueMs: number }[],
): Promise<void> {
  if (steps.length === 0) return;
  await tx.db
    .insertInto('operation_step')
    .values(
      steps.map((step, sort) => ({
        id: step.id,
        operation_id: operationId,
        sort,
        body: JSON.stringify(step.body),
        due_at: iso(step.dueMs),
      })),
    )
    .execute();
}

/** Steps of an operation in the order of the plan; locked when one of them is about to change. */
export async function listSteps(tx: Tx, operationId: string, lock?: 'lock'): Promise<StepRow[]> {
  const rows = await tx.db
    .selectFrom('operation_step')
    .select([
      'id',
      'operation_id as operationId',
      'body',
      'due_at as dueAt',
      'status',
      'by_account as byAccount',
      'by_unit as byUnit',
      'at',
      'reason',
    ])
    .where('operation_id', '=', operationId)
    .orderBy('sort')
    .$if(lock !== undefined, (query) => query.forUpdate())
    .execute();
  return rows.map(({ dueAt, at, body, status, ...row }) => ({
    ...row,
    body: body as unknown as PlanStep,
    status: status as StepStatus,
    dueMs: new Date(dueAt).getTime(),
    atMs: at === null ? null : new Date(at).getTime(),
  }));
}

export async function saveStep(
  tx: Tx,
  step: { id: string; status: StepStatus; by: string | null; unitId: string | null; reason: string; nowMs: number },
): Promise<void> {
  const open = step.status === 'todo';
  await tx.db
    .updateTable('operation_step')
    .set({
      status: step.status,
      by_account: open ? null : step.by,
      by_unit: open ? null : step.unitId,
      at: open ? null : iso(step.nowMs),
      reason: step.reason,
    })
    .where('id', '=', step.id)
    .execute();
}

export interface ListedOperation {
  id: string;
  eventId: string;
  number: string;
  title: string;
  status: EventStatus;
  priority: number;
  planCode: string | null;
  openedAt: Date;
  endedAt: Date | null;
  stepsDone: number;
  steps: number;
  tasksEnded: number;
  tasks: number;
}

export interface OperationFilter {
  open?: boolean | undefined;
  planCode?: string | undefined;
  /** Area codes of one area: an event lies in it when its path holds it. */
  areaCode?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after?: { openedAt: string; id: string } | undefined;
  limit: number;
}

/** Operations of events this transaction may see, newest first; one more than asked for when there are more. */
export async function listOperations(tx: Tx, filter: OperationFilter): Promise<ListedOperation[]> {
  const { open, planCode = null, areaCode = null, from = null, to = null, after } = filter;
  const { rows } = await sql<ListedOperation>`
    select o.id, o.event_id as "eventId", e.number, e.title, e.status, e.priority, o.plan_code as "planCode", o.opened_at as "openedAt",
      coalesce(o.ended_at, e.ended_at) as "endedAt", s.done as "stepsDone", s.count as steps, t.ended as "tasksEnded", t.count as tasks
    from operation o join event e on e.id = o.event_id,
      lateral (select count(*)::int as count, count(*) filter (where status <> 'todo')::int as done from operation_step where operation_id = o.id) s,
      lateral (select count(*)::int as count, count(*) filter (where ended_at is not null)::int as ended from task where event_id = e.id) t
    where (${open ?? null}::boolean is null or (coalesce(o.ended_at, e.ended_at) is null) = ${open ?? null})
      and (${planCode}::text is null or o.plan_code = ${planCode})
      and (${areaCode}::text is null or ${areaCode} in (e.city, e.district, e.street, e.community, e.grid))
      and (${from}::timestamptz is null or o.opened_at >= ${from}::timestamptz)
      and (${to}::timestamptz is null or o.opened_at < ${to}::timestamptz)
      and (${after?.id ?? null}::uuid is null or (o.opened_at, o.id) < (${after?.openedAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by o.opened_at desc, o.id desc limit ${filter.limit + 1}`.execute(tx.db);
  return rows;
}

/** Events with an operation, by category: reported in [from, to), as `countByCategory` of events counts. */
export async function countOpened(
  tx: Tx,
  span: { from: string; to: string; areaCode?: string | undefined },
): Promise<ReadonlyMap<string, number>> {
  const areaCode = span.areaCode ?? null;
  const { rows } = await sql<{ code: string; count: number }>`
    select e.category_code as code, count(*)::int as count from operation o join event e on e.id = o.event_id
    where e.reported_at >= ${span.from}::timestamptz and e.reported_at < ${span.to}::timestamptz
      and e.status not in ('declined', 'merged', 'cancelled')
      and (${areaCode}::text is null or ${areaCode} in (e.city, e.district, e.street, e.community, e.grid))
    group by 1`.execute(tx.db);
  return new Map(rows.map((row) => [row.code, row.count]));
}

/** Operations still open whose event has ended. */
export async function listLeftOpen(tx: Tx, limit: number): Promise<{ eventId: string }[]> {
  const { rows } = await sql<{ eventId: string }>`
    select o.event_id as "eventId" from operation o join event e on e.id = o.event_id
    where o.ended_at is null and e.ended_at is not null order by o.opened_at limit ${limit}`.execute(tx.db);
  return rows;
}
