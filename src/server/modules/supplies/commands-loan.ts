import type { supplyRoutes } from '#contract/supplies.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { itemOf, supplyRule, type Item } from './dictionary.ts';
import { record, run, sealedAt, type Recorded, type SuppliesParts, type Work } from './parts.ts';
import { followStock } from './restock.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { dueAt, happenedAt, planTake } from './rules.ts';
import {
  endLoanRow,
  findLoan,
  findLoanOfKind,
  findLoanOfPhone,
  findLoanOfThing,
  insertLoan,
  insertThings,
  lockThing,
  saveThing,
  type LoanRow,
  type ThingRow,
} from './store-loan.ts';
import { standingOf } from './store-restock.ts';
import { findHome, insertBatch, insertMovements, lockItems, lockLots } from './store-stock.ts';

type Body<K extends keyof typeof supplyRoutes> = Input<(typeof supplyRoutes)[K]>['body'];

/** @throws AppError bad_input for what is not lent */
function lentItem(itemCode: string): Item & { loanHours: number } {
  const item = itemOf(itemCode);
  if (item.loanHours !== null) return { ...item, loanHours: item.loanHours };
  throw new AppError('bad_input', `itemCode: expected something that is lent, found ${itemCode}.`, {
    field: 'itemCode',
  });
}

/** @throws AppError not_found, bad_input */
async function thingOf(work: Work, itemCode: string, number: string): Promise<ThingRow> {
  const thing = await lockThing(work.tx, number);
  if (thing === undefined || thing.state === 'gone')
    throw new AppError(
      'not_found',
      `number: no thing in use has the label ${number}. Read the label again, or leave it out.`,
    );
  if (thing.itemCode === itemCode) return thing;
  throw new AppError('bad_input', `number: the label ${number} belongs to ${thing.itemCode}, found ${itemCode}.`, {
    field: 'number',
  });
}

const tidy = (phone: string): string => phone.replaceAll(/[ -]/g, '');
const indexOf = ({ vault }: SuppliesParts, phone: string): Buffer => vault.blindIndex(tidy(phone), sealedAt.phone);

/**
 * Lends one thing without deposit. What was handed over is a fact: it is written down even where stock says there is none
 * left. A label that still counts as lent was brought back unseen: that loan ends first. A telephone only with consent.
 * @throws AppError not_found, bad_input
 */
export function lend(
  parts: SuppliesParts,
  actor: Actor,
  stationId: string,
  body: Body<'lend'>,
): Promise<Output<typeof supplyRoutes.lend>> {
  const { itemCode, number, phone } = body;
  const item = lentItem(itemCode);
  if (phone !== null && !body.consent)
    throw new AppError(
      'bad_input',
      'consent: expected the borrower’s consent to keep a telephone number, found none. Ask, or leave it out.',
      {
        field: 'consent',
      },
    );
  const command = { route: 'loan.lend', word: 'station.work', stationId, body, touches: 'district' } as const;
  return run(parts, actor, command, async (work) => {
    const { tx, place, nowMs } = work;
    const lentMs = happenedAt(body.at, nowMs, supplyRule('late_record_hours'));
    await lockItems(tx, [{ stationId: place.stationId, itemCodes: [itemCode] }]);
    const thing = number === null ? undefined : await thingOf(work, itemCode, number);
    if (thing?.state === 'out') await bringHome(work, await findLoanOfThing(tx, thing.id), itemCode, lentMs);
    const id = uuidV7(nowMs);
    const dueMs = dueAt(lentMs, item.loanHours);
    const { stationId: at, district } = place;
    await insertLoan(tx, {
      id,
      stationId: at,
      district,
      itemCode,
      thingId: thing?.id ?? null,
      phone: phone === null ? null : parts.vault.seal(tidy(phone), sealedAt.phone),
      phoneIndex: phone === null ? null : indexOf(parts, phone),
      lentMs,
      dueMs,
      accountId: actor.accountId,
    });
    if (thing !== undefined) await saveThing(tx, thing.id, { state: 'out', stationId: at });
    const { taken } = planTake(await lockLots(tx, at, [itemCode]), [{ itemCode, quantity: 1 }], dayOf(lentMs));
    await insertMovements(
      tx,
      taken.map(({ batchId }) => ({ batchId, stationId: at, itemCode, kind: 'lend', delta: -1, loanId: id })),
      { atMs: lentMs, nowMs, accountId: actor.accountId },
    );
    const line = await record(work, {
      action: 'loan.lend',
      subject: { type: 'loan', id },
      data: { itemCode, labelled: thing !== undefined, dueAt: toIso(dueMs), inStock: taken.length > 0 },
    });
    return { id, dueAt: toIso(dueMs), left: await hereNow(work, itemCode), ...line };
  });
}

