import pg from 'pg';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { note, ownScope, reaches, run, selfOf, unitPlace, type ForceParts, type Recorded, type Work } from './parts.ts';
import { spanOf, type Pattern } from './rules.ts';
import { patternsOf } from './queries-duty.ts';
import {
  answerSwapRow,
  findShift,
  handShift,
  insertShift,
  insertSwap,
  listOpenSwaps,
  lockSwap,
  savePatterns,
  withdrawShift,
  type ShiftRow,
} from './store-duty.ts';
import { isOnLeave } from './store-leave.ts';

export interface RosterChange {
  day: string;
  code: string;
  accountId: string;
  on: boolean;
}

interface Unit {
  id: string;
  path: readonly string[];
}

/** @throws AppError not_found, when there is no such unit or its roster is not the actor's to make */
function editedUnit(parts: ForceParts, actor: Actor, id: string): Unit {
  const { path } = unitPlace(parts, id);
  if (!reaches(actor, 'force.edit', { path, unitId: id }))
    throw new AppError('not_found', 'There is no such unit, or it is not yours to see. Choose one from the list.');
  return { id, path };
}

/**
 * Puts people on shifts and takes them off, all or nothing. Nobody may be on two shifts at once, anywhere: the database
 * itself refuses it, however many write at the same time.
 * @throws AppError not_found, bad_input (no such shift, not of this unit, on leave), already_exists (double duty)
 */
export function planRoster(
  parts: ForceParts,
  actor: Actor,
  unitId: string,
  body: { opId: string; changes: readonly RosterChange[] },
): Promise<Recorded & { added: number; withdrawn: number }> {
  const unit = editedUnit(parts, actor, unitId);
  const scope = { seeAll: false, areas: [], units: [unitId], accountId: null };
  return run(parts, actor, { route: 'force.roster', scope, body, params: { unitId } }, async (work) => {
    const patterns = new Map((await patternsOf(parts, work.tx, unitId)).map((one) => [one.code, one]));
    const staff = new Set((await parts.staffOf(work.tx, unitId)).map(({ id }) => id));
    const withdrawn: (string | undefined)[] = [];
    // Taken off first: who changes places within one plan is never twice on duty.
    for (const { day, code, accountId, on } of body.changes)
      if (!on) withdrawn.push(await withdrawShift(work.tx, { unitId, day, code, accountId, nowMs: work.nowMs }));
    const added = body.changes.filter(({ on }) => on);
    for (const change of added) await addShift(work, unit, { change, pattern: patterns.get(change.code), staff });
    const line = await note(work, {
      action: 'force.roster',
      subject: { type: 'unit', id: unitId },
      path: unit.path,
      data: { changes: body.changes },
      units: [unitId],
      accounts: [...new Set(body.changes.map(({ accountId }) => accountId))],
    });
    return { ...line, added: added.length, withdrawn: withdrawn.filter((id) => id !== undefined).length };
  });
}

async function addShift(
  work: Work,
  unit: Unit,
  { change, pattern, staff }: { change: RosterChange; pattern: Pattern | undefined; staff: ReadonlySet<string> },
): Promise<void> {
  const { day, code, accountId } = change;
  const detail = { day, code, accountId };
  if (pattern === undefined)
    throw new AppError(
      'bad_input',
      `code: this unit has no shift "${code}". Add it to the unit's shifts first.`,
      detail,
    );
  if (!staff.has(accountId))
    throw new AppError(
      'bad_input',
      'accountId: expected somebody appointed at this unit today. Choose from the list.',
      detail,
    );
  if (await isOnLeave(work.tx, accountId, day, day))
    throw new AppError('bad_input', `This person is on leave on ${day}. Choose another, or another day.`, detail);
  const { startMs, endMs } = spanOf(day, pattern);
  await insertShift(work.tx, {
    id: uuidV7(work.nowMs),
    unitId: unit.id,
    path: unit.path,
    district: districtOf(unit.path),
    code,
    day,
    startMs,
    endMs,
    accountId,
    nowMs: work.nowMs,
  }).catch((error: unknown) => refuseDouble(error, detail));
}

/** 23P01: an exclusion constraint. */
function refuseDouble(error: unknown, detail: Record<string, unknown>): never {
  if (error instanceof pg.DatabaseError && error.code === '23P01')
    throw new AppError(
      'already_exists',
      'This person is on another shift at that time. Nobody stands in two places: choose another, or another shift.',
      detail,
    );
  throw error;
}

