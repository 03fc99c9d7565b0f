import type { Clock } from '#kit/clock.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { giveBack, takeOut, type TakeWish } from './take-out.ts';
import type { Taken, Wanted } from './rules.ts';

export type { TakeWish } from './take-out.ts';
export type { Taken, Wanted } from './rules.ts';

export interface Supplies {
  /** See take-out.ts: what a service used leaves stock in the transaction of its record. */
  takeOut(tx: Tx, wish: TakeWish): Promise<{ taken: Taken[]; short: Wanted[] }>;
  /** Puts back what a corrected service had taken; nothing the second time. */
  giveBack(tx: Tx, wish: { serviceId: string; actor?: Actor }): Promise<{ returned: Taken[] }>;
}

export function createSupplies({ clock }: { clock: Clock }): Supplies {
  return {
    takeOut: (tx, wish) => takeOut(tx, wish, clock.now()),
    giveBack: (tx, wish) => giveBack(tx, wish, clock.now()),
  };
}
