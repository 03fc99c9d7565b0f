import { sql, type RawBuilder } from 'kysely';
import type { VisitMethod, VisitOutcome, VisitReason, VisitState, VisitTier } from '#contract/visits-words.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { withinAreas } from '#server/db/within-areas.ts';

/** A task as kept, with what was known from the last visit. */
export interface StoredTask {
  id: string;
  personId: string;
  district: string;
  areaCode: string;
  path: string[];
  tags: string[];
  workerId: string | null;
  standInId: string | null;
  tier: VisitTier;
  reason: VisitReason;
  reasonWords: string;
  plannedOn: string;
  dueAt: Date;
  state: VisitState;
  rung: number;
  missedAt: Date | null;
  nextTryAt: Date | null;
  eventId: string | null;
  endedAt: Date | null;
  createdAt: Date;
  version: number;
}

export const taskColumns = sql`t.id, t.person_id as "personId", t.district, t.area_code as "areaCode", t.path, t.tags,
  t.worker_id as "workerId", t.stand_in_id as "standInId", t.tier, t.reason, t.reason_words as "reasonWords",
  t.planned_on as "plannedOn", t.due_at as "dueAt", t.state, t.rung, t.missed_at as "missedAt",
  t.next_try_at as "nextTryAt", t.event_id as "eventId", t.ended_at as "endedAt", t.created_at as "createdAt", t.version`;

/** Where a task lies, over the alias t. */
export const taskPlace = { areaCode: sql<string>`t.area_code`, path: sql<string[]>`t.path` };

/** What a scope shows, as a condition over the alias t: the same as the policy in 0011, in words that an index can serve. */
export function seenBy({ seeAll, areas, accountId }: Scope): RawBuilder<boolean> {
  if (seeAll) return sql`true`;
  return sql`(${withinAreas(taskPlace, areas)} or t.worker_id = ${accountId}::uuid or t.stand_in_id = ${accountId}::uuid)`;
}

/** Open tasks that one account is to do by a day. */
export async function listToday(tx: Tx, scope: Scope, accountId: string, today: string): Promise<StoredTask[]> {
  const { rows } = await sql<StoredTask>`select ${taskColumns} from visit_task t
    where t.ended_at is null and t.planned_on <= ${today}::date and ${seenBy(scope)}
      and (t.stand_in_id = ${accountId}::uuid or (t.worker_id = ${accountId}::uuid and t.stand_in_id is null))
    order by t.id limit 500`.execute(tx.db);
  return rows;
}

export async function findTask(tx: Tx, scope: Scope, id: string, lock = false): Promise<StoredTask | undefined> {
  const { rows } = await sql<StoredTask>`select ${taskColumns} from visit_task t where t.id = ${id} and ${seenBy(scope)}
    ${lock ? sql`for update` : sql``}`.execute(tx.db);
  return rows[0];
}

/** What is known of somebody from visits. */
export interface Known {
  personId: string;
  form: Buffer | null;
  at: Date | null;
  method: VisitMethod | null;
  outcome: VisitOutcome | null;
  note: Buffer | null;
}

export async function listKnown(tx: Tx, personIds: readonly string[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Known>`select p.person_id as "personId", p.form, v.at, v.method, v.outcome, v.note
    from visit_person p left join visit v on v.id = p.last_visit_id
    where p.person_id = any (${[...personIds]}::uuid[])`.execute(tx.db);
  return new Map(rows.map((row) => [row.personId, row]));
}

/** Notes whose names the account was shown; answers those that are new today. */
export async function noteReading(
  tx: Tx,
  accountId: string,
  day: string,
  personIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`insert into visit_reading (account_id, day, person_id)
    select ${accountId}::uuid, ${day}::date, id from unnest(${[...personIds]}::uuid[]) as n(id)
    on conflict do nothing returning person_id as id`.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** A try as it is written. */
export interface NewVisit {
  id: string;
  task: StoredTask;
  workerId: string | null;
  atMs: number;
  method: VisitMethod;
  outcome: VisitOutcome;
  seen: boolean;
  late: boolean;
  changed: readonly string[];
  changes: Buffer | null;
  note: Buffer | null;
  eventId: string | null;
}

export async function insertVisit(tx: Tx, visit: NewVisit, nowMs: number): Promise<void> {
  const { task } = visit;
  await sql`insert into visit (id, task_id, person_id, district, area_code, path, worker_id, at, method, outcome, seen, reason, tier,
      rung, due_at, late, changed, changes, note, event_id, created_at)
    values (${visit.id}, ${task.id}, ${task.personId}, ${task.district}, ${task.areaCode}, ${task.path}, ${visit.workerId}::uuid,
      ${new Date(visit.atMs).toISOString()}, ${visit.method}, ${visit.outcome}, ${visit.seen}, ${task.reason}, ${task.tier}, ${task.rung},
      ${task.dueAt.toISOString()}, ${visit.late}, ${[...visit.changed]}, ${visit.changes}, ${visit.note}, ${visit.eventId}::uuid,
      ${new Date(nowMs).toISOString()})`.execute(tx.db);
}

const orNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export async function saveRecorded(
  tx: Tx,
  id: string,
  to: { state: VisitState; rung: number; missedMs: number | null; nextTryMs: number | null; endedMs: number | null },
  nowMs: number,
): Promise<void> {
  await sql`update visit_task set state = ${to.state}, rung = ${to.rung}, missed_at = ${orNull(to.missedMs)}::timestamptz,
      next_try_at = ${orNull(to.nextTryMs)}::timestamptz, ended_at = ${orNull(to.endedMs)}::timestamptz,
      reason = case when ${to.state} = 'done' then reason else 'no_answer' end,
      version = version + 1, updated_at = ${new Date(nowMs).toISOString()}
    where id = ${id}`.execute(tx.db);
}

/** What a visit leaves behind of a person. `form` null keeps the answers as they were. */
export async function savePerson(
  tx: Tx,
  person: {
    personId: string;
    district: string;
    visitId: string;
    outcome: VisitOutcome;
    seenMs: number | null;
    form: Buffer | null;
    countsAs: readonly string[] | null;
    changeDueMs: number | null;
    heldMs: number | null;
  },
  nowMs: number,
): Promise<void> {
  const seen = orNull(person.seenMs);
  await sql`insert into visit_person as v (person_id, district, form, counts_as, last_visit_id, last_at, last_outcome, change_due_at,
      held_at, updated_at)
    values (${person.personId}, ${person.district}, ${person.form}, ${[...(person.countsAs ?? [])]}, ${person.visitId}, ${seen}::timestamptz,
      ${person.outcome}, ${orNull(person.changeDueMs)}::timestamptz, ${orNull(person.heldMs)}::timestamptz, ${new Date(nowMs).toISOString()})
    on conflict (person_id) do update set form = coalesce(excluded.form, v.form),
      counts_as = case when ${person.countsAs === null} then v.counts_as else excluded.counts_as end,
      last_visit_id = excluded.last_visit_id, last_outcome = excluded.last_outcome,
      last_at = greatest(excluded.last_at, v.last_at),
      change_due_at = case when ${seen === null} then v.change_due_at else excluded.change_due_at end,
      held_at = excluded.held_at, updated_at = excluded.updated_at`.execute(tx.db);
}

/** Gives a task to somebody by hand. */
export async function giveTask(tx: Tx, id: string, workerId: string, nowMs: number): Promise<void> {
  await sql`update visit_task set worker_id = ${workerId}, by_hand = true, stand_in_id = null, version = version + 1,
    updated_at = ${new Date(nowMs).toISOString()} where id = ${id}`.execute(tx.db);
}
