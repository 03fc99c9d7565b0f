import type { PledgeEvery } from '#contract/partners-words.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { onPartner } from './access.ts';
import { assertDays, assertVersion, assertWords, note, type PartnersParts, type Recorded, type Work } from './parts.ts';
import { addDays, dayOf, daysBetween } from '#kit/shanghai-days.ts';
import { earlier } from './rules-days.ts';
import { periodsOf } from './rules-due.ts';
import {
  insertAgreement,
  insertPledges,
  isTaken,
  listPledges,
  lockAgreement,
  lockPledge,
  saveAskedRenewal,
  saveEnded,
  saveSigned,
  saveTerms,
  type AgreementRow,
  type PledgeRow,
  type Terms,
} from './store-agreement.ts';
import type { PartnerRow } from './store-partner.ts';

const noAgreement = (): AppError =>
  new AppError('not_found', 'There is no such agreement of this partner. Reload the page.');

function assertStays(partner: PartnerRow): void {
  if (partner.exitDay !== null)
    throw new AppError(
      'transition_not_allowed',
      `This partner leaves or has left (last day ${partner.exitDay}); nothing new is agreed with it. Register it anew if it comes back.`,
    );
}

/** A draft. A renewal begins when the agreement it renews ends, and takes its living pledges along for the new term. */
export function draftAgreement(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: Terms & { opId: string; renews: string | null },
): Promise<Recorded & { id: string }> {
  assertDays(body);
  assertWords(parts.words.returns, body.returns, 'returns');
  return onPartner(parts, actor, { verb: 'draft', id, body }, async (work, partner) => {
    assertStays(partner);
    const old = body.renews === null ? undefined : await lockAgreement(work.tx, id, body.renews);
    if (body.renews !== null) assertRenewable(old, body);
    const agreementId = uuidV7(work.nowMs);
    const { fromDay, toDay, returns, returnWords } = body;
    const { district } = partner;
    const byId = actor.accountId;
    const terms = { fromDay, toDay, returns, returnWords };
    const taken = { id: agreementId, partnerId: id, district, renews: body.renews, byId, nowMs: work.nowMs };
    await insertAgreement(work.tx, { ...terms, ...taken });
    const pledges = old === undefined ? 0 : await copyPledges(work, { old, agreementId, terms, partner });
    if (old !== undefined && old.askedRenewalAt !== null) await saveAskedRenewal(work.tx, old.id, null);
    const line = await note(work, {
      action: 'partner.draft',
      subject: { type: 'partner', id },
      district,
      data: { agreementId, fromDay, toDay, returns, renews: body.renews, pledges },
    });
    return { id: agreementId, ...line };
  });
}

/** @throws AppError not_found, bad_input, already_exists */
function assertRenewable(old: AgreementRow | undefined, { fromDay }: Terms): void {
  if (old === undefined || old.signedOn === null) throw noAgreement();
  if (old.followed)
    throw new AppError('already_exists', 'This agreement is renewed already. Open the one that follows it.');
  const ends = earlier(old.toDay, old.endedOn);
  if (fromDay <= ends)
    throw new AppError('bad_input', `fromDay: expected a day after ${ends}, when the agreement renewed ends.`, {
      field: 'fromDay',
    });
}

interface Renewed {
  old: AgreementRow;
  agreementId: string;
  terms: Terms;
  partner: PartnerRow;
}

/** What was promised to the end of the old term is promised for the new one; what ended early or was for once is not. */
async function copyPledges({ tx, actor, nowMs }: Work, { old, agreementId, terms, partner }: Renewed): Promise<number> {
  const all = (await listPledges(tx, [partner.id])).get(partner.id) ?? [];
  const living = all.filter(
    (one) => one.agreementId === old.id && one.endedOn === null && one.every !== 'once' && one.toDay === old.toDay,
  );
  await insertPledges(
    tx,
    living.map((one, k) => ({
      ...one,
      id: uuidV7(nowMs + k),
      agreementId,
      fromDay: terms.fromDay,
      toDay: terms.toDay,
      district: partner.district,
      byId: actor.accountId,
      nowMs,
    })),
  );
  return living.length;
}

/** @throws AppError transition_not_allowed for a signed one: what was signed stands */
async function lockDraft(work: Work, partner: PartnerRow, agreementId: string, version: number): Promise<AgreementRow> {
  const agreement = await lockAgreement(work.tx, partner.id, agreementId);
  if (agreement === undefined) throw noAgreement();
  assertVersion(agreement.version, version);
  if (agreement.signedOn !== null)
    throw new AppError(
      'transition_not_allowed',
      `This agreement was signed on ${agreement.signedOn}; what was signed is not changed. Draft a renewal, or let the partner leave.`,
    );
  return agreement;
}

export function redraftAgreement(
  parts: PartnersParts,
  actor: Actor,
  { id, agreementId }: { id: string; agreementId: string },
  body: Terms & { opId: string; version: number },
): Promise<Recorded> {
  assertDays(body);
  assertWords(parts.words.returns, body.returns, 'returns');
  return onPartner(parts, actor, { verb: 'redraft', id, body, params: { agreementId } }, async (work, partner) => {
    await lockDraft(work, partner, agreementId, body.version);
    const pledges = ((await listPledges(work.tx, [id])).get(id) ?? []).filter((one) => one.agreementId === agreementId);
    if (pledges.some((one) => one.fromDay < body.fromDay || one.toDay > body.toDay))
      throw new AppError(
        'in_use',
        'Some pledges of this draft run outside these days. End them, or choose days that hold them.',
      );
    const { fromDay, toDay, returns, returnWords } = body;
    await saveTerms(work.tx, agreementId, { fromDay, toDay, returns, returnWords });
    return note(work, {
      action: 'partner.redraft',
      subject: { type: 'partner', id },
      district: partner.district,
      data: { agreementId, fromDay, toDay, returns },
    });
  });
}

