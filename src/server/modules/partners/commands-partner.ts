import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { onPartner, seenUnder } from './access.ts';
import {
  absent,
  assertVersion,
  assertWords,
  managesPartner,
  note,
  run,
  type PartnersParts,
  type Recorded,
} from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { isCreditCode } from './rules.ts';
import { openAsked, openContact, partnerSecret, sealContact, type Contact } from './sealing.ts';
import { saveAskedRenewal, listAgreements } from './store-agreement.ts';
import {
  findPartner,
  insertPartner,
  saveContact,
  saveExit,
  saveFacts,
  saveLink,
  type PartnerFacts,
} from './store-partner.ts';

type FactsWish = Omit<PartnerFacts, 'creditCode'> & { creditCode: string | null };

/** @throws AppError bad_input */
function checkFacts({ words }: PartnersParts, wish: FactsWish): PartnerFacts {
  assertWords(words.kinds, [wish.kind], 'kind');
  const creditCode = wish.creditCode === null || wish.creditCode === '' ? null : wish.creditCode.toUpperCase();
  if (creditCode !== null && !isCreditCode(creditCode))
    throw new AppError(
      'bad_input',
      'creditCode: expected the 18 characters of a unified social credit code whose last one fits the others; this one does not. Check it against the licence, or leave it empty.',
      { field: 'creditCode' },
    );
  const { name, nameEn, kind, organisation } = wish;
  return { name, nameEn, kind, organisation, creditCode };
}

/** @throws AppError not_found for an area that is not the actor's */
export function addPartner(
  parts: PartnersParts,
  actor: Actor,
  body: FactsWish & { opId: string; areaCode: string; contact: Contact | null },
): Promise<Recorded & { id: string }> {
  const facts = checkFacts(parts, body);
  return run(parts, actor, { verb: 'add', word: 'partner.manage', body }, async (work) => {
    const area = parts.territory.area(body.areaCode);
    if (area === undefined || !managesPartner(actor, area))
      throw new AppError(
        'not_found',
        `areaCode: expected an area you answer for, found ${body.areaCode}. Choose one of the list.`,
        { field: 'areaCode' },
      );
    const id = uuidV7(work.nowMs);
    await insertPartner(work.tx, {
      id,
      code: `p-${id}`,
      areaCode: area.code,
      path: area.path,
      district: districtOf(area.path),
      facts,
      contact: body.contact === null ? null : sealContact(parts.vault, body.contact),
      secretHash: digestSecret(partnerSecret(parts.vault, { id, linkRound: 1 })),
      nowMs: work.nowMs,
    });
    const line = await note(work, {
      action: 'partner.add',
      subject: { type: 'partner', id },
      district: districtOf(area.path),
      data: { kind: facts.kind, areaCode: area.code, contact: body.contact !== null },
      areas: [area.code],
    });
    return { id, ...line };
  });
}

export function editPartner(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: FactsWish & { opId: string; version: number; contact: Contact | null },
): Promise<Recorded> {
  const facts = checkFacts(parts, body);
  return onPartner(parts, actor, { verb: 'edit', id, body }, async (work, partner) => {
    assertVersion(partner.version, body.version);
    await saveFacts(work.tx, id, facts, body.contact === null ? null : sealContact(parts.vault, body.contact));
    return note(work, {
      action: 'partner.edit',
      subject: { type: 'partner', id },
      district: partner.district,
      data: { kind: facts.kind, contact: body.contact !== null },
      areas: [partner.areaCode],
    });
  });
}

/**
 * The person who answers for a partner, in the clear; the look and its purpose are recorded. For those who manage the partner
 * or are head of a station that it serves.
 */
