import { sql } from 'kysely';
import { keptMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';
import type { EventRow, TaskRow } from './case-rows.ts';
import { clockJson, saveTasks } from './store-case.ts';
import type { ClockRow } from './worktime.ts';

export interface NewReporter {
  id: string;
  kind: string;
  accountId: string | null;
  unitId: string | null;
  /** Sealed by the vault. */
  phone: Buffer | null;
  name: Buffer | null;
  secretHash: Buffer;
  sourceRef: string | null;
  joined: boolean;
  words: string;
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

/**
 * The hot path: event, reporter and clocks in one statement, one round trip. `dayDigits` is the local day, yyyymmdd;
 * the number is that day and the next of the sequence, so numbers grow but may have gaps. Returns the number.
 */
export async function insertReport(
  tx: Tx,
  made: { event: EventRow; reporter: NewReporter; clocks: readonly ClockRow[]; dayDigits: string },
): Promise<string> {
  const { event: e, reporter: r } = made;
  const { rows } = await sql<{ number: string }>`${sql.raw(keptMark)}
    with made as (
      insert into event (id, number, title, description, category_code, rule_version, priority, channel, status, tier, owner_unit_id, city, district, street, community, grid,
        lon, lat, place_words, outside, verified_at, reported_at, filed_at, dispatched_at, finished_at, closed_at, ended_at, due_at, close_kind, no_evidence_reason, updated_at)
      values (${e.id}, ${made.dayDigits} || '-' || lpad(nextval('event_number_seq')::text, 6, '0'), ${e.title}, ${e.description}, ${e.categoryCode}, ${e.ruleVersion}, ${e.priority}, ${e.channel},
        ${e.status}, ${e.tier}, ${e.ownerUnitId}, ${e.city}, ${e.district}, ${e.street}, ${e.community}, ${e.grid}, ${e.lon}, ${e.lat}, ${e.placeWords}, ${e.outside}, ${iso(e.verifiedMs)},
        ${iso(e.reportedMs)}, ${iso(e.filedMs)}, ${iso(e.dispatchedMs)}, ${iso(e.finishedMs)}, ${iso(e.closedMs)}, ${iso(e.endedMs)}, ${iso(e.dueMs)}, ${e.closeKind}, ${e.noEvidenceReason},
        ${iso(e.reportedMs)})
      returning number
    ), reporter as (
      insert into event_reporter (id, event_id, original_event_id, kind, account_id, unit_id, phone, name, secret_hash, joined, words, source_ref, created_at)
      values (${r.id}, ${e.id}, ${e.id}, ${r.kind}, ${r.accountId}, ${r.unitId}, ${r.phone}, ${r.name}, ${r.secretHash}, ${r.joined}, ${r.words}, ${r.sourceRef}, ${iso(e.reportedMs)})
    ), clocks as (
      insert into clock select * from jsonb_populate_recordset(null::clock, ${JSON.stringify(made.clocks.map(clockJson))}::jsonb)
    )
    select number from made`.execute(tx.db);
  return rows[0]?.number ?? '';
}

/** The finished task of a self-handled event, and the hand that did it. */
export async function insertDone(tx: Tx, task: TaskRow, accountId: string | null): Promise<void> {
  await saveTasks(tx, [task]);
  if (accountId !== null)
    await tx.db.insertInto('event_hand').values({ event_id: task.eventId, account_id: accountId }).execute();
}

/** Somebody who joins an event instead of making one. */
export async function insertFollower(tx: Tx, eventId: string, reporter: NewReporter, atMs: number): Promise<void> {
  await tx.db
    .insertInto('event_reporter')
    .values({
      id: reporter.id,
      event_id: eventId,
      original_event_id: eventId,
      kind: reporter.kind,
      account_id: reporter.accountId,
      unit_id: reporter.unitId,
      phone: reporter.phone,
      name: reporter.name,
      secret_hash: reporter.secretHash,
      joined: true,
      words: reporter.words,
      source_ref: reporter.sourceRef,
      created_at: iso(atMs) ?? '',
    })
    .execute();
}
