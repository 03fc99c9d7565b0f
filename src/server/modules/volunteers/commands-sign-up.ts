import pg from 'pg';
import type { Place } from '#contract/volunteers-views.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { note, personOf, reaches, run, type Recorded, type VolunteersParts, type Work } from './parts.ts';
import { dayOf, addDays } from '#kit/shanghai-days.ts';
import {
  countHeldAhead,
  endSwap,
  findSignUp,
  insertSignUp,
  insertSwap,
  lockSwap,
  saveState,
  type SignUpRow,
} from './store-sign-up.ts';
import { findShift, freePlace, takePlace, type ShiftRow } from './store-shift.ts';
import { findVolunteer, type VolunteerRow } from './store-volunteer.ts';

/** 23P01: the exclusion constraint, which is what keeps one person from two places at once. */
function refuseDouble(error: unknown): never {
  if (error instanceof pg.DatabaseError && error.code === '23P01')
    throw new AppError(
      'already_exists',
      'This person has a place at that time already. Nobody stands in two places: choose another shift, or give up the other.',
    );
  throw error;
}

/** @throws AppError places_taken, transition_not_allowed */
async function refuseFull(tx: Tx, shiftId: string, nowMs: number): Promise<never> {
  const shift = await findShift(tx, shiftId);
  if (shift === undefined) throw new AppError('not_found', 'There is no such shift. Reload the page.');
  if (shift.state !== 'open' || shift.endsAt.getTime() <= nowMs)
    throw new AppError('transition_not_allowed', 'This shift is cancelled or over. Choose another.');
  throw new AppError('places_taken', 'Every place of this shift is taken. Choose another shift.');
}

/**
 * Gives a person a place, or refuses; of any number who ask at once for the last place exactly one gets it.
 * @throws AppError places_taken, already_exists, transition_not_allowed, not_found
 */
export async function takeShift(
  work: Work,
  { shiftId, volunteer, place }: { shiftId: string; volunteer: VolunteerRow; place: Place },
): Promise<{ signUpId: string; shift: ShiftRow; line: Recorded }> {
  const { tx, nowMs } = work;
  const shift = (await takePlace(tx, shiftId, place, nowMs)) ?? (await refuseFull(tx, shiftId, nowMs));
  const signUpId = uuidV7(nowMs);
  await insertSignUp(tx, { id: signUpId, shift, volunteerId: volunteer.id, place, nowMs }).catch(refuseDouble);
  const line = await note(work, {
    action: 'shift.sign_up',
    subject: { type: 'shift', id: shift.id },
    held: shift,
    data: { signUpId, volunteerId: volunteer.id, day: shift.day, post: shift.post, place },
  });
  return { signUpId, shift, line };
}

/** The head enters somebody: a partner's person, or one who asked at the counter. */
export function enterSignUp(
  parts: VolunteersParts,
  actor: Actor,
  shiftId: string,
  body: { opId: string; volunteerId: string; place: Place },
): Promise<Recorded & { id: string }> {
  personOf(actor);
  return run(parts, actor, { route: 'shift.enter', body, params: { shiftId } }, async (work) => {
    const shift = await findShift(work.tx, shiftId);
    if (shift === undefined || !reaches(actor, 'station.manage', shift))
      throw new AppError('not_found', 'There is no such shift, or it is not yours to see. Reload the roster.');
    const volunteer = await findVolunteer(work.tx, body.volunteerId);
    if (volunteer === undefined || (volunteer.state !== 'new' && volunteer.state !== 'known'))
      throw new AppError('not_found', 'There is no such volunteer. Register them first.');
    const { signUpId, line } = await takeShift(work, { shiftId, volunteer, place: body.place });
    return { ...line, id: signUpId };
  });
}

/**
 * A volunteer signs up from their own page, for an open place that is offered.
 * @throws AppError too_many_requests while they hold many places and never came yet
 */
export async function signUpOneself(
  parts: VolunteersParts,
  work: Work,
  volunteer: VolunteerRow,
  shiftId: string,
): Promise<Recorded> {
  const { new_places: most, ahead_days: ahead } = parts.words.rules;
  if (volunteer.state === 'new' && (await countHeldAhead(work.tx, volunteer.id, work.nowMs)) >= most)
    throw new AppError(
      'too_many_requests',
      `Before the first shift at most ${most} places are held. Come once, then take more.`,
      { most },
    );
  const { shift, line } = await takeShift(work, { shiftId, volunteer, place: 'open' });
  if (shift.startsAt.getTime() <= work.nowMs || shift.day > addDays(dayOf(work.nowMs), ahead))
    throw new AppError('transition_not_allowed', 'This shift is not offered now. Choose one of the list.');
  return line;
}

/** Gives a place back; whoever was looked for as stand-in is looked for no longer. */
async function giveBack(work: Work, signUp: SignUpRow): Promise<void> {
  await endOpenSwap(work, signUp.id);
  await saveState(work.tx, signUp.id, 'withdrawn', work.nowMs);
  await freePlace(work.tx, signUp.shiftId, signUp.place);
}

async function endOpenSwap(work: Work, signUpId: string): Promise<void> {
  const swap = await lockSwap(work.tx, { signUpId });
  if (swap !== undefined) await endSwap(work.tx, swap.id, { state: 'withdrawn', nowMs: work.nowMs });
}

