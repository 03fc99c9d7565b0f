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
