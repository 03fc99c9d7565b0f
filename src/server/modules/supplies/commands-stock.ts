import type { supplyRoutes } from '#contract/supplies.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { namesOf, noteDelivery } from '#server/modules/partners/index.ts';
import { assertReason, itemOf, supplyRule } from './dictionary.ts';
import { record, run, sealedAt, type Recorded, type SuppliesParts, type Work } from './parts.ts';
import { followStock } from './restock.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { happenedAt, receiptNumber } from './rules.ts';
import { saveLevel } from './store-level.ts';
import { insertReceipt } from './store-receipt.ts';
import { insertBatch, insertMovements, lockBatch, lockItems, lockLots } from './store-stock.ts';

type Body<K extends keyof typeof supplyRoutes> = Input<(typeof supplyRoutes)[K]>['body'];

interface NewLot {
  itemCode: string;
  number: string;
  expiresOn: string | null;
}

/** @throws AppError bad_input for medicine without a date, a date where there is none, or a day that has passed */
function assertLot({ itemCode, expiresOn }: NewLot, today: string): void {
  const { expiry } = itemOf(itemCode, 'lines');
  if (expiry === 'required' && expiresOn === null)
    throw new AppError(
      'bad_input',
      `lines: ${itemCode} needs the date printed on it. Expected expiresOn, found none.`,
      { field: 'lines' },
    );
  if (expiry === 'none' && expiresOn !== null)
    throw new AppError('bad_input', `lines: ${itemCode} has no expiry. Expected no expiresOn, found ${expiresOn}.`, {
      field: 'lines',
    });
  if (expiresOn !== null && expiresOn < today)
    throw new AppError(
      'bad_input',
      `lines: ${itemCode} expired on ${expiresOn}; what has expired is not taken in. Give it back.`,
      {
        field: 'lines',
        expiresOn,
      },
    );
}

/**
 * Takes in a delivery: a receipt, one batch for each line, the end of restock tasks that it satisfies; what a partner gives
 * is noted as its delivery. Once per opId.
 * @throws AppError not_found, bad_input
 */
export function receive(
  parts: SuppliesParts,
  actor: Actor,
  stationId: string,
  body: Body<'receive'>,
): Promise<Output<typeof supplyRoutes.receive>> {
  return run(parts, actor, { route: 'supply.receive', word: 'station.work', stationId, body }, async (work) => {
    const { tx, place, nowMs } = work;
    const atMs = happenedAt(body.at, nowMs, supplyRule('late_record_hours'));
    for (const line of body.lines) assertLot(line, dayOf(atMs));
    assertGiver(body);
    await lockItems(tx, [{ stationId: place.stationId, itemCodes: body.lines.map(({ itemCode }) => itemCode) }]);
    const id = uuidV7(nowMs);
    const seq = await insertReceipt(tx, {
      id,
      stationId: place.stationId,
      district: place.district,
      source: body.source,
      partnerId: body.partnerId,
      pledgeId: body.pledgeId,
      donor: body.donor === '' ? null : parts.vault.seal(body.donor, sealedAt.donor),
      atMs,
      nowMs,
      accountId: actor.accountId,
    });
    for (const line of body.lines) await putIn(work, { ...line, receiptId: id, kind: 'receive', atMs });
    if (body.partnerId !== null) await tellPartner(work, body, { id, partnerId: body.partnerId, atMs });
    await followStock(
      tx,
      place,
      body.lines.map(({ itemCode }) => itemCode),
      nowMs,
    );
    const line = await record(work, {
      action: 'supply.receive',
      subject: { type: 'supply', id },
      data: {
        source: body.source,
        partnerId: body.partnerId,
        pledgeId: body.pledgeId,
        lines: body.lines.map(({ itemCode, quantity, expiresOn }) => ({ itemCode, quantity, expiresOn })),
      },
    });
    return { id, number: receiptNumber(seq, atMs), ...line };
  });
}

