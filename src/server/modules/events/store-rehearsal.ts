import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface HandledRow {
  categoryCode: string;
  priority: number;
  /** When the lead accepted and finished; null when it never did. */
  acceptedMs: number | null;
  doneMs: number | null;
}

/** Events of these categories since a time, newest first, with the times of their last lead task. */
export async function listHandled(
  tx: Tx,
  query: { since: string; categories: readonly string[]; limit: number },
): Promise<HandledRow[]> {
  const { rows } = await sql<{ categoryCode: string; priority: number; acceptedAt: Date | null; doneAt: Date | null }>`
    select e.category_code as "categoryCode", e.priority, t.accepted_at as "acceptedAt", t.done_at as "doneAt"
    from event e left join lateral (
      select accepted_at, done_at from task t where t.event_id = e.id and t.part = 'lead' order by t.offered_at desc limit 1
    ) t on true
    where e.reported_at >= ${query.since}::timestamptz and e.category_code = any(${[...query.categories]}::text[]) and e.status not in ('cancelled', 'merged')
    order by e.reported_at desc limit ${query.limit}`.execute(tx.db);
  return rows.map((row) => ({
    categoryCode: row.categoryCode,
    priority: row.priority,
    acceptedMs: row.acceptedAt === null ? null : row.acceptedAt.getTime(),
    doneMs: row.doneAt === null ? null : row.doneAt.getTime(),
  }));
}
