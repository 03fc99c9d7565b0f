import { sql } from 'kysely';
import { uuidV7 } from '#kit/ids.ts';
import { keptMark, laterMark } from '#server/db/pipeline.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Lot } from './rules.ts';

export type MovementKind =
  'receive' | 'service' | 'undo' | 'count' | 'write_off' | 'send' | 'arrive' | 'lend' | 'return';

export interface BatchRow extends Lot {
  stationId: string;
  number: string;
  receiptId: string | null;
  receivedAt: Date;
  recallReason: string;
}

const kept = sql.raw(keptMark);
const keptLater = sql.raw(`${keptMark}${laterMark}`);
const batchColumns = sql`b.id, b.station_id as "stationId", b.item_code as "itemCode", b.number, b.quantity,
  b.expires_on as "expiresOn", b.receipt_id as "receiptId", b.received_at as "receivedAt",
  b.recalled_at is not null as recalled, b.recall_reason as "recallReason"`;

/**
 * Whoever changes stock of an item at a station waits here for whoever is before: receipts, takings, counts, recalls of the
 * same item follow one another, so that what is low is never reckoned beside somebody's receipt. Always in the same order.
 * Sent with the statement that follows, which waits behind it.
 */
export async function lockItems(
  tx: Tx,
  wanted: readonly { stationId: string; itemCodes: readonly string[] }[],
): Promise<void> {
  const keys = wanted.flatMap(({ stationId, itemCodes }) => itemCodes.map((code) => `supply ${stationId} ${code}`));
  await sql`${keptLater} select pg_advisory_xact_lock(k) from (
    select distinct hashtextextended(word, 0) as k from unnest(${keys}::text[]) as w (word) order by 1 offset 0) as keys`.execute(
    tx.db,
  );
}

/** Batches of these items at a station that still hold something, after waiting for whoever changes them, and locked. */
export async function lockLots(tx: Tx, stationId: string, itemCodes: readonly string[]): Promise<BatchRow[]> {
  await lockItems(tx, [{ stationId, itemCodes }]);
  const { rows } = await sql<BatchRow>`${kept} select ${batchColumns} from supply_batch b
    where b.station_id = ${stationId} and b.item_code = any(${[...new Set(itemCodes)]}::text[]) and b.quantity > 0
    order by b.item_code, b.expires_on nulls last, b.id for update`.execute(tx.db);
  return rows;
}

/** One batch at a station, empty or not, locked. */
export async function lockBatch(tx: Tx, stationId: string, id: string): Promise<BatchRow | undefined> {
  const { rows } = await sql<BatchRow>`select ${batchColumns} from supply_batch b
    where b.id = ${id} and b.station_id = ${stationId} for update`.execute(tx.db);
  return rows[0];
}

/** Where one that comes back is put: the latest batch of its kind at this station. */
export async function findHome(tx: Tx, stationId: string, itemCode: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`select id from supply_batch
    where station_id = ${stationId} and item_code = ${itemCode} and recalled_at is null and expires_on is null
    order by quantity > 0 desc, received_at desc, id desc limit 1`.execute(tx.db);
  return rows[0]?.id;
}

/** A batch as the shelf shows it: with where it came from. */
export interface ShelfRow extends BatchRow {
  source: 'purchase' | 'street' | 'donation' | null;
  partnerName: string | null;
}

/** Batches at these stations that hold something. */
export async function listBatches(tx: Tx, stationIds: readonly string[]): Promise<ShelfRow[]> {
  const { rows } = await sql<ShelfRow>`select ${batchColumns}, r.source, p.name as "partnerName" from supply_batch b
    left join supply_receipt r on r.id = b.receipt_id left join partner p on p.id = r.partner_id
    where b.station_id = any(${[...stationIds]}::uuid[]) and b.quantity > 0
    order by b.item_code, b.expires_on nulls last, b.id`.execute(tx.db);
  return rows;
}

export interface MovementRow {
  id: string;
  at: Date;
  itemCode: string;
  kind: MovementKind;
  delta: number;
  number: string;
  expiresOn: string | null;
  reason: string;
  by: string | null;
  otherStationId: string | null;
}