function assertGiver({ source, partnerId, pledgeId, donor }: Body<'receive'>): void {
  if (source !== 'donation' && (partnerId !== null || donor !== ''))
    throw new AppError('bad_input', `source: expected donation where a giver is named, found ${source}.`, {
      field: 'source',
    });
  if (pledgeId !== null && partnerId === null)
    throw new AppError('bad_input', 'partnerId: expected the partner whose pledge this keeps, found none.', {
      field: 'partnerId',
    });
}

async function tellPartner(
  { tx, place, actor }: Work,
  body: Body<'receive'>,
  { id, partnerId, atMs }: { id: string; partnerId: string; atMs: number },
): Promise<void> {
  if (!(await namesOf(tx, [partnerId])).has(partnerId))
    throw new AppError('bad_input', 'partnerId: expected a partner of the list, found none with this id.', {
      field: 'partnerId',
    });
  await noteDelivery(tx, {
    partnerId,
    pledgeId: body.pledgeId,
    stationId: place.stationId,
    quantity: body.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    what: body.lines
      .map(({ itemCode, quantity }) => `${itemOf(itemCode).name}×${quantity}`)
      .join('、')
      .slice(0, 100),
    atMs,
    source: { type: 'donation', id },
    accountId: actor.accountId,
  });
}

interface Incoming extends NewLot {
  quantity: number;
  receiptId: string | null;
  kind: 'receive' | 'count';
  atMs: number;
  reason?: string;
}

async function putIn({ tx, place, actor, nowMs }: Work, wish: Incoming): Promise<void> {
  const { itemCode, number, expiresOn, receiptId, kind, quantity, atMs, reason = '' } = wish;
  const batchId = uuidV7(nowMs);
  const { stationId, district } = place;
  await insertBatch(tx, { id: batchId, stationId, district, itemCode, number, expiresOn, receiptId, atMs });
  await insertMovements(tx, [{ batchId, stationId, itemCode, kind, delta: quantity, reason }], {
    atMs,
    nowMs,
    accountId: actor.accountId,
  });
}

/**
 * Writes down what was counted. A difference is what the eyes found against what the screen said (`expected`), so what came
 * and went meanwhile is no difference. Stock never goes below zero.
 * @throws AppError not_found for a batch of another station; bad_input
 */
export function countStock(
  parts: SuppliesParts,
  actor: Actor,
  stationId: string,
  body: Body<'count'>,
): Promise<Output<typeof supplyRoutes.count>> {
  assertReason(body.reason, 'count');
  return run(parts, actor, { route: 'supply.count', word: 'station.work', stationId, body }, async (work) => {
    const { tx, place, nowMs } = work;
    const atMs = happenedAt(body.at, nowMs, supplyRule('late_record_hours'));
    const codes = body.lines.map(({ itemCode }) => itemOf(itemCode, 'lines').code);
    await lockItems(tx, [{ stationId: place.stationId, itemCodes: codes }]);
    const changes: { itemCode: string; delta: number }[] = [];
    for (const line of body.lines) {
      const delta =
        line.batchId === null
          ? await countNew(work, line, body.reason, atMs)
          : await countBatch(work, line, body.reason, atMs);
      if (delta !== 0) changes.push({ itemCode: line.itemCode, delta });
    }
    await followStock(tx, place, codes, nowMs);
    const recorded = await record(work, {
      action: 'supply.count',
      data: { reason: body.reason, lines: body.lines.length, changes },
    });
    return { changed: changes.length, difference: changes.reduce((sum, { delta }) => sum + delta, 0), ...recorded };
  });
}

type CountLine = Body<'count'>['lines'][number];

