import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

interface Recalling {
  stationIds: readonly string[];
  itemCode: string;
  number: string;
  reason: string;
  on: boolean;
  nowMs: number;
}

/** Blocks a lot, or lifts that; empty batches too, for something of them may come back. Answers those it changed. */
export async function saveRecall(tx: Tx, wish: Recalling): Promise<{ stationId: string; quantity: number }[]> {
  const { stationIds, itemCode, number, reason, on, nowMs } = wish;
  const { rows } = await sql<{ stationId: string; quantity: number }>`
    update supply_batch set recalled_at = ${on ? new Date(nowMs).toISOString() : null}::timestamptz, recall_reason = ${on ? reason : ''}
    where item_code = ${itemCode} and number = ${number} and station_id = any(${[...stationIds]}::uuid[])
      and (recalled_at is null) = ${on}
    returning station_id as "stationId", quantity`.execute(tx.db);
  return rows;
}

export interface LotHere {
  stationId: string;
  quantity: number;
  expiresOn: string | null;
  recalled: boolean;
}

/** Who still has a lot. */
export async function listLot(tx: Tx, itemCode: string, number: string): Promise<LotHere[]> {
  const { rows } =
    await sql<LotHere>`select station_id as "stationId", sum(quantity)::int as quantity, expires_on as "expiresOn",
      bool_or(recalled_at is not null) as recalled
    from supply_batch where item_code = ${itemCode} and number = ${number} and quantity > 0
    group by station_id, expires_on`.execute(tx.db);
  return rows;
}

export interface DueLot {
  id: string;
  stationId: string;
  itemCode: string;
  over: boolean;
}

/** Batches whose last day has passed or comes within the days, of which nobody was told yet. */
export async function listUntold(tx: Tx, today: string, soonDay: string): Promise<DueLot[]> {
  const { rows } =
    await sql<DueLot>`select id, station_id as "stationId", item_code as "itemCode", expires_on < ${today}::date as over
    from supply_batch where quantity > 0 and recalled_at is null and expires_on <= ${soonDay}::date
      and (expiry_told is null or expiry_told = 'soon' and expires_on < ${today}::date)
    order by station_id, item_code, id for update skip locked`.execute(tx.db);
  return rows;
}

export async function saveTold(tx: Tx, ids: readonly string[], told: 'soon' | 'over'): Promise<void> {
  await sql`update supply_batch set expiry_told = ${told} where id = any(${[...ids]}::uuid[])`.execute(tx.db);
}