async function hereNow({ tx, place, nowMs }: Work, itemCode: string): Promise<number> {
  return (await standingOf(tx, place.stationId, [itemCode], dayOf(nowMs)))[0]?.usable ?? 0;
}

/** One comes onto the shelf of this station. */
async function putOnShelf(
  { tx, place, actor, nowMs }: Work,
  itemCode: string,
  loanId: string | null,
  atMs: number,
): Promise<void> {
  const { stationId, district } = place;
  let batchId = await findHome(tx, stationId, itemCode);
  if (batchId === undefined) {
    batchId = uuidV7(nowMs);
    await insertBatch(tx, {
      id: batchId,
      stationId,
      district,
      itemCode,
      number: '',
      expiresOn: null,
      receiptId: null,
      atMs,
    });
  }
  await insertMovements(tx, [{ batchId, stationId, itemCode, kind: 'return', delta: 1, loanId }], {
    atMs,
    nowMs,
    accountId: actor.accountId,
  });
}

async function bringHome(work: Work, loan: LoanRow | undefined, itemCode: string, atMs: number): Promise<void> {
  if (loan !== undefined)
    await endLoanRow(work.tx, loan.id, { state: 'returned', atMs: after(loan, atMs), stationId: work.place.stationId });
  await putOnShelf(work, itemCode, loan?.id ?? null, atMs);
}

const after = (loan: LoanRow, atMs: number): number => Math.max(atMs, loan.lentAt.getTime());

/**
 * Takes one back, at any station. By label, telephone or the loan itself when that is known; else the loan that fits best.
 * What is brought is taken in even when no loan fits. Damaged things do not go back on the shelf; nobody pays.
 * @throws AppError not_found, bad_input; transition_not_allowed for a loan that has ended
 */
export function takeBack(
  parts: SuppliesParts,
  actor: Actor,
  stationId: string,
  body: Body<'giveBack'>,
): Promise<Output<typeof supplyRoutes.giveBack>> {
  const { itemCode, damaged } = body;
  lentItem(itemCode);
  const command = { route: 'loan.return', word: 'station.work', stationId, body, touches: 'district' } as const;
  return run(parts, actor, command, async (work) => {
    const { tx, place, nowMs } = work;
    const atMs = happenedAt(body.at, nowMs, supplyRule('late_record_hours'));
    await lockItems(tx, [{ stationId: place.stationId, itemCodes: [itemCode] }]);
    const { loan, thingId } = await loanBrought(parts, work, body);
    if (damaged && loan !== undefined)
      await endLoanRow(tx, loan.id, { state: 'damaged', atMs: after(loan, atMs), stationId: place.stationId });
    if (!damaged) await bringHome(work, loan, itemCode, atMs);
    if (thingId !== null) await saveThing(tx, thingId, { state: damaged ? 'gone' : 'in', stationId: place.stationId });
    await followStock(tx, place, [itemCode], nowMs);
    const line = await record(work, {
      action: 'loan.return',
      subject: { type: 'loan', id: loan?.id ?? place.stationId },
      data: { itemCode, damaged, matched: loan !== undefined, fromId: loan?.stationId ?? null },
    });
    return { loanId: loan?.id ?? null, here: await hereNow(work, itemCode), ...line };
  });
}

interface Brought {
  loan: LoanRow | undefined;
  thingId: string | null;
}

async function loanBrought(
  parts: SuppliesParts,
  work: Work,
  { itemCode, loanId, number, phone }: Body<'giveBack'>,
): Promise<Brought> {
  const { tx, place } = work;
  if (loanId !== null) {
    const loan = await findLoan(tx, loanId);
    if (loan === undefined || loan.itemCode !== itemCode)
      throw new AppError('not_found', 'There is no such loan of this kind. Load the list again.');
    if (loan.state !== 'out')
      throw new AppError(
        'transition_not_allowed',
        `This loan has ended already (${loan.state}). Load the list again.`,
        { found: loan.state },
      );
    return { loan, thingId: loan.thingId };
  }
  if (number !== null) {
    const thing = await thingOf(work, itemCode, number);
    return { loan: await findLoanOfThing(tx, thing.id), thingId: thing.id };
  }
  const byPhone = phone === null ? undefined : await findLoanOfPhone(tx, indexOf(parts, phone), itemCode);
  const loan = byPhone ?? (await findLoanOfKind(tx, { ...place, itemCode }));
  return { loan, thingId: loan?.thingId ?? null };
}

