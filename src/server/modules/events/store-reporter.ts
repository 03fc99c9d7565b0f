import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** Everybody who waited for `fromId` now waits for `intoId`; where each report was made is kept. */
export async function moveReportersInto(tx: Tx, fromId: string, intoId: string): Promise<void> {
  await tx.db.updateTable('event_reporter').set({ event_id: intoId }).where('event_id', '=', fromId).execute();
}

/**
 * Those who had reported `eventId` (or something merged into it) wait for it again. Answers the event they come from:
 * the end of the chain of mergers, which may be several steps away.
 */
export async function returnReporters(tx: Tx, eventId: string): Promise<string | undefined> {
  const { rows } = await sql<{ eventId: string }>`
    with recursive below as (select ${eventId}::uuid as id union select e.id from event e join below b on e.merged_into = b.id),
      before as (select r.id, r.event_id from event_reporter r join below b on r.original_event_id = b.id where r.event_id <> ${eventId} for update of r),
      moved as (update event_reporter r set event_id = ${eventId} from before b where r.id = b.id)
    select distinct event_id as "eventId" from before`.execute(tx.db);
  return rows[0]?.eventId;
}

export async function countReporters(tx: Tx, eventId: string): Promise<number> {
  const row = await tx.db
    .selectFrom('event_reporter')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Keeps one reporter's rating; answers the mean of all ratings of the event, rounded. */
export async function rateReporter(
  tx: Tx,
  rating: { reporterId: string; eventId: string; rating: number; words: string; atMs: number },
): Promise<number> {
  await tx.db
    .updateTable('event_reporter')
    .set({ rating: rating.rating, rating_words: rating.words, rated_at: new Date(rating.atMs).toISOString() })
    .where('id', '=', rating.reporterId)
    .execute();
  const row = await tx.db
    .selectFrom('event_reporter')
    .select((eb) => eb.fn.avg<string>('rating').as('mean'))
    .where('event_id', '=', rating.eventId)
    .executeTakeFirst();
  return Math.round(Number(row?.mean ?? rating.rating));
}

export interface ReporterRow {
  id: string;
  eventId: string;
  originalEventId: string;
  joined: boolean;
  words: string;
  rating: number | null;
  createdAt: Date;
}

/** Whom a receipt's secret belongs to. */
export async function findReporter(tx: Tx, secretHash: Uint8Array): Promise<ReporterRow | undefined> {
  const row = await tx.db
    .selectFrom('event_reporter')
    .select([
      'id',
      'event_id as eventId',
      'original_event_id as originalEventId',
      'joined',
      'words',
      'rating',
      'created_at as createdAt',
    ])
    .where('secret_hash', '=', Buffer.from(secretHash))
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, createdAt: new Date(row.createdAt) };
}
