/** What was, for whoever reads a person's past; who waits for the register; what waits too long. */
import { sql, type RawBuilder } from 'kysely';
import type { VisitMethod, VisitOutcome, VisitReason, VisitState, VisitTier } from '#contract/visits-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { seenBy } from './store-task.ts';

export interface PastRow {
  id: string;
  workerId: string | null;
  /** The post of whoever went, as it was on that day. */
  byRole: string | null;
  at: Date;
  method: VisitMethod;
  outcome: VisitOutcome;
  reason: VisitReason;
  tier: VisitTier;
  rung: number;
  late: boolean;
  changed: string[];
  changes: Buffer | null;
  note: Buffer | null;
  eventId: string | null;
}

/** Tries of one person, the latest first. */
export async function listPastOf(tx: Tx, personId: string, limit: number): Promise<PastRow[]> {
  const { rows } =
    await sql<PastRow>`select v.id, v.worker_id as "workerId", x.role as "byRole", v.at, v.method, v.outcome,
      v.reason, v.tier, v.rung, v.late, v.changed, v.changes, v.note, v.event_id as "eventId"
    from visit v left join lateral (select role from appointment a where a.account_id = v.worker_id
        and a.since <= v.at::date and (a.until is null or a.until >= v.at::date)
      order by a.area_code = any (v.path) desc nulls last, length(a.area_code) desc nulls last, a.id limit 1) x on true
    where v.person_id = ${personId} order by v.at desc, v.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countPastOf(tx: Tx, personId: string): Promise<number> {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from visit where person_id = ${personId}`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Whose visit it was. */
export async function findVisited(tx: Tx, visitId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select person_id as id from visit where id = ${visitId}`.execute(tx.db);
  return rows[0]?.id;
}

/** Whether the account was shown this person in full on a day 'YYYY-MM-DD': told to the ledger then. */
export async function hasReading(tx: Tx, accountId: string, day: string, personId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from visit_reading
    where account_id = ${accountId} and day = ${day}::date and person_id = ${personId}`.execute(tx.db);
  return rows.length > 0;
}

export interface HeldRow {
  personId: string;
  areaCode: string;
  path: string[];
  outcome: 'moved_away' | 'died';
  heldAt: Date;
  careVersion: number;
}

/** Told to have moved or died, and nothing was done to their record since. */
function heldOf({ seeAll, areas }: Scope): RawBuilder<unknown> {
  return sql`visit_person v join care_person p on p.id = v.person_id
    where v.held_at is not null and p.retired_at is null and p.updated_at <= v.held_at
      and v.last_outcome in ('moved_away', 'died') and (${seeAll} or p.path && ${[...areas]}::text[])`;
}

/** The longest waiting first. */
export async function listHeld(tx: Tx, scope: Scope, limit: number): Promise<{ rows: HeldRow[]; total: number }> {
  const { rows } = await sql<HeldRow & { total: number }>`select v.person_id as "personId", p.area_code as "areaCode",
      p.path, v.last_outcome as outcome, v.held_at as "heldAt", p.version as "careVersion", count(*) over ()::int as total
    from ${heldOf(scope)} order by v.held_at, v.person_id limit ${limit}`.execute(tx.db);
  return { rows, total: rows[0]?.total ?? 0 };
}

/** Plans of somebody may begin again: answers the last task, under which the ledger tells it; undefined when nobody waits. */
export async function releaseHeld(
  tx: Tx,
  scope: Scope,
  personId: string,
  nowMs: number,
): Promise<{ taskId: string; areaCode: string; path: string[]; district: string } | undefined> {
  const { rows } = await sql<{ taskId: string; areaCode: string; path: string[]; district: string }>`
    with held as (select v.person_id, p.area_code, p.path, p.district from ${heldOf(scope)} and v.person_id = ${personId}
      for update of v),
    freed as (update visit_person v set held_at = null, updated_at = ${new Date(nowMs).toISOString()}
      from held where v.person_id = held.person_id returning v.last_visit_id)
    select x.task_id as "taskId", h.area_code as "areaCode", h.path, h.district
    from held h, freed f join visit x on x.id = f.last_visit_id`.execute(tx.db);
  return rows[0];
}

export interface WaitingRow {
  id: string;
  path: string[];
  tags: string[];
  tier: VisitTier;
  state: VisitState;
  rung: number;
  nextTryAt: Date | null;
  dueAt: Date;
  doerId: string | null;
  eventId: string | null;
}

function waits(scope: Scope, nowMs: number): RawBuilder<unknown> {
  return sql`t.ended_at is null and (t.state in ('no_answer', 'door_check') or t.due_at < ${new Date(nowMs).toISOString()}::timestamptz)
    and ${seenBy(scope)}`;
}

/** Open visits at which nobody answered or that are late: the highest step first, then what was due first. */
export async function listWaiting(tx: Tx, scope: Scope, nowMs: number, limit: number): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`select t.id, t.path, t.tags, t.tier, t.state, t.rung,
      t.next_try_at as "nextTryAt", t.due_at as "dueAt", coalesce(t.stand_in_id, t.worker_id) as "doerId", t.event_id as "eventId"
    from visit_task t where ${waits(scope, nowMs)}
    order by t.rung desc, t.due_at, t.id limit ${limit}`.execute(tx.db);
  return rows;
}

export async function countWaiting(tx: Tx, scope: Scope, nowMs: number): Promise<{ noAnswer: number; late: number }> {
  const { rows } = await sql<{ noAnswer: number; late: number }>`select
      count(*) filter (where t.state <> 'due')::int as "noAnswer",
      count(*) filter (where t.due_at < ${new Date(nowMs).toISOString()}::timestamptz)::int as late
    from visit_task t where ${waits(scope, nowMs)}`.execute(tx.db);
  return rows[0] ?? { noAnswer: 0, late: 0 };
}
