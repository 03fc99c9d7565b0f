import type { Tx } from '#server/db/pool.ts';
import type { Vault } from '#server/vault/vault.ts';
import { insertMany } from '../bulk.ts';
import type { DemoSupplies } from './make-supplies.ts';

const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

/** Writes what stations have. Quantities follow from the movements: the database reckons them. */
export async function storeSupplies(
  tx: Tx,
  vault: Vault,
  { receipts, batches, movements, loans, restocks }: DemoSupplies,
): Promise<void> {
  const head = { id: 'uuid', station_id: 'uuid', district: 'text' } as const;
  const of = ({ id, stationId, district }: { id: string; stationId: string; district: string }) => ({
    id,
    station_id: stationId,
    district,
  });
  await insertMany(
    tx,
    'supply_receipt',
    { ...head, source: 'text', partner_id: 'uuid', at: 'timestamptz', recorded_at: 'timestamptz', account_id: 'uuid' },
    receipts.map((one) => ({
      ...of(one),
      source: one.source,
      partner_id: one.partnerId,
      at: at(one.atMs),
      recorded_at: at(one.atMs),
      account_id: one.accountId,
    })),
  );
  await insertMany(
    tx,
    'supply_batch',
    { ...head, item_code: 'text', number: 'text', expires_on: 'date', receipt_id: 'uuid', received_at: 'timestamptz' },
    batches.map((one) => ({
      ...of(one),
      item_code: one.itemCode,
      number: one.number,
      expires_on: one.expiresOn,
      receipt_id: one.receiptId,
      received_at: at(one.receivedMs),
    })),
  );
  await storeLoans(tx, vault, loans);
  await insertMany(
    tx,
    'supply_movement',
    {
      id: 'uuid',
      batch_id: 'uuid',
      station_id: 'uuid',
      item_code: 'text',
      kind: 'text',
      delta: 'int',
      reason: 'text',
      loan_id: 'uuid',
      at: 'timestamptz',
      recorded_at: 'timestamptz',
      account_id: 'uuid',
    },
    movements.map((one) => ({
      id: one.id,
      batch_id: one.batchId,
      station_id: one.stationId,
      item_code: one.itemCode,
      kind: one.kind,
      delta: one.delta,
      reason: one.reason,
      loan_id: one.loanId,
      at: at(one.atMs),
      recorded_at: at(one.atMs),
      account_id: one.accountId,
    })),
  );
  await insertMany(
    tx,
    'supply_restock',
    { ...head, item_code: 'text', minimum: 'int', quantity: 'int', state: 'text', raised_at: 'timestamptz' },
    restocks.map((one) => ({
      ...of(one),
      item_code: one.itemCode,
      minimum: one.minimum,
      quantity: one.quantity,
      state: 'open',
      raised_at: at(one.atMs),
    })),
  );
}

function storeLoans(tx: Tx, vault: Vault, loans: DemoSupplies['loans']): Promise<void> {
  return insertMany(
    tx,
    'loan',
    {
      id: 'uuid',
      station_id: 'uuid',
      district: 'text',
      item_code: 'text',
      phone: 'bytea',
      phone_index: 'bytea',
      lent_at: 'timestamptz',
      due_at: 'timestamptz',
      state: 'text',
      ended_at: 'timestamptz',
      ended_station_id: 'uuid',
      account_id: 'uuid',
    },
    loans.map((one) => ({
      id: one.id,
      station_id: one.stationId,
      district: one.district,
      item_code: one.itemCode,
      phone: one.phone === null ? null : vault.seal(one.phone, 'loan.phone'),
      phone_index: one.phone === null ? null : vault.blindIndex(one.phone, 'loan.phone'),
      lent_at: at(one.lentMs),
      due_at: at(one.dueMs),
      state: one.endedMs === null ? 'out' : 'returned',
      ended_at: at(one.endedMs),
      ended_station_id: one.endedMs === null ? null : one.stationId,
      account_id: one.accountId,
    })),
  );
}
