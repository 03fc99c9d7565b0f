import type { Tx } from '#server/db/pool.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { supplyItems } from './dictionary.ts';
import { note, type Place } from './note.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { closeRestocks, raiseRestocks, standingOf } from './store-restock.ts';

/**
 * After stock has moved: raises a restock task for what fell below its minimum, ends that of what is enough again. One open
 * task for each station and item. Raising is told to the station and its street by a line of its own.
 */
export async function followStock(tx: Tx, place: Place, itemCodes: readonly string[], nowMs: number): Promise<void> {
  const standing = (await standingOf(tx, place.stationId, itemCodes, dayOf(nowMs))).map((one) => ({
    ...one,
    minimum: one.minimum ?? supplyItems().get(one.itemCode)?.minimum ?? 0,
    // What is lent out still belongs to the station.
    usable: one.usable + one.out,
  }));
  const low = standing.filter(({ usable, minimum, open }) => usable < minimum && !open);
  const enough = standing
    .filter(({ usable, minimum, open }) => usable >= minimum && open)
    .map(({ itemCode }) => itemCode);
  const raised = await raiseRestocks(
    tx,
    low.map(({ itemCode, minimum, usable }) => ({
      stationId: place.stationId,
      district: place.district,
      itemCode,
      minimum,
      quantity: usable,
    })),
    nowMs,
  );
  const closed = await closeRestocks(tx, place.stationId, enough, nowMs);
  if (raised.length > 0)
    await note(tx, { actor: systemActor, action: 'supply.restock', place, nowMs, data: { itemCodes: raised } });
  if (closed.length > 0)
    await note(tx, { actor: systemActor, action: 'supply.restocked', place, nowMs, data: { itemCodes: closed } });
}