/** @throws AppError already_exists when another signed agreement holds one of its days */
export function signAgreement(
  parts: PartnersParts,
  actor: Actor,
  { id, agreementId }: { id: string; agreementId: string },
  body: { opId: string; version: number; signedOn: string },
): Promise<Recorded> {
  return onPartner(parts, actor, { verb: 'sign', id, body, params: { agreementId } }, async (work, partner) => {
    assertStays(partner);
    const { fromDay, toDay } = await lockDraft(work, partner, agreementId, body.version);
    if (body.signedOn > dayOf(work.nowMs))
      throw new AppError('bad_input', `signedOn: expected today or earlier, found ${body.signedOn}.`, {
        field: 'signedOn',
      });
    if (await isTaken(work.tx, { partnerId: id, id: agreementId, fromDay, toDay }))
      throw new AppError(
        'already_exists',
        'Another signed agreement of this partner holds some of these days. Change the days of the draft.',
      );
    await saveSigned(work.tx, agreementId, body.signedOn);
    return note(work, {
      action: 'partner.sign',
      subject: { type: 'partner', id },
      district: partner.district,
      data: { agreementId, fromDay, toDay, signedOn: body.signedOn },
      areas: [partner.areaCode],
    });
  });
}

export interface PledgeWish {
  opId: string;
  agreementId: string;
  stationId: string | null;
  resource: string;
  what: string;
  whatEn: string;
  quantity: number;
  unit: string;
  every: PledgeEvery;
  fromDay: string;
  toDay: string;
}

/** @throws AppError bad_input, not_found */
export async function addPledge(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: PledgeWish,
): Promise<Recorded & { id: string }> {
  assertDays(body);
  assertWords(parts.words.resources, [body.resource], 'resource');
  assertWords(parts.words.units, [body.unit], 'unit');
  const station = body.stationId === null ? null : await parts.stations.find(actor, body.stationId, 'station.read');
  return onPartner(parts, actor, { verb: 'pledge', id, body }, async (work, partner) => {
    assertStays(partner);
    const agreement = await lockAgreement(work.tx, id, body.agreementId);
    if (agreement === undefined) throw noAgreement();
    assertWithin(agreement, body);
    const pledgeId = uuidV7(work.nowMs);
    const { opId: _, ...wish } = body;
    const { district } = partner;
    await insertPledges(work.tx, [
      { ...wish, id: pledgeId, partnerId: id, district, byId: actor.accountId, nowMs: work.nowMs },
    ]);
    const line = await note(work, {
      action: 'pledge.add',
      subject: { type: 'pledge', id: pledgeId },
      district,
      data: {
        partnerId: id,
        agreementId: body.agreementId,
        stationId: body.stationId,
        resource: body.resource,
        quantity: body.quantity,
        unit: body.unit,
        every: body.every,
        fromDay: body.fromDay,
        toDay: body.toDay,
      },
      units: station === null ? [] : [station.unitId],
    });
    return { id: pledgeId, ...line };
  });
}

function assertWithin(agreement: AgreementRow, body: PledgeWish): void {
  const last = earlier(agreement.toDay, agreement.endedOn);
  if (body.fromDay < agreement.fromDay || body.toDay > last)
    throw new AppError(
      'bad_input',
      `fromDay, toDay: expected days within the agreement (${agreement.fromDay} to ${last}), found ${body.fromDay} to ${body.toDay}.`,
      { field: body.fromDay < agreement.fromDay ? 'fromDay' : 'toDay' },
    );
  if (periodsOf({ ...body, endedOn: null }).length > 0) return;
  throw new AppError(
    'bad_input',
    `every: the ${daysBetween(body.fromDay, body.toDay) + 1} days hold no whole period, so nothing would be promised. Choose a shorter period, or "once".`,
    { field: 'every' },
  );
}

export function endPledge(
  parts: PartnersParts,
  actor: Actor,
  { id, pledgeId }: { id: string; pledgeId: string },
  body: { opId: string; lastDay: string; words: string },
): Promise<Recorded> {
  return onPartner(parts, actor, { verb: 'end_pledge', id, body, params: { pledgeId } }, async (work, partner) => {
    const pledge = await lockPledge(work.tx, id, pledgeId);
    if (pledge === undefined)
      throw new AppError('not_found', 'There is no such pledge of this partner. Reload the page.');
    assertEndable(pledge, body.lastDay, dayOf(work.nowMs));
    await saveEnded(work.tx, pledgeId, body);
    return note(work, {
      action: 'pledge.end',
      subject: { type: 'pledge', id: pledgeId },
      district: partner.district,
      data: { partnerId: id, lastDay: body.lastDay },
    });
  });
}

/** What was due stays due: a pledge ends yesterday at the earliest, so that today may still be without it. */
function assertEndable(pledge: PledgeRow, lastDay: string, today: string): void {
  const last = earlier(pledge.toDay, pledge.endedOn);
  if (last < today) throw new AppError('transition_not_allowed', `This pledge ended on ${last}. Reload the page.`);
  const first = addDays(today, -1);
  if (lastDay < first || lastDay >= last)
    throw new AppError('bad_input', `lastDay: expected a day from ${first} and before ${last}, found ${lastDay}.`, {
      field: 'lastDay',
    });
}
