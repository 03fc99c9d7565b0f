import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { makeSupplyFile } from './export-file.ts';
import { supplyHandlers } from './handlers.ts';
import { followDays } from './jobs.ts';
import type { SuppliesParts } from './parts.ts';
import { makeReceiptFile } from './receipt-pdf.ts';
import type { Taken, Wanted } from './rules.ts';
import { giveBack, takeOut, type TakeWish } from './take-out.ts';

export type { SuppliesParts } from './parts.ts';
export type { TakeWish } from './take-out.ts';
export type { Taken, Wanted } from './rules.ts';
export { supplyItems } from './dictionary.ts';
export { sumShort } from './store-short.ts';

export interface SupplyFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

export interface Supplies {
  handlers: ReturnType<typeof supplyHandlers>;
  /** Stock and movements of a month ('YYYY-MM'; the running one when not given) as a workbook. */
  exportFile(actor: Actor, stationIdOrCode: string, month: string | undefined): Promise<SupplyFile>;
  /** A receipt as PDF. */
  receiptFile(actor: Actor, id: string): Promise<SupplyFile>;
  /** What a service used leaves stock in the transaction of its record; see take-out.ts. */
  takeOut(tx: Tx, wish: TakeWish): Promise<{ taken: Taken[]; short: Wanted[] }>;
  /** Puts back what a corrected service had taken; nothing the second time. */
  giveBack(tx: Tx, wish: { serviceId: string; actor?: Actor }): Promise<{ returned: Taken[] }>;
  /** Every ten minutes: what expires, what is overdue. Answers how many lines were written. */
  followDays(): Promise<number>;
}

export function createSupplies(parts: SuppliesParts): Supplies {
  const { clock } = parts;
  return {
    handlers: supplyHandlers(parts),
    exportFile: (actor, station, month) => makeSupplyFile(parts, actor, station, month),
    receiptFile: (actor, id) => makeReceiptFile(parts, actor, id),
    takeOut: (tx, wish) => takeOut(tx, wish, clock.now()),
    giveBack: (tx, wish) => giveBack(tx, wish, clock.now()),
    followDays: () => followDays(parts),
  };
}
