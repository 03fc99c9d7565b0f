import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** How much visits keep about somebody, by kind. */
export interface VisitsKept {
  /** Visits with answers or words in them. */
  visits: number;
  /** The answers as they stand, and what they amount to. */
  form: number;
  /** Tasks that name their tags. */
  tasks: number;
  /** Words beside the ledger's lines about their tasks. */
  reasons: number;
}

export async function countVisitsKept(tx: Tx, personId: string): Promise<VisitsKept> {
  const { rows } = await sql<VisitsKept>`select
      (select count(*)::int from visit where person_id = ${personId}
        and (note is not null or changes is not null or changed <> '{}')) as visits,
      (select count(*)::int from visit_person where person_id = ${personId}
        and (form is not null or counts_as <> '{}' or last_outcome is not null)) as form,
      (select count(*)::int from visit_task where person_id = ${personId} and tags <> '{}') as tasks,
      (select count(*)::int from visit_task t join ledger_entry e on e.subject_id = t.id::text and e.subject_type = 'visit_task'
        join ledger_private w on w.entry_id = e.id where t.person_id = ${personId}) as reasons`.execute(tx.db);
  return rows[0] ?? { visits: 0, form: 0, tasks: 0, reasons: 0 };
}

export async function listVisitIds(tx: Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from visit where person_id = ${personId}`.execute(tx.db);
  return rows.map(({ id }) => id);
}

/** Events that visits to somebody raised. */
export async function countRaised(tx: Tx, personId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct event_id)::int as n from (
      select event_id from visit where person_id = ${personId} union select event_id from visit_task where person_id = ${personId}
    ) e`.execute(tx.db);
  return rows[0]?.n ?? 0;
}

/** Takes away what tells who it was; the open task ends. Call it after the line care.erase was written. */
export async function emptyVisits(tx: Tx, personId: string, atMs: number): Promise<void> {
  const at = new Date(atMs).toISOString();
  await sql`update visit_task set tags = '{}', state = case when ended_at is null then 'withdrawn' else state end,
      next_try_at = null, ended_at = coalesce(ended_at, ${at}::timestamptz), stale = false, version = version + 1, updated_at = ${at}
    where person_id = ${personId}`.execute(tx.db);
  await sql`update visit_person set form = null, counts_as = '{}', last_outcome = null, change_due_at = null, updated_at = ${at}
    where person_id = ${personId}`.execute(tx.db);
  await sql`select huangge_erase_visits(${personId}::uuid)`.execute(tx.db);
}

/** Lines in which a worker was shown this person among those of a day. */
export async function listPackLines(tx: Tx, personId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct e.id from visit_reading r
      join ledger_entry e on e.subject_type = 'visit_day' and e.subject_id = r.account_id::text and e.action = 'care.reveal'
        and e.data ->> 'day' = to_char(r.day, 'YYYY-MM-DD') and e.data -> 'people' ? ${personId}
    where r.person_id = ${personId}`.execute(tx.db);
  return rows.map(({ id }) => id);
}
