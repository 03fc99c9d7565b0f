import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

/** How often something fell below its minimum at a station within a span, and how much was wanting at worst. */
export interface ShortSum {
  stationName: string;
  itemCode: string;
  times: number;
  most: number;
}

/** Restock tasks of these stations raised within [fromMs, toMs), by station and item. */
export async function sumShort(
  tx: Tx,
  { stations, fromMs, toMs }: { stations: readonly string[]; fromMs: number; toMs: number },
): Promise<ShortSum[]> {
  const { rows } = await sql<ShortSum>`
    select s.name as "stationName", r.item_code as "itemCode", count(*)::int as times,
      max(r.minimum - r.quantity)::int as most
    from supply_restock r join station s on s.id = r.station_id
    where r.station_id = any (${[...stations]}::uuid[])
      and r.raised_at >= ${new Date(fromMs)} and r.raised_at < ${new Date(toMs)}
    group by s.id, s.name, r.item_code order by s.name collate "C", s.id, r.item_code`.execute(tx.db);
  return rows;
}