/** The shifts of a unit; those already on the roster keep their times. */
export function setPatterns(
  parts: ForceParts,
  actor: Actor,
  unitId: string,
  body: { opId: string; patterns: readonly Pattern[] },
): Promise<Recorded> {
  const unit = editedUnit(parts, actor, unitId);
  if (new Set(body.patterns.map(({ code }) => code)).size < body.patterns.length)
    throw new AppError('bad_input', 'patterns: expected every code once. Rename one of the two.', {
      field: 'patterns',
    });
  const scope = { seeAll: false, areas: [], units: [unitId], accountId: null };
  return run(parts, actor, { route: 'force.patterns', scope, body, params: { unitId } }, async (work) => {
    await savePatterns(work.tx, unitId, body.patterns);
    return note(work, {
      action: 'force.patterns',
      subject: { type: 'unit', id: unitId },
      path: unit.path,
      data: { patterns: body.patterns.map(({ name: _name, nameEn: _nameEn, ...facts }) => facts) },
      words: { names: body.patterns.map(({ name }) => name).join('、') },
      units: [unitId],
    });
  });
}

/** Asks a colleague to take one's own shift. @throws AppError not_found, bad_input, already_exists */
export function askSwap(
  parts: ForceParts,
  actor: Actor,
  body: { opId: string; shiftId: string; toId: string },
): Promise<Recorded & { id: string }> {
  const fromId = selfOf(actor);
  return run(parts, actor, { route: 'force.swap_ask', scope: ownScope(actor), body }, async (work) => {
    const shift = await findShift(work.tx, body.shiftId, true);
    if (shift === undefined || shift.accountId !== fromId || !isComing(shift, work.nowMs))
      throw new AppError('not_found', 'You have no such shift ahead. Reload the page.');
    const staff = await parts.staffOf(work.tx, shift.unitId);
    if (body.toId === fromId || !staff.some(({ id }) => id === body.toId))
      throw new AppError('bad_input', 'toId: expected a colleague of the same unit. Choose from the list.', {
        field: 'toId',
      });
    if ((await listOpenSwaps(work.tx, { shiftIds: [shift.id] })).length > 0)
      throw new AppError(
        'already_exists',
        'Somebody has been asked to take this shift already. Wait for their answer.',
      );
    const id = uuidV7(work.nowMs);
    await insertSwap(work.tx, { id, shiftId: shift.id, fromId, toId: body.toId, nowMs: work.nowMs });
    const line = await shiftLine(work, shift, { what: 'swap_ask', toId: body.toId }, [body.toId]);
    return { id, ...line };
  });
}

const isComing = (shift: ShiftRow, nowMs: number): boolean =>
  shift.state === 'planned' && shift.startsAt.getTime() > nowMs;

function shiftLine(work: Work, shift: ShiftRow, data: Record<string, unknown>, accounts: string[]): Promise<Recorded> {
  const { id, unitId, day, code, path } = shift;
  return note(work, {
    action: 'force.shift',
    subject: { type: 'duty_shift', id },
    path,
    data: { day, code, unitId, ...data },
    units: [unitId],
    accounts,
  });
}

/** Only the person asked may answer; a shift goes over only with their consent, and never into double duty. */
export function answerSwap(
  parts: ForceParts,
  actor: Actor,
  id: string,
  body: { opId: string; agree: boolean },
): Promise<Recorded> {
  const toId = selfOf(actor);
  // The shift is still the other's: the swap, found by who was asked, is what opens it.
  return run(parts, actor, { route: 'force.swap_answer', scope: systemScope, body, params: { id } }, async (work) => {
    const swap = await lockSwap(work.tx, id);
    if (swap === undefined || swap.toId !== toId)
      throw new AppError('not_found', 'Nobody asked you to take such a shift. Reload the page.');
    const shift = await findShift(work.tx, swap.shiftId, true);
    if (
      swap.state !== 'asked' ||
      shift === undefined ||
      shift.accountId !== swap.fromId ||
      !isComing(shift, work.nowMs)
    )
      throw new AppError(
        'transition_not_allowed',
        'This can no longer be answered: the shift was changed or has begun.',
      );
    if (body.agree && (await isOnLeave(work.tx, toId, shift.day, shift.day)))
      throw new AppError('bad_input', `You are on leave on ${shift.day}.`);
    if (body.agree)
      await handShift(work.tx, shift.id, toId, work.nowMs).catch((error: unknown) =>
        refuseDouble(error, { day: shift.day, code: shift.code }),
      );
    await answerSwapRow(work.tx, id, body.agree ? 'agreed' : 'refused', work.nowMs);
    const what = body.agree ? 'swap_agree' : 'swap_refuse';
    return shiftLine(work, shift, { what, fromId: swap.fromId, toId }, [swap.fromId]);
  });
}