export async function revealContact(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: { opId: string; purpose: string },
): Promise<Contact & { ledgerId: string }> {
  const served = await seenUnder(parts, actor, 'station.manage');
  const seen = { ...served, areas: [...served.areas, ...scopeFor(actor, 'partner.manage').areas] };
  // The contact itself stays out of the answers that are kept for repetition.
  const line = await run(parts, actor, { verb: 'reveal', word: 'station.read', body, params: { id } }, async (work) => {
    const partner = await findPartner(work.tx, seen, id);
    if (partner === undefined) throw absent();
    return note(work, { action: 'partner.reveal', subject: { type: 'partner', id }, district: partner.district });
  });
  const scope = scopeFor(actor, 'station.read');
  const partner = await parts.database.read(scope, (tx) => findPartner(tx, seen, id));
  const contact = partner === undefined ? null : openContact(parts.vault, partner);
  if (contact === null) throw new AppError('not_found', 'This partner has no contact on record. Enter one first.');
  return { ...contact, ledgerId: line.ledgerId };
}

/** The partner's own link; a new one ends the one before. */
export async function tellLink(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: { opId: string; renew: boolean },
): Promise<Recorded & { path: string }> {
  const { round, ...line } = await onPartner(parts, actor, { verb: 'link', id, body }, async (work, partner) => {
    const linkRound = partner.linkRound + (body.renew ? 1 : 0);
    // Partners that came from elsewhere have none yet.
    await saveLink(work.tx, id, {
      round: linkRound,
      secretHash: digestSecret(partnerSecret(parts.vault, { id, linkRound })),
    });
    const told = await note(work, {
      action: 'partner.link',
      subject: { type: 'partner', id },
      district: partner.district,
      data: { renew: body.renew },
    });
    return { ...told, round: linkRound };
  });
  return { ...line, path: `/p/${partnerSecret(parts.vault, { id, linkRound: round })}` };
}

export interface ExitWish {
  opId: string;
  version: number;
  by: 'partner' | 'street';
  reason: string;
  words: string;
  lastDay: string;
}

/** @throws AppError bad_input, transition_not_allowed, version_conflict */
export function exitPartner(parts: PartnersParts, actor: Actor, id: string, body: ExitWish): Promise<Recorded> {
  assertWords(parts.words.exits, [body.reason], 'reason');
  return onPartner(parts, actor, { verb: 'exit', id, body }, async (work, partner) => {
    assertVersion(partner.version, body.version);
    if (partner.exitDay !== null)
      throw new AppError(
        'transition_not_allowed',
        `This partner leaves on ${partner.exitDay} already. Reload the page.`,
      );
    const today = dayOf(work.nowMs);
    if (body.lastDay < today)
      throw new AppError('bad_input', `lastDay: expected today (${today}) or later, found ${body.lastDay}.`, {
        field: 'lastDay',
      });
    const ended = await saveExit(work.tx, id, {
      day: body.lastDay,
      by: body.by,
      reason: body.reason,
      words: body.words,
      accountId: actor.accountId,
      nowMs: work.nowMs,
    });
    return note(work, {
      action: 'partner.exit',
      subject: { type: 'partner', id },
      district: partner.district,
      data: { by: body.by, reason: body.reason, lastDay: body.lastDay, ...ended },
      areas: [partner.areaCode],
    });
  });
}

/** Renewal: yes means that it is being seen to (a draft follows), no that it is not. Contact: yes puts the new one in place. */
export function answerAsk(
  parts: PartnersParts,
  actor: Actor,
  id: string,
  body: { opId: string; what: 'renewal' | 'contact'; accept: boolean },
): Promise<Recorded> {
  return onPartner(parts, actor, { verb: 'answer_ask', id, body }, async (work, partner) => {
    if (body.what === 'contact') {
      const asked = openAsked(parts.vault, partner);
      if (asked === null) throw nothingAsked();
      await saveContact(work.tx, id, body.accept ? sealContact(parts.vault, asked) : null);
    } else {
      const agreements = (await listAgreements(work.tx, [id])).get(id) ?? [];
      const asked = agreements.filter(({ askedRenewalAt }) => askedRenewalAt !== null);
      if (asked.length === 0) throw nothingAsked();
      for (const one of asked) await saveAskedRenewal(work.tx, one.id, null);
    }
    return note(work, {
      action: 'partner.answer_ask',
      subject: { type: 'partner', id },
      district: partner.district,
      data: { what: body.what, accept: body.accept },
    });
  });
}

const nothingAsked = (): AppError =>
  new AppError(
    'transition_not_allowed',
    'Nothing of the kind is asked for now; somebody may have answered. Reload the page.',
  );