/** Movements of a station between two moments, the latest first. */
export async function listMovements(
  tx: Tx,
  wish: { stationId: string; fromMs: number; untilMs: number; item?: string | undefined; limit: number },
): Promise<MovementRow[]> {
  const { stationId, fromMs, untilMs, item, limit } = wish;
  const { rows } = await sql<MovementRow>`select m.id, m.at, m.item_code as "itemCode", m.kind, m.delta, b.number,
      b.expires_on as "expiresOn", m.reason, a.display_name as by, m.other_station_id as "otherStationId"
    from supply_movement m join supply_batch b on b.id = m.batch_id left join account a on a.id = m.account_id
    where m.station_id = ${stationId} and m.at >= ${new Date(fromMs).toISOString()}::timestamptz
      and m.at < ${new Date(untilMs).toISOString()}::timestamptz
      ${item === undefined ? sql`` : sql`and m.item_code = ${item}`}
    order by m.at desc, m.id desc limit ${limit}`.execute(tx.db);
  return rows;
}

export interface NewBatch {
  id: string;
  stationId: string;
  district: string;
  itemCode: string;
  number: string;
  expiresOn: string | null;
  receiptId: string | null;
  atMs: number;
}

export async function insertBatch(tx: Tx, batch: NewBatch): Promise<void> {
  await tx.db
    .insertInto('supply_batch')
    .values({
      id: batch.id,
      station_id: batch.stationId,
      district: batch.district,
      item_code: batch.itemCode,
      number: batch.number,
      expires_on: batch.expiresOn,
      receipt_id: batch.receiptId,
      received_at: new Date(batch.atMs),
    })
    .execute();
}

export interface NewMovement {
  batchId: string;
  stationId: string;
  itemCode: string;
  kind: MovementKind;
  delta: number;
  reason?: string;
  serviceId?: string | null;
  loanId?: string | null;
  /** One way between two stations: both ends name it and each other. */
  transfer?: { id: string; otherStationId: string };
}

export interface Moved {
  atMs: number;
  nowMs: number;
  accountId: string | null;
}

/**
 * Writes movements; the database adds each to the quantity of its batch and refuses what may not be given out (told by the
 * statement that follows).
 */
export async function insertMovements(
  tx: Tx,
  movements: readonly NewMovement[],
  { atMs, nowMs, accountId }: Moved,
): Promise<void> {
  if (movements.length === 0) return;
  await tx.db
    .insertInto('supply_movement')
    .values(
      movements.map((one) => ({
        id: uuidV7(nowMs),
        batch_id: one.batchId,
        station_id: one.stationId,
        item_code: one.itemCode,
        kind: one.kind,
        delta: one.delta,
        reason: one.reason ?? '',
        service_id: one.serviceId ?? null,
        loan_id: one.loanId ?? null,
        transfer_id: one.transfer?.id ?? null,
        other_station_id: one.transfer?.otherStationId ?? null,
        at: new Date(atMs),
        recorded_at: new Date(nowMs),
        account_id: accountId,
      })),
    )
    .modifyEnd(sql.raw(laterMark))
    .execute();
}

interface TakenRow {
  batchId: string;
  stationId: string;
  itemCode: string;
  quantity: number;
}

/** What a service took and was not yet given back, by batch. */
async function listTakenBy(tx: Tx, serviceId: string): Promise<TakenRow[]> {
  const { rows } = await sql<TakenRow>`
    select batch_id as "batchId", station_id as "stationId", item_code as "itemCode", (-sum(delta))::int as quantity
    from supply_movement where service_id = ${serviceId}
    group by batch_id, station_id, item_code having sum(delta) < 0 order by batch_id`.execute(tx.db);
  return rows;
}

/** The same, after waiting for whoever changes those items: of two who give back at once the second finds nothing. */
export async function lockTakenBy(tx: Tx, serviceId: string): Promise<TakenRow[]> {
  const before = await listTakenBy(tx, serviceId);
  if (before.length === 0) return [];
  await lockItems(
    tx,
    before.map(({ stationId, itemCode }) => ({ stationId, itemCodes: [itemCode] })),
  );
  return listTakenBy(tx, serviceId);
}
