import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemActor, type Actor } from '#server/modules/identity/index.ts';
import { itemOf } from './dictionary.ts';
import { note, placeOf } from './note.ts';
import { followStock } from './restock.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { planTake, type Taken, type Wanted } from './rules.ts';
import { insertMovements, lockLots, lockTakenBy } from './store-stock.ts';

export interface TakeWish {
  stationId: string;
  /** When it was given: decides which batches had expired. */
  atMs: number;
  serviceId: string;
  items: readonly Wanted[];
  /** Who records it; the program itself when not given. */
  actor?: Actor;
}

/**
 * Takes what a service used out of stock, in the transaction of its record: what expires first goes first, nothing from an
 * expired or recalled batch. Never refuses because there is too little: a service given is a fact; what stock could not
 * cover is answered as `short`. Raises restock tasks.
 * @throws AppError not_found for no such station; bad_input for an unknown item or one that is lent, not given
 */
export async function takeOut(
  tx: Tx,
  { stationId, atMs, serviceId, items, actor = systemActor }: TakeWish,
  nowMs: number,
): Promise<{ taken: Taken[]; short: Wanted[] }> {
  for (const { itemCode, quantity } of items) {
    if (itemOf(itemCode, 'items').kind === 'loan')
      throw new AppError('bad_input', `items: ${itemCode} is lent, not given away. Record a loan instead.`, {
        field: 'items',
      });
    if (!Number.isInteger(quantity) || quantity < 1)
      throw new AppError('bad_input', `items: expected whole quantities of 1 or more, found ${quantity}.`, {
        field: 'items',
      });
  }
  if (items.length === 0) return { taken: [], short: [] };
  const place = await placeOf(tx, stationId);
  if (place === undefined) throw new AppError('not_found', 'There is no such station, or it is not yours to see.');
  const codes = items.map(({ itemCode }) => itemCode);
  const { taken, short } = planTake(await lockLots(tx, stationId, codes), items, dayOf(atMs));
  await insertMovements(
    tx,
    taken.map(({ batchId, itemCode, quantity }) => ({
      batchId,
      stationId,
      itemCode,
      kind: 'service',
      delta: -quantity,
      serviceId,
    })),
    { atMs, nowMs, accountId: actor.accountId },
  );
  await note(tx, { actor, action: 'supply.take', place, nowMs, data: { serviceId, taken, short } });
  await followStock(tx, place, codes, nowMs);
  return { taken, short };
}

/**
 * Puts back what a service took, because its record was corrected; into the batches it came from, expired or not. Asked
 * twice it does nothing the second time. Answers what went back.
 */
export async function giveBack(
  tx: Tx,
  { serviceId, actor = systemActor }: { serviceId: string; actor?: Actor },
  nowMs: number,
): Promise<{ returned: Taken[] }> {
  const taken = await lockTakenBy(tx, serviceId);
  const place = taken[0] === undefined ? undefined : await placeOf(tx, taken[0].stationId);
  if (place === undefined) return { returned: [] };
  await insertMovements(
    tx,
    taken.map(({ batchId, stationId, itemCode, quantity }) => ({
      batchId,
      stationId,
      itemCode,
      kind: 'undo',
      delta: quantity,
      serviceId,
    })),
    { atMs: nowMs, nowMs, accountId: actor.accountId },
  );
  const returned = taken.map(({ batchId, itemCode, quantity }) => ({ batchId, itemCode, quantity }));
  await note(tx, { actor, action: 'supply.give_back', place, nowMs, data: { serviceId, returned } });
  await followStock(
    tx,
    place,
    returned.map(({ itemCode }) => itemCode),
    nowMs,
  );
  return { returned };
}
