import type { Presence } from '#contract/volunteers-views.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { withdrawCovering } from './certificates.ts';
import { makeKnown } from './known.ts';
import {
  assertVersion,
  note,
  personOf,
  reaches,
  run,
  sealedAt,
  type Recorded,
  type VolunteersParts,
  type Work,
} from './parts.ts';
import { keepPresence, plainPhone, type Kept } from './rules.ts';
import { answerRequestRow, insertCorrection, lockRequest } from './store-hours.ts';
import { findSignUp, saveArrival, savePresence, type SignUpRow } from './store-sign-up.ts';
import { findVolunteer } from './store-volunteer.ts';

/** Attendance is said by the head or whoever answers for the station, never by the volunteer, and never by oneself of oneself. */

export interface PresenceWish {
  presence: Presence;
  arrivedAt?: string | undefined;
  leftAt?: string | undefined;
}

/** True when the place is the actor's own: by the account it was linked to, or by the telephone of the account. */
export async function isOwn(
  parts: VolunteersParts,
  volunteer: { accountId: string | null; phoneIndex: Buffer | null },
  accountId: string | null,
): Promise<boolean> {
  if (accountId === null) return false;
  if (volunteer.accountId === accountId) return true;
  const phone = volunteer.phoneIndex === null ? null : await parts.phoneOf(accountId);
  return (
    phone !== null && volunteer.phoneIndex?.equals(parts.vault.blindIndex(plainPhone(phone), sealedAt.phone)) === true
  );
}

/** @throws AppError not_found, own_hours */
async function holdSignUp(
  parts: VolunteersParts,
  tx: Tx,
  { actor, id, byId }: { actor: Actor; id: string; byId: string },
): Promise<SignUpRow> {
  const signUp = await findSignUp(tx, id, true);
  if (signUp === undefined || !reaches(actor, 'station.manage', signUp))
    throw new AppError('not_found', 'There is no such sign-up, or it is not yours to see. Reload the roster.');
  const volunteer = await findVolunteer(tx, signUp.volunteerId);
  if (volunteer !== undefined && (await isOwn(parts, volunteer, byId)))
    throw new AppError('own_hours', 'Nobody confirms their own hours. Ask another head, or the street.');
  return signUp;
}

/** One tap when somebody comes; it may be said again with other times until the leaving is confirmed. */
export function sayArrived(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; version: number },
): Promise<Recorded> {
  const byId = personOf(actor);
  return run(parts, actor, { route: 'shift.arrive', body, params: { id } }, async (work) => {
    const signUp = await holdSignUp(parts, work.tx, { actor, id, byId });
    assertVersion(signUp, body.version);
    if (signUp.state !== 'signed' || signUp.presence !== null || signUp.arrivedAt !== null)
      throw new AppError('transition_not_allowed', 'This is recorded already, or the place was given up. Reload.');
    const { early_minutes: early, late_minutes: late } = parts.words.rules;
    if (
      work.nowMs < signUp.startsAt.getTime() - early * 60_000 ||
      work.nowMs >= signUp.endsAt.getTime() + late * 60_000
    )
      throw new AppError(
        'transition_not_allowed',
        'Expected a shift that runs now. Confirm a past one with its times.',
      );
    await saveArrival(work.tx, id, work.nowMs);
    await makeKnown(parts, work, signUp);
    return note(work, {
      action: 'shift.arrive',
      subject: { type: 'shift', id: signUp.shiftId },
      held: signUp,
      data: { signUpId: id, day: signUp.day, post: signUp.post },
    });
  });
}

function kept(parts: VolunteersParts, work: Work, signUp: SignUpRow, wish: PresenceWish): Kept {
  const ms = (iso: string | undefined): number | null => (iso === undefined ? null : Date.parse(iso));
  const told = {
    presence: wish.presence,
    arrivedMs: ms(wish.arrivedAt) ?? signUp.arrivedAt?.getTime() ?? null,
    leftMs: ms(wish.leftAt),
  };
  const shift = { startMs: signUp.startsAt.getTime(), endMs: signUp.endsAt.getTime() };
  return keepPresence(shift, told, parts.words.rules, work.nowMs);
}

const factsOf = (signUp: SignUpRow, { presence, minutes }: Kept): Record<string, unknown> => ({
  signUpId: signUp.id,
  day: signUp.day,
  post: signUp.post,
  presence,
  minutes,
});

