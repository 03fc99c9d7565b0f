import { sql } from 'kysely';
import type { Channel, ClockKind, ClockStep, EventStatus, TaskStatus } from '#contract/events-words.ts';
import type { DeskTier } from '#kit/tiers.ts';
import type { Tx } from '#server/db/pool.ts';
import type { CaseRows, EventRow, TaskRow } from './case-rows.ts';
import type { ClockRow } from './worktime.ts';

/** Columns of an event under their names in the program. */
export const eventColumns = [
  'id',
  'number',
  'title',
  'description',
  'category_code as categoryCode',
  'rule_version as ruleVersion',
  'priority',
  'channel',
  'status',
  'tier',
  'owner_unit_id as ownerUnitId',
  'city',
  'district',
  'street',
  'community',
  'grid',
  'lon',
  'lat',
  'place_words as placeWords',
  'outside',
  'verified_at as verifiedAt',
  'reported_at as reportedAt',
  'filed_at as filedAt',
  'dispatched_at as dispatchedAt',
  'finished_at as finishedAt',
  'closed_at as closedAt',
  'ended_at as endedAt',
  'reopened_at as reopenedAt',
  'due_at as dueAt',
  'returns',
  'reworks',
  'reopens',
  'urges',
  'supervised',
  'late',
  'report_count as reportCount',
  'rating',
  'merged_into as mergedInto',
  'status_before as statusBefore',
  'review_at as reviewAt',
  'close_kind as closeKind',
  'no_evidence_reason as noEvidenceReason',
  'version',
] as const;

type Time = Date | string | null;

export function toMs(time: Time): number | null {
  return time === null ? null : new Date(time).getTime();
}

function atMs(time: Date | string): number {
  return new Date(time).getTime();
}

interface RawEvent {
  channel: string;
  status: string;
  tier: string;
  closeKind: string | null;
  statusBefore: string | null;
  verifiedAt: Time;
  reportedAt: Date | string;
  filedAt: Time;
  dispatchedAt: Time;
  finishedAt: Time;
  closedAt: Time;
  endedAt: Time;
  reopenedAt: Time;
  dueAt: Time;
  reviewAt: Time;
}

export function toEventRow<R extends RawEvent & Omit<EventRow, keyof RawEvent | `${string}Ms`>>(row: R): EventRow {
  const {
    verifiedAt,
    reportedAt,
    filedAt,
    dispatchedAt,
    finishedAt,
    closedAt,
    endedAt,
    reopenedAt,
    dueAt,
    reviewAt,
    ...rest
  } = row;
  return {
    ...rest,
    channel: row.channel as Channel,
    status: row.status as EventStatus,
    tier: row.tier as DeskTier,
    statusBefore: row.statusBefore as EventStatus | null,
    closeKind: row.closeKind as EventRow['closeKind'],
    verifiedMs: toMs(verifiedAt),
    reportedMs: atMs(reportedAt),
    filedMs: toMs(filedAt),
    dispatchedMs: toMs(dispatchedAt),
    finishedMs: toMs(finishedAt),
    closedMs: toMs(closedAt),
    endedMs: toMs(endedAt),
    reopenedMs: toMs(reopenedAt),
    dueMs: toMs(dueAt),
    reviewMs: toMs(reviewAt),
  };
}

interface RawTask {
  id: string;
  event_id: string;
  unit_id: string;
  part: 'lead' | 'assist';
  status: TaskStatus;
  binding: boolean;
  instruction: string;
  assignee_id: string | null;
  offered_by: string | null;
  offered_at: string;
  accepted_at: string | null;
  on_site_at: string | null;
  done_at: string | null;
  ended_at: string | null;
  result: string;
  reason: string;
  reported_at: string;
  round: number;
  district: string;
}

