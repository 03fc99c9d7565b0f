import type { supplyRoutes } from '#contract/supplies.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { itemOf } from './dictionary.ts';
import { note, placeOf, type Place } from './note.ts';
import { record, run, stationsFor, type SuppliesParts, type Work } from './parts.ts';
import { followStock } from './restock.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { planTake, type Taken } from './rules.ts';
import { saveRecall } from './store-lots.ts';
import { insertBatch, insertMovements, lockItems, lockLots, type BatchRow } from './store-stock.ts';

type Body<K extends keyof typeof supplyRoutes> = Input<(typeof supplyRoutes)[K]>['body'];

/**
 * Carries stock to another station of the district; what expires first goes first, its number and date go with it. All or
 * nothing: what is not there cannot be carried.
 * @throws AppError not_found for a station elsewhere; bad_input when there is too little
 */
export function transfer(
  parts: SuppliesParts,
  actor: Actor,
  stationId: string,
  body: Body<'transfer'>,
): Promise<Output<typeof supplyRoutes.transfer>> {
  const { itemCode, quantity, toStationId } = body;
  itemOf(itemCode);
  const command = { route: 'supply.transfer', word: 'station.manage', stationId, body, touches: 'district' } as const;
  return run(parts, actor, command, async (work) => {
    const { tx, place, nowMs } = work;
    const to = await placeOf(tx, toStationId);
    if (to === undefined || to.district !== place.district)
      throw new AppError('not_found', 'There is no such station in your district. Choose one of the list.');
    if (to.stationId === place.stationId)
      throw new AppError('bad_input', 'toStationId: expected another station, found the one it is sent from.', {
        field: 'toStationId',
      });
    await lockItems(
      tx,
      [place, to].map(({ stationId: at }) => ({ stationId: at, itemCodes: [itemCode] })),
    );
    const lots = await lockLots(tx, place.stationId, [itemCode]);
    const { taken, short } = planTake(lots, [{ itemCode, quantity }], dayOf(nowMs));
    if (short[0] !== undefined)
      throw new AppError(
        'bad_input',
        `quantity: expected at most ${quantity - short[0].quantity}, found ${quantity}.`,
        {
          field: 'quantity',
          found: quantity - short[0].quantity,
        },
      );
    const transferId = uuidV7(nowMs);
    await carry(work, { to, lots, taken, transferId });
    await followStock(tx, place, [itemCode], nowMs);
    await followStock(tx, to, [itemCode], nowMs);
    const data = { transferId, itemCode, quantity, fromId: place.stationId, toId: to.stationId };
    await note(tx, { actor, action: 'supply.arrive', place: to, nowMs, data });
    return { transferId, ...(await record(work, { action: 'supply.transfer', data })) };
  });
}

async function carry(
  { tx, place, actor, nowMs }: Work,
  {
    to,
    lots,
    taken,
    transferId,
  }: { to: Place; lots: readonly BatchRow[]; taken: readonly Taken[]; transferId: string },
): Promise<void> {
  const moved = { atMs: nowMs, nowMs, accountId: actor.accountId };
  for (const { batchId, itemCode, quantity } of taken) {
    const lot = lots.find(({ id }) => id === batchId);
    const arrived = uuidV7(nowMs);
    await insertBatch(tx, {
      id: arrived,
      stationId: to.stationId,
      district: to.district,
      itemCode,
      number: lot?.number ?? '',
      expiresOn: lot?.expiresOn ?? null,
      receiptId: null,
      atMs: nowMs,
    });
    await insertMovements(
      tx,
      [
        {
          batchId,
          stationId: place.stationId,
          itemCode,
          kind: 'send',
          delta: -quantity,
          transfer: { id: transferId, otherStationId: to.stationId },
        },
        {
          batchId: arrived,
          stationId: to.stationId,
          itemCode,
          kind: 'arrive',
          delta: quantity,
          transfer: { id: transferId, otherStationId: place.stationId },
        },
      ],
      moved,
    );
  }
}

/**
 * Calls a lot back at every station the actor answers for: from this moment nothing of it is given out. Or lifts that.
 * Each station that has it is told by a line of its own.
 */
export function recallLot(
  parts: SuppliesParts,
  actor: Actor,
  body: Body<'recall'>,
): Promise<Output<typeof supplyRoutes.recall>> {
  const { itemCode, number, reason, on } = body;
  itemOf(itemCode);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'supply.recall', request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const stations = await stationsFor(tx, actor, 'station.manage', nowMs);
    await lockItems(
      tx,
      stations.map(({ stationId }) => ({ stationId, itemCodes: [itemCode] })),
    );
    const held = await saveRecall(tx, {
      stationIds: stations.map(({ stationId }) => stationId),
      itemCode,
      number,
      reason,
      on,
      nowMs,
    });
    let ledgerId: string | null = null;
    for (const place of stations) {
      const here = held.filter(({ stationId }) => stationId === place.stationId);
      if (here.length === 0) continue;
      const quantity = here.reduce((sum, lot) => sum + lot.quantity, 0);
      const data = { itemCode, number, on, quantity, batches: here.length };
      ledgerId = await note(tx, { actor, action: 'supply.recall', place, nowMs, data, opId: body.opId });
      await followStock(tx, place, [itemCode], nowMs);
    }
    return {
      at: toIso(nowMs),
      ledgerId,
      stations: new Set(held.map(({ stationId }) => stationId)).size,
      quantity: held.reduce((sum, lot) => sum + lot.quantity, 0),
    };
  });
}
