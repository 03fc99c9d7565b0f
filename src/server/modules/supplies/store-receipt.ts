import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface NewReceipt {
  id: string;
  stationId: string;
  district: string;
  source: 'purchase' | 'street' | 'donation';
  partnerId: string | null;
  pledgeId: string | null;
  donor: Buffer | null;
  atMs: number;
  nowMs: number;
  accountId: string | null;
}

/** Answers its place in the row of all receipts, part of its number. */
export async function insertReceipt(tx: Tx, receipt: NewReceipt): Promise<number> {
  const { seq } = await tx.db
    .insertInto('supply_receipt')
    .values({
      id: receipt.id,
      station_id: receipt.stationId,
      district: receipt.district,
      source: receipt.source,
      partner_id: receipt.partnerId,
      pledge_id: receipt.pledgeId,
      donor: receipt.donor,
      at: new Date(receipt.atMs),
      recorded_at: new Date(receipt.nowMs),
      account_id: receipt.accountId,
    })
    .returning('seq')
    .executeTakeFirstOrThrow();
  return Number(seq);
}

export interface ReceiptRow {
  id: string;
  seq: number;
  stationId: string;
  stationName: string;
  source: 'purchase' | 'street' | 'donation';
  partnerName: string | null;
  donor: Buffer | null;
  at: Date;
  by: string | null;
  lines: { itemCode: string; quantity: number; number: string; expiresOn: string | null }[];
}

/** One receipt by id, or those of a station between two moments; the latest first. */
export async function listReceipts(
  tx: Tx,
  wish: { id: string } | { stationId: string; fromMs: number; untilMs: number },
): Promise<ReceiptRow[]> {
  const which =
    'id' in wish
      ? sql`r.id = ${wish.id}`
      : sql`r.station_id = ${wish.stationId} and r.at >= ${new Date(wish.fromMs).toISOString()}::timestamptz
          and r.at < ${new Date(wish.untilMs).toISOString()}::timestamptz`;
  const { rows } = await sql<ReceiptRow>`
    select r.id, r.seq, r.station_id as "stationId", s.name as "stationName", r.source, p.name as "partnerName", r.donor, r.at,
      a.display_name as by, coalesce((
        select json_agg(json_build_object('itemCode', b.item_code, 'quantity', m.delta, 'number', b.number,
          'expiresOn', b.expires_on) order by b.item_code, b.expires_on, b.id)
        from supply_batch b join supply_movement m on m.batch_id = b.id and m.kind = 'receive' where b.receipt_id = r.id), '[]') as lines
    from supply_receipt r join station s on s.id = r.station_id
    left join partner p on p.id = r.partner_id left join account a on a.id = r.account_id
    where ${which} order by r.at desc, r.seq desc limit 500`.execute(tx.db);
  return rows;
}