/** Takes somebody's unconfirmed place away, for whoever joins two links of one person. */
export async function releasePlace(work: Work, signUp: SignUpRow): Promise<void> {
  await giveBack(work, signUp);
  await note(work, {
    action: 'shift.withdraw',
    subject: { type: 'shift', id: signUp.shiftId },
    held: signUp,
    data: { signUpId: signUp.id, day: signUp.day, post: signUp.post, joined: true },
  });
}

/** The shift is locked before the place, as whoever signs up does, so that the two never wait for one another. */
async function lockBoth(tx: Tx, id: string): Promise<SignUpRow | undefined> {
  const seen = await findSignUp(tx, id);
  if (seen === undefined) return undefined;
  await findShift(tx, seen.shiftId, true);
  return findSignUp(tx, id, true);
}

/** @throws AppError transition_not_allowed when somebody came already, or the place is held no more */
function assertHeld(signUp: SignUpRow): void {
  if (signUp.state !== 'signed' || signUp.arrivedAt !== null || signUp.presence !== null)
    throw new AppError('transition_not_allowed', 'This place is given up or already recorded. Reload the page.');
}

/** The head takes somebody off, with a reason. */
export function withdrawSignUp(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; reason: string },
): Promise<Recorded> {
  personOf(actor);
  return run(parts, actor, { route: 'shift.withdraw', body, params: { id } }, async (work) => {
    const signUp = await lockBoth(work.tx, id);
    if (signUp === undefined || !reaches(actor, 'station.manage', signUp))
      throw new AppError('not_found', 'There is no such sign-up, or it is not yours to see. Reload the roster.');
    assertHeld(signUp);
    await giveBack(work, signUp);
    return note(work, {
      action: 'shift.withdraw',
      subject: { type: 'shift', id: signUp.shiftId },
      held: signUp,
      data: { signUpId: id, day: signUp.day, post: signUp.post },
      words: { reason: body.reason },
    });
  });
}

/** One's own place that has not begun. @throws AppError not_found, transition_not_allowed */
async function ownPlace(work: Work, volunteer: VolunteerRow, id: string): Promise<SignUpRow> {
  const signUp = await lockBoth(work.tx, id);
  if (signUp === undefined || signUp.volunteerId !== volunteer.id)
    throw new AppError('not_found', 'You hold no such place. Reload the page.');
  assertHeld(signUp);
  if (signUp.startsAt.getTime() <= work.nowMs)
    throw new AppError('transition_not_allowed', 'This shift has begun. Tell the station by telephone.');
  return signUp;
}

export async function withdrawOneself(work: Work, volunteer: VolunteerRow, id: string): Promise<Recorded> {
  const signUp = await ownPlace(work, volunteer, id);
  await giveBack(work, signUp);
  return note(work, {
    action: 'shift.withdraw',
    subject: { type: 'shift', id: signUp.shiftId },
    held: signUp,
    data: { signUpId: id, day: signUp.day, post: signUp.post, own: true },
  });
}

/** Looks for a stand-in among the volunteers of the same stations, or stops looking; the place is kept meanwhile. */
export async function askSwap(
  work: Work,
  volunteer: VolunteerRow,
  { id, off }: { id: string; off: boolean },
): Promise<Recorded> {
  const signUp = await ownPlace(work, volunteer, id);
  if (signUp.place === 'partner')
    throw new AppError('transition_not_allowed', 'This place is kept for your organisation: ask its contact.');
  const swap = await lockSwap(work.tx, { signUpId: id });
  if (off !== (swap !== undefined))
    throw new AppError('transition_not_allowed', 'This was asked already, or taken back. Reload the page.');
  if (swap === undefined) await insertSwap(work.tx, { id: uuidV7(work.nowMs), signUpId: id, nowMs: work.nowMs });
  else await endSwap(work.tx, swap.id, { state: 'withdrawn', nowMs: work.nowMs });
  return note(work, {
    action: off ? 'shift.swap_off' : 'shift.swap_ask',
    subject: { type: 'shift', id: signUp.shiftId },
    held: signUp,
    data: { signUpId: id, day: signUp.day, post: signUp.post },
  });
}

/** Takes over another's place; the count of the shift stays, and nobody is in two places. */
export async function takeSwap(work: Work, volunteer: VolunteerRow, id: string): Promise<Recorded> {
  const { tx, nowMs } = work;
  const wanted = await lockSwap(tx, { id });
  const seen = wanted === undefined ? undefined : await lockBoth(tx, wanted.signUpId);
  if (seen === undefined) throw new AppError('not_found', 'There is no such place. Reload the page.');
  if (wanted?.state !== 'asked' || seen.state !== 'signed' || seen.startsAt.getTime() <= nowMs)
    throw new AppError('places_taken', 'Somebody else took this place, or it is looked after again. Thank you.');
  if (seen.volunteerId === volunteer.id) throw new AppError('already_exists', 'This place is yours already.');
  const shift = await findShift(tx, seen.shiftId);
  if (shift === undefined) throw new AppError('not_found', 'There is no such shift. Reload the page.');
  const signUpId = uuidV7(nowMs);
  await saveState(tx, seen.id, 'swapped', nowMs);
  await insertSignUp(tx, { id: signUpId, shift, volunteerId: volunteer.id, place: seen.place, nowMs }).catch(
    refuseDouble,
  );
  await endSwap(tx, id, { state: 'taken', takenBy: signUpId, nowMs });
  return note(work, {
    action: 'shift.swap_take',
    subject: { type: 'shift', id: shift.id },
    held: shift,
    data: { signUpId, beforeId: seen.id, day: shift.day, post: shift.post },
  });
}
