import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface NoteRow {
  id: string;
  unitId: string;
  path: string[];
  day: string;
  code: string | null;
  words: string;
  events: { id: string; number: string }[];
  byId: string;
  by: string;
  at: Date;
  readBy: { id: string; name: string; at: string }[];
}

/** The last notes of these units, newest first. */
export async function listNotes(tx: Tx, unitIds: readonly string[], limit: number): Promise<NoteRow[]> {
  const { rows } = await sql<NoteRow>`
    select h.id, h.unit_id as "unitId", h.path, h.day, h.code, h.words, h.events, h.by_id as "byId", a.display_name as by, h.at,
      coalesce((select jsonb_agg(jsonb_build_object('id', r.account_id, 'name', p.display_name, 'at', r.at) order by r.at)
        from hand_over_read r join account p on p.id = r.account_id where r.note_id = h.id), '[]') as "readBy"
    from hand_over h join account a on a.id = h.by_id
    where h.unit_id = any (${[...unitIds]}::uuid[]) order by h.at desc, h.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export async function findNote(
  tx: Tx,
  unitIds: readonly string[],
  id: string,
): Promise<{ unitId: string; path: string[] } | undefined> {
  return tx.db
    .selectFrom('hand_over')
    .select(['unit_id as unitId', 'path'])
    .where('id', '=', id)
    .where('unit_id', 'in', unitIds.length === 0 ? [id] : [...unitIds])
    .executeTakeFirst();
}

export async function insertNote(
  tx: Tx,
  note: {
    id: string;
    unitId: string;
    path: readonly string[];
    district: string;
    day: string;
    code: string | null;
    words: string;
    events: readonly { id: string; number: string }[];
    byId: string;
    nowMs: number;
  },
): Promise<void> {
  await tx.db
    .insertInto('hand_over')
    .values({
      id: note.id,
      unit_id: note.unitId,
      path: [...note.path],
      district: note.district,
      day: note.day,
      code: note.code,
      words: note.words,
      events: JSON.stringify(note.events),
      by_id: note.byId,
      at: new Date(note.nowMs),
    })
    .execute();
}

/** False when it was ticked before. */
export async function insertRead(tx: Tx, noteId: string, accountId: string, nowMs: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('hand_over_read')
    .values({ note_id: noteId, account_id: accountId, at: new Date(nowMs) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
