import { sql } from 'kysely';
import { uuidV7 } from '#kit/ids.ts';
import { keptMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';

const kept = sql.raw(keptMark);

/** Quantity that may be given out on a day, and what is wanted, for these items at one station. */
export interface Standing {
  itemCode: string;
  usable: number;
  /** Lent here and not back. */
  out: number;
  /** Of the station; null: the dictionary's. */
  minimum: number | null;
  /** A restock task is open. */
  open: boolean;
}

export async function standingOf(
  tx: Tx,
  stationId: string,
  itemCodes: readonly string[],
  day: string,
): Promise<Standing[]> {
  const { rows } = await sql<Standing>`${kept}
    select w.code as "itemCode", l.minimum, coalesce((
      select sum(b.quantity) from supply_batch b where b.station_id = ${stationId} and b.item_code = w.code
        and b.quantity > 0 and b.recalled_at is null and (b.expires_on is null or b.expires_on >= ${day}::date)), 0)::int as usable,
      (select count(*) from loan n where n.station_id = ${stationId} and n.item_code = w.code and n.state = 'out')::int as out,
      exists (select from supply_restock o where o.station_id = ${stationId} and o.item_code = w.code and o.state = 'open') as open
    from unnest(${[...new Set(itemCodes)]}::text[]) as w (code)
    left join supply_level l on l.station_id = ${stationId} and l.item_code = w.code
    order by w.code`.execute(tx.db);
  return rows;
}

export interface NewRestock {
  stationId: string;
  district: string;
  itemCode: string;
  minimum: number;
  quantity: number;
}

/** Raises what is not open yet; answers those that it raised. One open for each station and item, whoever comes first. */
export async function raiseRestocks(tx: Tx, wishes: readonly NewRestock[], nowMs: number): Promise<string[]> {
  const raised: string[] = [];
  for (const wish of wishes) {
    const { rows } = await sql<{ itemCode: string }>`
      insert into supply_restock (id, station_id, district, item_code, minimum, quantity, state, raised_at)
      values (${uuidV7(nowMs)}, ${wish.stationId}, ${wish.district}, ${wish.itemCode}, ${wish.minimum}, ${wish.quantity}, 'open',
        ${new Date(nowMs).toISOString()}::timestamptz)
      on conflict (station_id, item_code) where state = 'open' do nothing returning item_code as "itemCode"`.execute(
      tx.db,
    );
    raised.push(...rows.map(({ itemCode }) => itemCode));
  }
  return raised;
}

/** Ends the open ones of these items; answers which there were. */
export async function closeRestocks(
  tx: Tx,
  stationId: string,
  itemCodes: readonly string[],
  nowMs: number,
): Promise<string[]> {
  if (itemCodes.length === 0) return [];
  const { rows } = await sql<{ itemCode: string }>`
    update supply_restock set state = 'done', ended_at = ${new Date(nowMs).toISOString()}::timestamptz
    where station_id = ${stationId} and item_code = any(${[...itemCodes]}::text[]) and state = 'open'
    returning item_code as "itemCode"`.execute(tx.db);
  return rows.map(({ itemCode }) => itemCode);
}

export async function listOpenRestocks(
  tx: Tx,
  stationIds: readonly string[],
): Promise<{ stationId: string; itemCode: string; raisedAt: Date }[]> {
  const { rows } = await sql<{ stationId: string; itemCode: string; raisedAt: Date }>`
    select station_id as "stationId", item_code as "itemCode", raised_at as "raisedAt" from supply_restock
    where state = 'open' and station_id = any(${[...stationIds]}::uuid[])`.execute(tx.db);
  return rows;
}