async function countBatch(
  { tx, place, actor, nowMs }: Work,
  line: CountLine,
  reason: string,
  atMs: number,
): Promise<number> {
  const batch = await lockBatch(tx, place.stationId, line.batchId ?? '');
  if (batch === undefined || batch.itemCode !== line.itemCode)
    throw new AppError('not_found', 'There is no such batch of this item at this station. Load the stock again.');
  const delta = Math.max(-batch.quantity, line.counted - (line.expected ?? batch.quantity));
  if (delta !== 0)
    await insertMovements(
      tx,
      [{ batchId: batch.id, stationId: place.stationId, itemCode: batch.itemCode, kind: 'count', delta, reason }],
      { atMs, nowMs, accountId: actor.accountId },
    );
  return delta;
}

async function countNew(work: Work, line: CountLine, reason: string, atMs: number): Promise<number> {
  if (line.counted === 0) return 0;
  const { expiry } = itemOf(line.itemCode);
  if (expiry === 'required' && line.expiresOn === null)
    throw new AppError(
      'bad_input',
      `lines: ${line.itemCode} needs the date printed on it. Expected expiresOn, found none.`,
      { field: 'lines' },
    );
  const { itemCode, number, expiresOn, counted } = line;
  await putIn(work, { itemCode, number, expiresOn, quantity: counted, receiptId: null, kind: 'count', reason, atMs });
  return counted;
}

/** Throws away part of a batch. @throws AppError not_found; bad_input for more than there is, or 'expired' of what has not */
export function writeOff(
  parts: SuppliesParts,
  actor: Actor,
  stationId: string,
  body: Body<'writeOff'>,
): Promise<Recorded> {
  assertReason(body.reason, 'write_off');
  return run(parts, actor, { route: 'supply.write_off', word: 'station.manage', stationId, body }, async (work) => {
    const { tx, place, nowMs } = work;
    const seen = await lockBatch(tx, place.stationId, body.batchId);
    if (seen === undefined)
      throw new AppError('not_found', 'There is no such batch at this station. Load the stock again.');
    const batch = (await lockLots(tx, place.stationId, [seen.itemCode])).find(({ id }) => id === seen.id) ?? {
      ...seen,
      quantity: 0,
    };
    if (batch.quantity < body.quantity)
      throw new AppError(
        'bad_input',
        `quantity: expected at most ${batch.quantity} of this batch, found ${body.quantity}.`,
        {
          field: 'quantity',
          found: batch.quantity,
        },
      );
    if (body.reason === 'expired' && (batch.expiresOn === null || batch.expiresOn >= dayOf(nowMs)))
      throw new AppError('bad_input', 'reason: expected another reason, found expired for a batch that has not.', {
        field: 'reason',
      });
    const { itemCode } = batch;
    await insertMovements(
      tx,
      [
        {
          batchId: batch.id,
          stationId: place.stationId,
          itemCode,
          kind: 'write_off',
          delta: -body.quantity,
          reason: body.reason,
        },
      ],
      { atMs: nowMs, nowMs, accountId: actor.accountId },
    );
    await followStock(tx, place, [itemCode], nowMs);
    return record(work, {
      action: 'supply.write_off',
      data: { batchId: batch.id, itemCode, quantity: body.quantity, reason: body.reason },
    });
  });
}

/** How much a station wants to have, and where it lies. @throws AppError version_conflict */
export function setLevel(
  parts: SuppliesParts,
  actor: Actor,
  stationId: string,
  body: Body<'setLevel'>,
): Promise<Recorded> {
  itemOf(body.itemCode);
  return run(parts, actor, { route: 'supply.set_level', word: 'station.manage', stationId, body }, async (work) => {
    const { tx, place, nowMs } = work;
    const { itemCode, minimum, place: shelf, version } = body;
    await lockItems(tx, [{ stationId: place.stationId, itemCodes: [itemCode] }]);
    if (!(await saveLevel(tx, { stationId: place.stationId, itemCode, minimum, place: shelf, version })))
      throw new AppError(
        'version_conflict',
        `The minimum was changed in the meantime: you saw version ${version}. Load it again and repeat.`,
        {
          expected: version,
        },
      );
    await followStock(tx, place, [itemCode], nowMs);
    return record(work, { action: 'supply.set_level', data: { itemCode, minimum } });
  });
}