export function toTaskRow(row: RawTask): TaskRow {
  return {
    id: row.id,
    eventId: row.event_id,
    unitId: row.unit_id,
    part: row.part,
    status: row.status,
    binding: row.binding,
    instruction: row.instruction,
    assigneeId: row.assignee_id,
    offeredBy: row.offered_by,
    offeredMs: atMs(row.offered_at),
    acceptedMs: toMs(row.accepted_at),
    onSiteMs: toMs(row.on_site_at),
    doneMs: toMs(row.done_at),
    endedMs: toMs(row.ended_at),
    result: row.result,
    reason: row.reason,
    reportedMs: atMs(row.reported_at),
    round: row.round,
    district: row.district,
  };
}

interface RawClock {
  id: string;
  event_id: string;
  task_id: string | null;
  step: ClockStep;
  kind: ClockKind;
  amount: number;
  extra: number;
  started_at: string;
  due_at: string | null;
  certain: boolean;
  pauses: ClockRow['pauses'];
  stopped_at: string | null;
  late: boolean;
  mark: number;
  next_mark_at: string | null;
}

export function toClockRow(row: RawClock): ClockRow {
  return {
    id: row.id,
    eventId: row.event_id,
    taskId: row.task_id,
    step: row.step,
    kind: row.kind,
    amount: row.amount,
    extra: row.extra,
    startedMs: atMs(row.started_at),
    dueMs: toMs(row.due_at),
    certain: row.certain,
    pauses: row.pauses,
    stoppedMs: toMs(row.stopped_at),
    late: row.late,
    mark: row.mark,
    nextMarkMs: toMs(row.next_mark_at),
  };
}

