import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** How often one account did something in one week. */
export interface ActCount {
  actorId: string;
  /** Monday of the week in Asia/Shanghai, YYYY-MM-DD. */
  monday: string;
  action: string;
  times: number;
  /** Photos named by the lines. */
  photos: number;
}

/** Counts lines of these actions by actor and week, for accounts named; from `fromMs` (included) to `toMs` (not). */
export async function countActs(
  tx: Tx,
  wanted: { actorIds: readonly string[]; actions: readonly string[]; fromMs: number; toMs: number },
): Promise<ActCount[]> {
  if (wanted.actorIds.length === 0) return [];
  const { rows } = await sql<ActCount>`
    select actor_id as "actorId", date_trunc('week', at at time zone 'Asia/Shanghai')::date as monday, action, count(*) as times,
      coalesce(sum(case when jsonb_typeof(data -> 'photos') = 'number' then (data ->> 'photos')::int else 0 end), 0) as photos
    from ledger_entry
    where actor_id = any (${[...wanted.actorIds]}::uuid[]) and actor_kind = 'account'
      and action = any (${[...wanted.actions]}::text[])
      and at >= ${new Date(wanted.fromMs).toISOString()}::timestamptz and at < ${new Date(wanted.toMs).toISOString()}::timestamptz
    group by 1, 2, 3 order by 1, 2, 3`.execute(tx.db);
  return rows;
}
