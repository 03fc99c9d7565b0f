import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** Something that asks for visits today: an effect of a warning, or an event of an outage. */
export interface Demand {
  /** Run of the effect, or event. */
  sourceId: string;
  reason: 'warning' | 'outage';
  words: string;
  /** Areas it reaches. */
  areas: readonly string[];
  /** Care tags it is about; '*' is everybody. */
  tags: readonly string[];
  sinceMs: number;
}

export interface Raised {
  id: string;
  district: string;
  path: string[];
}

/**
 * Makes the open visits of those a demand is about due today, unless somebody saw them since it began or since the day
 * began. What is under way (no answer) stays as it is.
 */
export async function raiseTasks(
  tx: Tx,
  demand: Demand,
  at: { nowMs: number; dayStartMs: number; dayEndMs: number; today: string },
): Promise<Raised[]> {
  const since = new Date(Math.max(demand.sinceMs, at.dayStartMs)).toISOString();
  const now = new Date(at.nowMs).toISOString();
  const { rows } = await sql<Raised>`update visit_task t set reason = ${demand.reason}, reason_words = ${demand.words},
      source_id = ${demand.sourceId}::uuid, planned_on = ${at.today}::date,
      due_at = least(t.due_at, ${new Date(at.dayEndMs).toISOString()}::timestamptz), version = t.version + 1, updated_at = ${now}::timestamptz
    from care_person p left join visit_person v on v.person_id = p.id
    where p.id = t.person_id and t.ended_at is null and t.state = 'due' and t.reason in ('cycle', 'change')
      and t.path && ${[...demand.areas]}::text[] and p.retired_at is null
      and (${demand.tags.includes('*')} or p.tags && ${[...demand.tags]}::text[] or v.counts_as && ${[...demand.tags]}::text[])
      and (v.last_at is null or v.last_at < ${since}::timestamptz)
    returning t.id, t.district, t.path`.execute(tx.db);
  return rows;
}

/** A raised task whose demand has ended. */
export interface Lapsed extends Raised {
  reason: 'warning' | 'outage';
  sourceId: string;
}

/** Ends raised tasks nobody has begun, whose demand is not among these, and puts back what was due before. */
export async function withdrawLapsed(
  tx: Tx,
  running: readonly string[],
  at: { nowMs: number; today: string },
  newIds: (count: number) => string[],
): Promise<Lapsed[]> {
  const now = new Date(at.nowMs).toISOString();
  const { rows } =
    await sql<Lapsed>`update visit_task set state = 'withdrawn', ended_at = ${now}, updated_at = ${now}, version = version + 1
    where ended_at is null and state = 'due' and reason in ('warning', 'outage') and source_id <> all (${[...running]}::uuid[])
    returning id, district, path, reason, source_id as "sourceId"`.execute(tx.db);
  if (rows.length === 0) return rows;
  const ids = newIds(rows.length);
  const pairs = JSON.stringify(rows.map(({ id }, k) => ({ old: id, id: ids[k] })));
  await sql`insert into visit_task (id, person_id, district, area_code, path, tags, worker_id, by_hand, stand_in_id, rule_code, tier,
      reason, reason_words, planned_on, due_at, base_reason, base_on, base_due_at, state, created_at, updated_at)
    select n.id, t.person_id, t.district, t.area_code, t.path, t.tags, t.worker_id, t.by_hand, t.stand_in_id, t.rule_code, t.tier,
      t.base_reason, r.name, greatest(t.base_on, ${at.today}::date), t.base_due_at, t.base_reason, t.base_on, t.base_due_at, 'due', ${now}, ${now}
    from jsonb_to_recordset(${pairs}::jsonb) as n(old uuid, id uuid)
      join visit_task t on t.id = n.old join visit_rule r on r.code = t.rule_code`.execute(tx.db);
  return rows;
}

/** An open event that may be an outage. */
export interface OutageEvent {
  id: string;
  number: string;
  categoryCode: string;
  priority: number;
  community: string | null;
  grid: string | null;
  since: Date;
}

/** Events of these categories that were filed and are not yet finished, oldest first. */
export async function listOutages(tx: Tx, categories: readonly string[]): Promise<OutageEvent[]> {
  const { rows } = await sql<OutageEvent>`select id, number, category_code as "categoryCode", priority, community, grid,
      coalesce(filed_at, reported_at) as since
    from event where ended_at is null and status in ('filed', 'dispatched', 'handling') and category_code = any (${[...categories]}::text[])
    order by reported_at, id limit 2000`.execute(tx.db);
  return rows;
}

// ── the ladder ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface LadderTask {
  id: string;
  personId: string;
  district: string;
  areaCode: string;
  path: string[];
  workerId: string | null;
  state: 'no_answer' | 'door_check';
  rung: number;
  missedAt: Date;
  nextTryAt: Date | null;
  toldRung: number;
  eventId: string | null;
}

const ladderColumns = sql`id, person_id as "personId", district, area_code as "areaCode", path,
  coalesce(stand_in_id, worker_id) as "workerId", state, rung, missed_at as "missedAt", next_try_at as "nextTryAt",
  told_rung as "toldRung", event_id as "eventId"`;

/** Tasks without answer whose next step may be due. */
export async function listClimbing(tx: Tx, nowMs: number, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from visit_task
    where ended_at is null and next_try_at <= ${new Date(nowMs).toISOString()} and (told_rung < 3 or event_id is null)
    order by next_try_at, id limit ${limit}`.execute(tx.db);
  return rows.map(({ id }) => id);
}

export async function findClimbing(tx: Tx, id: string): Promise<LadderTask | undefined> {
  const { rows } = await sql<LadderTask>`select ${ladderColumns} from visit_task
    where id = ${id} and ended_at is null and state in ('no_answer', 'door_check')`.execute(tx.db);
  return rows[0];
}

/** Undefined when it ended, or somebody is at it. */
export async function lockClimbing(tx: Tx, id: string): Promise<LadderTask | undefined> {
  const { rows } = await sql<LadderTask>`select ${ladderColumns} from visit_task
    where id = ${id} and ended_at is null and state in ('no_answer', 'door_check') for update skip locked`.execute(
    tx.db,
  );
  return rows[0];
}

export async function saveClimb(
  tx: Tx,
  id: string,
  to: { state: string; rung: number; nextTryMs: number; toldRung: number; eventId: string | null },
  atMs: number,
): Promise<void> {
  await sql`update visit_task set state = ${to.state}, rung = ${to.rung}, next_try_at = ${new Date(to.nextTryMs).toISOString()},
      told_rung = ${to.toldRung}, event_id = ${to.eventId}::uuid, version = version + 1, updated_at = ${new Date(atMs).toISOString()}
    where id = ${id}`.execute(tx.db);
}