/** Confirms what was: came, with the real times, or did not come. */
export function confirmPresence(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; version: number } & PresenceWish,
): Promise<Recorded> {
  const byId = personOf(actor);
  return run(parts, actor, { route: 'shift.confirm', body, params: { id } }, async (work) => {
    const signUp = await holdSignUp(parts, work.tx, { actor, id, byId });
    assertVersion(signUp, body.version);
    if (signUp.state !== 'signed' || signUp.presence !== null)
      throw new AppError('transition_not_allowed', 'This is confirmed already, or the place was given up. Correct it.');
    const facts = kept(parts, work, signUp, body);
    await savePresence(work.tx, id, { kept: facts, byId, nowMs: work.nowMs });
    if (facts.presence === 'came') await makeKnown(parts, work, signUp);
    return note(work, {
      action: 'shift.confirm',
      subject: { type: 'shift', id: signUp.shiftId },
      held: signUp,
      data: factsOf(signUp, facts),
    });
  });
}

/** What was confirmed is put right; the old figures stay beside it, and certificates that counted them end. */
async function correct(
  parts: VolunteersParts,
  work: Work,
  { signUp, wish, reason, byId }: { signUp: SignUpRow; wish: PresenceWish; reason: string; byId: string },
): Promise<Recorded> {
  if (signUp.state !== 'signed' || signUp.presence === null)
    throw new AppError('transition_not_allowed', 'Nothing is confirmed here yet. Confirm it first.');
  // A record may be put right as long as it is kept: only a first confirmation has a term.
  const facts = kept({ ...parts, words: withoutTerm(parts) }, work, signUp, wish);
  await savePresence(work.tx, signUp.id, { kept: facts, byId, nowMs: work.nowMs });
  await insertCorrection(work.tx, {
    id: uuidV7(work.nowMs),
    signUpId: signUp.id,
    old: { presence: signUp.presence, minutes: signUp.minutes },
    now: facts,
    reason,
    byId,
    nowMs: work.nowMs,
  });
  if (facts.minutes !== signUp.minutes) await withdrawCovering(work, signUp);
  return note(work, {
    action: 'shift.correct',
    subject: { type: 'shift', id: signUp.shiftId },
    held: signUp,
    data: { ...factsOf(signUp, facts), oldPresence: signUp.presence, oldMinutes: signUp.minutes },
    words: { reason },
  });
}

function withoutTerm({ words }: VolunteersParts): VolunteersParts['words'] {
  return { ...words, rules: { ...words.rules, confirm_days: 36_500 } };
}

export function correctPresence(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; version: number; reason: string } & PresenceWish,
): Promise<Recorded> {
  const byId = personOf(actor);
  return run(parts, actor, { route: 'shift.correct', body, params: { id } }, async (work) => {
    const signUp = await holdSignUp(parts, work.tx, { actor, id, byId });
    assertVersion(signUp, body.version);
    return correct(parts, work, { signUp, wish: body, reason: body.reason, byId });
  });
}

/** Answers a volunteer who said that a record is wrong: puts it right, or keeps it and says why. */
export function answerRequest(
  parts: VolunteersParts,
  actor: Actor,
  id: string,
  body: { opId: string; answer: string; correction?: ({ version: number } & PresenceWish) | undefined },
): Promise<Recorded> {
  const byId = personOf(actor);
  return run(parts, actor, { route: 'shift.answer', body, params: { id } }, async (work) => {
    const request = await lockRequest(work.tx, id);
    if (request === undefined) throw new AppError('not_found', 'There is no such request. Reload the list.');
    const signUp = await holdSignUp(parts, work.tx, { actor, id: request.signUpId, byId });
    if (request.state !== 'asked')
      throw new AppError('transition_not_allowed', 'This was answered already. Reload the list.');
    const { correction, answer } = body;
    if (correction !== undefined) {
      assertVersion(signUp, correction.version);
      await correct(parts, work, { signUp, wish: correction, reason: answer, byId });
    }
    const state = correction === undefined ? ('kept' as const) : ('corrected' as const);
    await answerRequestRow(work.tx, id, {
      state,
      answer: parts.vault.seal(answer, sealedAt.answer),
      byId,
      nowMs: work.nowMs,
    });
    return note(work, {
      action: 'shift.answer',
      subject: { type: 'shift', id: signUp.shiftId },
      held: signUp,
      data: { requestId: id, signUpId: signUp.id, state },
    });
  });
}