/** The station where a loan was lent, by its id. @throws AppError not_found */
async function loanStation({ database }: SuppliesParts, id: string): Promise<string> {
  const loan = await database.read(systemScope, (tx) => findLoanStation(tx, id));
  if (loan !== undefined) return loan;
  throw new AppError('not_found', 'There is no such loan, or it is not yours to see.');
}

const findLoanStation = async (tx: Parameters<typeof findLoan>[0], id: string): Promise<string | undefined> =>
  (await tx.db.selectFrom('loan').select('station_id').where('id', '=', id).executeTakeFirst())?.station_id;

/**
 * Writes a loan off: damaged at any time, lost when it is long overdue. Nobody is charged.
 * @throws AppError not_found, version_conflict; transition_not_allowed too early or ended
 */
export async function endLoan(
  parts: SuppliesParts,
  actor: Actor,
  id: string,
  body: Body<'endLoan'>,
): Promise<Recorded> {
  const stationId = await loanStation(parts, id);
  const command = { route: 'loan.end', word: 'station.manage', stationId, body, params: { id } } as const;
  return run(parts, actor, command, async (work) => {
    const { tx, place, nowMs } = work;
    const loan = await findLoan(tx, id);
    if (loan === undefined || loan.state !== 'out')
      throw new AppError('transition_not_allowed', 'This loan has ended already. Load the list again.');
    if (loan.version !== body.version)
      throw new AppError(
        'version_conflict',
        `This loan was changed in the meantime: you saw version ${body.version}, it is now ${loan.version}.`,
        {
          expected: body.version,
          found: loan.version,
        },
      );
    if (body.state === 'lost' && !mayCallLost(loan, nowMs))
      throw new AppError(
        'transition_not_allowed',
        `A loan counts as lost ${supplyRule('lost_after_days')} days after it was due; until then it may still come back.`,
      );
    await endLoanRow(tx, id, { state: body.state, atMs: nowMs, stationId: place.stationId });
    if (loan.thingId !== null) await saveThing(tx, loan.thingId, { state: 'gone', stationId: place.stationId });
    return record(work, {
      action: body.state === 'lost' ? 'loan.lose' : 'loan.damage',
      subject: { type: 'loan', id },
      data: { itemCode: loan.itemCode },
    });
  });
}

/** Long enough overdue to be given up. */
export function mayCallLost({ dueAt: due }: Pick<LoanRow, 'dueAt'>, nowMs: number): boolean {
  return nowMs > due.getTime() + supplyRule('lost_after_days') * 86_400_000;
}

/** The number a borrower left, to remind them. Each look is a line; the number is never kept with the answer. */
export async function tellPhone(
  parts: SuppliesParts,
  actor: Actor,
  id: string,
  body: Body<'loanPhone'>,
): Promise<Output<typeof supplyRoutes.loanPhone>> {
  const stationId = await loanStation(parts, id);
  const command = { route: 'loan.phone', word: 'station.work', stationId, body, params: { id } } as const;
  const line = await run(parts, actor, command, (work) =>
    record(work, { action: 'loan.reveal', subject: { type: 'loan', id }, data: { field: 'phone' } }),
  );
  const loan = await parts.database.inTx(systemScope, (tx) => findLoan(tx, id));
  if (loan?.phone === null || loan?.phone === undefined)
    throw new AppError('not_found', 'No telephone is kept for this loan: none was left, or it came back meanwhile.');
  return { ...line, phone: parts.vault.open(loan.phone, sealedAt.phone) };
}

/** Gives things labels. Stock does not change: they were counted already. @throws AppError already_exists naming numbers in use */
export function addThings(
  parts: SuppliesParts,
  actor: Actor,
  stationId: string,
  body: Body<'addThings'>,
): Promise<Output<typeof supplyRoutes.addThings>> {
  lentItem(body.itemCode);
  return run(parts, actor, { route: 'loan.label', word: 'station.manage', stationId, body }, async (work) => {
    const { tx, place, nowMs } = work;
    const things = [...new Set(body.numbers)].map((number) => ({
      id: uuidV7(nowMs),
      stationId: place.stationId,
      district: place.district,
      itemCode: body.itemCode,
      number,
    }));
    const inUse = await insertThings(tx, things, nowMs);
    if (inUse.length > 0)
      throw new AppError(
        'already_exists',
        `numbers: these labels are in use already: ${inUse.join(', ')}. Choose others.`,
        { found: inUse },
      );
    const line = await record(work, {
      action: 'loan.label',
      data: { itemCode: body.itemCode, numbers: things.map(({ number }) => number) },
    });
    return { added: things.length, ...line };
  });
}
