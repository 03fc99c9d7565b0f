import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface Cursor {
  seq: number;
  movedMs: number;
}

/** How far the facts have come; undefined: nothing was told yet. */
export async function readCursor(tx: Tx, tenant: string): Promise<Cursor | undefined> {
  const row = await tx.db
    .selectFrom('analytics_cursor')
    .select(['seq', 'moved_at'])
    .where('tenant', '=', tenant)
    .executeTakeFirst();
  return row === undefined ? undefined : { seq: row.seq, movedMs: row.moved_at.getTime() };
}

/** The same, held until the end of the transaction; undefined while another process holds it, or there is none. */
export async function lockCursor(tx: Tx, tenant: string): Promise<Cursor | undefined> {
  const row = await tx.db
    .selectFrom('analytics_cursor')
    .select(['seq', 'moved_at'])
    .where('tenant', '=', tenant)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row === undefined ? undefined : { seq: row.seq, movedMs: row.moved_at.getTime() };
}

/** Waits until no other process moves facts, and holds the right to. Returns the place reached; −1: nothing was told yet. */
export async function holdAll(tx: Tx, tenant: string): Promise<number> {
  await sql`insert into analytics_cursor (tenant, seq, moved_at) values (${tenant}, -1, now()) on conflict do nothing`.execute(
    tx.db,
  );
  const { rows } = await sql<{ seq: number }>`
    select seq from analytics_cursor where tenant = ${tenant} for update`.execute(tx.db);
  return rows[0]?.seq ?? -1;
}

export async function moveCursor(tx: Tx, tenant: string, seq: number, nowMs: number): Promise<void> {
  await tx.db
    .updateTable('analytics_cursor')
    .set({ seq, moved_at: new Date(nowMs) })
    .where('tenant', '=', tenant)
    .execute();
}
