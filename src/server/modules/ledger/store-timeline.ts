import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';
import { asRecord } from './line.ts';

/** One line of a subject's history. `seq` is null for the moment between commit and sequencing. */
export interface TimelineLine {
  id: string;
  seq: number | null;
  at: Date;
  action: string;
  actorKind: string;
  actorId: string | null;
  actorUnitId: string | null;
  data: Record<string, unknown>;
  /** What people wrote; null when nothing was written, or when it was lawfully erased. */
  words: Record<string, unknown> | null;
}

/** All lines of one subject, oldest first, words included: the caller must already know that the viewer may read them. */
export async function timeline(tx: Tx, subjectType: string, subjectId: string): Promise<TimelineLine[]> {
  const rows = await tx.db
    .selectFrom('ledger_entry as e')
    .leftJoin('ledger_seq as s', 's.entry_id', 'e.id')
    .leftJoin('ledger_private as p', 'p.entry_id', 'e.id')
    .select([
      'e.id',
      's.seq',
      'e.at',
      'e.action',
      'e.actor_kind as actorKind',
      'e.actor_id as actorId',
      'e.actor_unit_id as actorUnitId',
      'e.data',
      'p.body as words',
    ])
    .where('e.subject_id', '=', subjectId)
    .where('e.subject_type', '=', subjectType)
    .orderBy('e.at')
    .orderBy('e.id')
    .execute();
  return rows.map((row) => ({ ...row, data: asRecord(row.data) ?? {}, words: asRecord(row.words) }));
}

/** Where a page of lines ended: time as the database gives it, and id. */
export interface LineMark {
  at: string;
  id: string;
}

/**
 * Lines of one kind of subject within a span, both ends included, oldest first, after `mark` if given; words included,
 * so the caller must know which of them the viewer may read. At most `limit`.
 */
export async function linesBetween(
  tx: Tx,
  wanted: { subjectType: string; actions: readonly string[]; fromMs: number; toMs: number; limit: number },
  mark: LineMark | null,
): Promise<(TimelineLine & { subjectId: string; mark: LineMark })[]> {
  const { rows } = await sql<TimelineLine & { subjectId: string; exactAt: string }>`
    select e.id, null as seq, e.at, e.at::text as "exactAt", e.action, e.actor_kind as "actorKind", e.actor_id as "actorId", e.actor_unit_id as "actorUnitId",
      e.data, p.body as words, e.subject_id as "subjectId"
    from ledger_entry e left join ledger_private p on p.entry_id = e.id
    where e.subject_type = ${wanted.subjectType} and e.action = any(${[...wanted.actions]}::text[])
      and e.at >= ${new Date(wanted.fromMs).toISOString()}::timestamptz and e.at <= ${new Date(wanted.toMs).toISOString()}::timestamptz
      and (e.at, e.id) > (coalesce(${mark?.at ?? null}::timestamptz, '-infinity'), coalesce(${mark?.id ?? null}::uuid, '00000000-0000-0000-0000-000000000000'))
    order by e.at, e.id limit ${wanted.limit}`.execute(tx.db);
  return rows.map(({ exactAt, ...row }) => ({
    ...row,
    data: asRecord(row.data) ?? {},
    words: asRecord(row.words),
    mark: { at: exactAt, id: row.id },
  }));
}
