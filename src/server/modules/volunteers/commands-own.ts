import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { issueCertificate } from './certificates.ts';
import { signUpOneself, withdrawOneself } from './commands-sign-up.ts';
import { addVolunteer, consentVersion, linkPath, renewLink } from './commands-volunteer.ts';
import { note, publicStation, runLinked, sealedAt, type Recorded, type VolunteersParts, type Work } from './parts.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { eraseBodies } from './store-certificate.ts';
import { eraseRequests, insertRequest, listRequests } from './store-hours.ts';
import { findSignUp, listOfVolunteer } from './store-sign-up.ts';
import { eraseRow, findByLink, type VolunteerRow } from './store-volunteer.ts';

/** What a volunteer does behind their own link: the secret is the permission, and it opens this one person only. */

/** @throws AppError not_found, link_ended */
export async function holdLink(tx: Tx, secret: string, lock = false): Promise<VolunteerRow> {
  const row = await findByLink(tx, digestSecret(secret), lock);
  if (row === undefined)
    throw new AppError(
      'not_found',
      'This link opens nothing. Check that the whole link was copied, or ask the station.',
    );
  if (row.state === 'erased')
    throw new AppError('link_ended', 'This person was erased, as they asked. Register anew to help again.');
  return row;
}

/** One act behind the link, with the person locked. */
export function actOneself<T>(
  parts: VolunteersParts,
  { secret, route, body, params }: { secret: string; route: string; body: { opId: string }; params?: object },
  work: (work: Work, volunteer: VolunteerRow) => Promise<T>,
): Promise<T> {
  const command = { route: `volunteer.own.${route}`, body, ...(params === undefined ? {} : { params }) };
  return runLinked(parts, secret, command, async (one) => work(one, await holdLink(one.tx, secret, true)));
}

/**
 * Registers whoever comes by the page of a station, and signs them up if a shift is named: all or nothing. The answer is
 * the same whether or not somebody of that telephone is known; who they are is settled when they come.
 */
export async function registerByPage(
  parts: VolunteersParts,
  code: string,
  body: { opId: string; name: string; phone: string; shiftId?: string | undefined },
): Promise<{ path: string }> {
  const made = await runLinked(parts, body.opId, { route: 'volunteer.page', body, params: { code } }, async (work) => {
    const station = await publicStation(work.tx, code, work.nowMs);
    const { name, phone, shiftId } = body;
    const row = await addVolunteer(parts, work, { station, name, phone, state: 'new', accountId: null });
    await note(work, {
      action: 'volunteer.register',
      subject: { type: 'volunteer', id: row.id },
      held: station,
      data: { stationId: station.id, atCounter: false, consent: consentVersion },
    });
    if (shiftId !== undefined) await signUpOneself(parts, work, row, shiftId);
    return { id: row.id, linkRound: row.linkRound };
  });
  return { path: linkPath(parts, made) };
}

/** Says that a record of one's own is wrong; it is answered within the term of the rules. */
export function requestCorrection(
  parts: VolunteersParts,
  secret: string,
  id: string,
  body: { opId: string; said: string },
): Promise<Recorded> {
  return actOneself(parts, { secret, route: 'request', body, params: { id } }, async (work, volunteer) => {
    const signUp = await findSignUp(work.tx, id, true);
    if (signUp === undefined || signUp.volunteerId !== volunteer.id || signUp.state !== 'signed')
      throw new AppError('not_found', 'You have no such record. Reload the page.');
    if (signUp.endsAt.getTime() > work.nowMs)
      throw new AppError('transition_not_allowed', 'This shift is not over: nothing is recorded of it yet.');
    if ((await listRequests(work.tx, [id])).get(id)?.state === 'asked')
      throw new AppError('already_exists', 'You said so already; it is being looked at.');
    const requestId = uuidV7(work.nowMs);
    const dueDay = addDays(dayOf(work.nowMs), parts.words.rules.correction_days);
    const said = parts.vault.seal(body.said, sealedAt.said);
    await insertRequest(work.tx, { id: requestId, signUpId: id, said, dueDay, nowMs: work.nowMs });
    return note(work, {
      action: 'shift.request',
      subject: { type: 'shift', id: signUp.shiftId },
      held: signUp,
      data: { requestId, signUpId: id, dueDay },
    });
  });
}

export function certifyOneself(
  parts: VolunteersParts,
  secret: string,
  body: { opId: string; unitId: string; from: string; until: string },
): Promise<Recorded & { id: string; number: string }> {
  const { unitId, from, until } = body;
  return actOneself(parts, { secret, route: 'certify', body }, (work, volunteer) =>
    issueCertificate(parts, work, { volunteer, unitId, from, until, byId: null }),
  );
}

/** A new link; the one used for this, and every earlier one, opens nothing any more. */
export async function renewOneself(
  parts: VolunteersParts,
  secret: string,
  body: { opId: string },
): Promise<{ path: string }> {
  const command = { route: 'volunteer.own.renew', body };
  const made = await runLinked(parts, secret, command, async (work) => {
    const row = await holdLink(work.tx, secret, true);
    const linkRound = await renewLink(parts, work, row);
    await note(work, { action: 'volunteer.renew', subject: { type: 'volunteer', id: row.id }, held: row });
    return { id: row.id, linkRound };
  });
  return { path: linkPath(parts, made) };
}

/** Name, telephone and what papers said are gone; places ahead are given back; hours stay with the station, nameless. */
export function eraseOneself(parts: VolunteersParts, secret: string, body: { opId: string }): Promise<Recorded> {
  return actOneself(parts, { secret, route: 'erase', body }, async (work, volunteer) => {
    for (const one of await listOfVolunteer(work.tx, volunteer.id, 2000))
      if (one.startsAt.getTime() > work.nowMs && one.arrivedAt === null && one.presence === null)
        await withdrawOneself(work, volunteer, one.id);
    await eraseRequests(work.tx, volunteer.id, parts.vault.seal('', sealedAt.said));
    await eraseBodies(work.tx, volunteer.id);
    await eraseRow(work.tx, volunteer.id);
    return note(work, {
      action: 'volunteer.erase',
      subject: { type: 'volunteer', id: volunteer.id },
      held: volunteer,
    });
  });
}