/** Locks the event, if the viewer of this transaction may see it, and reads what decisions look at. Two round trips. */
export async function lockCase(tx: Tx, id: string): Promise<CaseRows | undefined> {
  const found = await tx.db
    .selectFrom('event')
    .select(eventColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return found === undefined ? undefined : readRest(tx, toEventRow(found));
}

/** The same without a lock, for screens. */
export async function findCase(tx: Tx, id: string): Promise<CaseRows | undefined> {
  const found = await tx.db.selectFrom('event').select(eventColumns).where('id', '=', id).executeTakeFirst();
  return found === undefined ? undefined : readRest(tx, toEventRow(found));
}

async function readRest(tx: Tx, event: EventRow): Promise<CaseRows> {
  // A statement of its own: it must see what was committed while we waited for the lock.
  const rest = await sql<{ tasks: RawTask[]; clocks: RawClock[]; hands: string[]; reporters: string[] }>`
    select (select coalesce(jsonb_agg(t order by t.offered_at, t.id), '[]') from task t where t.event_id = ${event.id}) as tasks,
      (select coalesce(jsonb_agg(c order by c.started_at, c.id), '[]') from clock c where c.event_id = ${event.id} and c.stopped_at is null) as clocks,
      (select coalesce(jsonb_agg(h.account_id), '[]') from event_hand h where h.event_id = ${event.id}) as hands,
      (select coalesce(jsonb_agg(distinct r.account_id), '[]') from event_reporter r where r.event_id = ${event.id} and r.account_id is not null) as reporters`.execute(
    tx.db,
  );
  const row = rest.rows[0];
  return {
    event,
    tasks: (row?.tasks ?? []).map(toTaskRow),
    clocks: (row?.clocks ?? []).map(toClockRow),
    hands: row?.hands ?? [],
    reporters: row?.reporters ?? [],
  };
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/** Writes back the row that was locked: only what changed, one version further. */
export async function saveEvent(tx: Tx, event: EventRow, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('event')
    .set({
      title: event.title,
      category_code: event.categoryCode,
      rule_version: event.ruleVersion,
      priority: event.priority,
      status: event.status,
      tier: event.tier,
      owner_unit_id: event.ownerUnitId,
      city: event.city,
      district: event.district,
      street: event.street,
      community: event.community,
      grid: event.grid,
      lon: event.lon,
      lat: event.lat,
      place_words: event.placeWords,
      outside: event.outside,
      verified_at: iso(event.verifiedMs),
      filed_at: iso(event.filedMs),
      dispatched_at: iso(event.dispatchedMs),
      finished_at: iso(event.finishedMs),
      closed_at: iso(event.closedMs),
      ended_at: iso(event.endedMs),
      reopened_at: iso(event.reopenedMs),
      due_at: iso(event.dueMs),
      returns: event.returns,
      reworks: event.reworks,
      reopens: event.reopens,
      urges: event.urges,
      supervised: event.supervised,
      late: event.late,
      report_count: event.reportCount,
      rating: event.rating,
      merged_into: event.mergedInto,
      status_before: event.statusBefore,
      review_at: iso(event.reviewMs),
      close_kind: event.closeKind,
      no_evidence_reason: event.noEvidenceReason,
      version: event.version,
      updated_at: iso(nowMs) ?? '',
    })
    .where('id', '=', event.id)
    .execute();
}

export async function saveTasks(tx: Tx, tasks: readonly TaskRow[]): Promise<void> {
  if (tasks.length === 0) return;
  const rows = tasks.map((t) => ({
    id: t.id,
    event_id: t.eventId,
    unit_id: t.unitId,
    part: t.part,
    status: t.status,
    binding: t.binding,
    instruction: t.instruction,
    assignee_id: t.assigneeId,
    offered_by: t.offeredBy,
    offered_at: iso(t.offeredMs),
    accepted_at: iso(t.acceptedMs),
    on_site_at: iso(t.onSiteMs),
    done_at: iso(t.doneMs),
    ended_at: iso(t.endedMs),
    result: t.result,
    reason: t.reason,
    reported_at: iso(t.reportedMs),
    round: t.round,
    district: t.district,
  }));
  await sql`insert into task select * from jsonb_populate_recordset(null::task, ${JSON.stringify(rows)}::jsonb)
    on conflict (id) do update set part = excluded.part, status = excluded.status, binding = excluded.binding, assignee_id = excluded.assignee_id, accepted_at = excluded.accepted_at,
      on_site_at = excluded.on_site_at, done_at = excluded.done_at, ended_at = excluded.ended_at, result = excluded.result, reason = excluded.reason`.execute(
    tx.db,
  );
}

export function clockJson(c: ClockRow): Record<string, unknown> {
  return {
    id: c.id,
    event_id: c.eventId,
    task_id: c.taskId,
    step: c.step,
    kind: c.kind,
    amount: c.amount,
    extra: c.extra,
    started_at: iso(c.startedMs),
    due_at: iso(c.dueMs),
    certain: c.certain,
    pauses: c.pauses,
    stopped_at: iso(c.stoppedMs),
    late: c.late,
    mark: c.mark,
    next_mark_at: iso(c.nextMarkMs),
  };
}

export async function saveClocks(tx: Tx, clocks: readonly ClockRow[]): Promise<void> {
  if (clocks.length === 0) return;
  await sql`insert into clock select * from jsonb_populate_recordset(null::clock, ${JSON.stringify(clocks.map(clockJson))}::jsonb)
    on conflict (id) do update set kind = excluded.kind, amount = excluded.amount, extra = excluded.extra, due_at = excluded.due_at, certain = excluded.certain, pauses = excluded.pauses,
      stopped_at = excluded.stopped_at, late = excluded.late, mark = excluded.mark, next_mark_at = excluded.next_mark_at`.execute(
    tx.db,
  );
}

export async function saveHand(tx: Tx, eventId: string, accountId: string): Promise<void> {
  await tx.db
    .insertInto('event_hand')
    .values({ event_id: eventId, account_id: accountId })
    .onConflict((c) => c.doNothing())
    .execute();
}

/** From here on this transaction sees everything: for a change that moves the event out of the viewer's own sight. */
export async function widenScope(tx: Tx): Promise<void> {
  await sql`select set_config('huangge.see_all', 'on', true)`.execute(tx.db);
}
