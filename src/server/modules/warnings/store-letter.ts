/** Documents that could not be read: kept whole until they can be. */
import { createHash } from 'node:crypto';
import type { Tx } from '#server/db/pool.ts';

export interface Letter {
  id: string;
  sourceId: string | null;
  error: string;
  times: number;
  bytes: number;
  firstAt: Date;
  lastAt: Date;
}

/** Keeps a document once for each source; when it comes again only its count grows. */
export async function keepLetter(
  tx: Tx,
  letter: { id: string; sourceId: string | null; raw: Uint8Array; error: string; at: Date },
): Promise<void> {
  await tx.db
    .insertInto('warning_letter')
    .values({
      id: letter.id,
      source_id: letter.sourceId,
      sha256: createHash('sha256').update(letter.raw).digest(),
      raw: Buffer.from(letter.raw),
      error: letter.error,
      first_at: letter.at,
      last_at: letter.at,
    })
    .onConflict((on) =>
      on.constraint('warning_letter_once').doUpdateSet((eb) => ({
        error: letter.error,
        last_at: letter.at,
        times: eb('warning_letter.times', '+', 1),
      })),
    )
    .execute();
}

/** Open ones, newest first, at most 200. */
export async function listLetters(tx: Tx): Promise<Letter[]> {
  const rows = await tx.db
    .selectFrom('warning_letter')
    .select(['id', 'source_id as sourceId', 'error', 'times', 'first_at as firstAt', 'last_at as lastAt'])
    .select((eb) => eb.fn<number>('length', ['raw']).as('bytes'))
    .where('settled_at', 'is', null)
    .orderBy('last_at', 'desc')
    .limit(200)
    .execute();
  return rows as Letter[];
}

export async function findLetter(
  tx: Tx,
  id: string,
): Promise<{ raw: Buffer; sourceId: string | null; settledAt: Date | null } | undefined> {
  const row = await tx.db
    .selectFrom('warning_letter')
    .select(['raw', 'source_id as sourceId', 'settled_at as settledAt'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row as { raw: Buffer; sourceId: string | null; settledAt: Date | null } | undefined;
}

export async function settleLetter(tx: Tx, id: string, warningId: string | null, at: Date): Promise<void> {
  await tx.db
    .updateTable('warning_letter')
    .set({ settled_at: at, warning_id: warningId })
    .where('id', '=', id)
    .execute();
}

export async function noteLetterError(tx: Tx, id: string, error: string): Promise<void> {
  await tx.db.updateTable('warning_letter').set({ error }).where('id', '=', id).execute();
}
