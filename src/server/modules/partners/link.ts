import type { partnerLinkRoutes } from '#contract/partners-public.ts';
import type { Handlers, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { servesArea } from './access.ts';
import { unitOf } from './commands-delivery.ts';
import { ruleOf } from './dictionary.ts';
import type { PartnersParts, Recorded, StationFacts } from './parts.ts';
import { sumUp, type Summed } from './queries.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { leading } from './rules.ts';
import { masked, openContact, sealAsked } from './sealing.ts';
import { listAgreements, lockAgreement, lockPledge, saveAskedRenewal } from './store-agreement.ts';
import { countWaiting, insertDelivery, listDeliveries } from './store-delivery.ts';
import { findBySecret, saveAskedContact, type PartnerRow } from './store-partner.ts';
import { toAgreement, type PledgeView } from './views.ts';

/** Behind a partner's own link: the secret is the permission, and it opens this one partner only. */

type Routes = typeof partnerLinkRoutes;
type View = Output<Routes['view']>;

/** How many deliveries the page shows. */
const shown = 60;

/** @throws AppError not_found, link_ended */
async function hold(tx: Tx, secret: string, lock = false): Promise<PartnerRow> {
  const partner = await findBySecret(tx, digestSecret(secret), lock);
  if (partner === undefined)
    throw new AppError(
      'not_found',
      'This link opens nothing. Check that the whole link was copied, or ask for a new one.',
    );
  return partner;
}

/** @throws AppError link_ended after the last day: the page may still be read, nothing more is said on it */
function assertHere(partner: PartnerRow, today: string): void {
  if (partner.exitDay === null || today <= partner.exitDay) return;
  throw new AppError('link_ended', `Your partnership ended on ${partner.exitDay}. Thank you for what you did.`);
}

interface Line {
  action: string;
  district: string;
  data?: Record<string, unknown>;
  audience: readonly string[];
}

function act(
  parts: PartnersParts,
  secret: string,
  { verb, body }: { verb: string; body: { opId: string } },
  work: (tx: Tx, partner: PartnerRow, nowMs: number) => Promise<Line>,
): Promise<Recorded> {
  const actor = digestSecret(secret).toString('hex').slice(0, 32);
  // The secret itself is in no request that is kept.
  const op = { opId: body.opId, actor, route: `partner.link_${verb}`, request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const partner = await hold(tx, secret, true);
    assertHere(partner, dayOf(nowMs));
    const line = await work(tx, partner, nowMs);
    const ledgerId = await append(tx, {
      ...line,
      actor: { kind: 'link', accountId: null },
      subject: { type: 'partner', id: partner.id },
      atMs: nowMs,
      opId: body.opId,
    });
    return { at: new Date(nowMs).toISOString(), ledgerId };
  });
}

export function partnerLinkHandlers(parts: PartnersParts): Handlers<Routes, unknown> {
  return {
    view: ({ params }) => readPage(parts, params.secret),
    claim: ({ params, body }) =>
      act(parts, params.secret, { verb: 'claim', body }, (tx, partner, nowMs) =>
        claim(parts, { tx, partner, nowMs }, body),
      ),
    askRenewal: ({ params, body }) =>
      act(parts, params.secret, { verb: 'renewal', body }, (tx, partner, nowMs) =>
        askRenewal(parts, { tx, partner, nowMs }, body.words),
      ),
    askContact: ({ params, body }) =>
      act(parts, params.secret, { verb: 'contact', body }, async (tx, partner, nowMs) => {
        await saveAskedContact(tx, partner.id, { ...sealAsked(parts.vault, body), nowMs });
        return { action: 'partner.contact_ask', district: partner.district, audience: [`a:${partner.areaCode}`] };
      }),
  };
}

interface Said {
  tx: Tx;
  partner: PartnerRow;
  nowMs: number;
}

/** "We delivered": it waits for the head of the station; a partner never confirms its own. @throws AppError bad_input, too_many_requests */
async function claim(
  parts: PartnersParts,
  { tx, partner, nowMs }: Said,
  body: { pledgeId: string; stationId: string; quantity: number; day: string },
): Promise<Line> {
  const today = dayOf(nowMs);
  const first = addDays(today, -ruleOf(parts.words, 'claim_back_days'));
  if (body.day < first)
    throw new AppError(
      'bad_input',
      `day: expected ${first} or later, found ${body.day}. Ask the station to note older ones.`,
      {
        field: 'day',
      },
    );
  const most = ruleOf(parts.words, 'open_claims');
  if ((await countWaiting(tx, partner.id)) >= most)
    throw new AppError(
      'too_many_requests',
      `${most} deliveries of yours wait to be confirmed. Ask the station to look at them first.`,
    );
  const station = (await parts.stations.listStations(tx)).find(
    ({ id, closedOn }) => id === body.stationId && closedOn === null,
  );
  if (station === undefined)
    throw new AppError('bad_input', 'stationId: expected a station of the list. Reload the page.', {
      field: 'stationId',
    });
  const pledge = await lockPledge(tx, partner.id, body.pledgeId);
  const unit = unitOf({ partner, pledge, station }, { ...body, what: '' }, today);
  const id = uuidV7(nowMs);
  await insertDelivery(tx, {
    id,
    partnerId: partner.id,
    pledgeId: body.pledgeId,
    stationId: station.id,
    district: station.district,
    day: body.day,
    what: '',
    quantity: body.quantity,
    unit,
    sourceType: 'partner',
    sourceId: null,
    state: 'waiting',
    notedMs: nowMs,
    notedBy: null,
    decidedBy: null,
  });
  return {
    action: 'partner.claim',
    district: station.district,
    data: {
      deliveryId: id,
      pledgeId: body.pledgeId,
      stationId: station.id,
      quantity: body.quantity,
      unit,
      day: body.day,
    },
    audience: [`u:${station.unitId}`],
  };
}

/** @throws AppError transition_not_allowed */
async function askRenewal(parts: PartnersParts, { tx, partner, nowMs }: Said, words: string): Promise<Line> {
  const today = dayOf(nowMs);
  const rows = (await listAgreements(tx, [partner.id])).get(partner.id) ?? [];
  const lead = leading(rows.map((row) => toAgreement(row, today, ruleOf(parts.words, 'ending_days'))));
  if (lead === undefined || !mayRenew(lead.state, partner) || rows.some(({ renews }) => renews === lead.id))
    throw new AppError('transition_not_allowed', 'There is no agreement that could be renewed now. Ask the street.');
  await lockAgreement(tx, partner.id, lead.id);
  await saveAskedRenewal(tx, lead.id, { words, nowMs });
  return {
    action: 'partner.renewal_ask',
    district: partner.district,
    data: { agreementId: lead.id, day: lead.toDay },
    audience: [`a:${partner.areaCode}`],
  };
}

function mayRenew(state: string, { exitDay }: PartnerRow): boolean {
  return exitDay === null && (state === 'running' || state === 'ending' || state === 'ended');
}

async function readPage(parts: PartnersParts, secret: string): Promise<View> {
  return parts.database.read(systemScope, async (tx) => {
    const partner = await hold(tx, secret);
    const all = await parts.stations.listStations(tx);
    const byId = new Map(all.map((station) => [station.id, station]));
    const [one] = await sumUp(parts, tx, { partners: [partner], stations: byId });
    if (one === undefined) throw new Error('A partner without its own summary.');
    const stations = all.filter(({ closedOn }) => closedOn === null);
    return {
      name: partner.name,
      nameEn: partner.nameEn,
      areaName: parts.territory.area(partner.areaCode)?.name ?? '',
      state: one.state,
      contact: masked(openContact(parts.vault, partner)),
      contactAskedAt: partner.askedContactAt?.toISOString() ?? null,
      agreement: agreementOf(parts, one),
      pledges: one.pledges
        .filter(({ alive, due, delivered }) => alive || due > 0 || delivered > 0)
        .map((pledge) => toPledgeRow(parts, pledge, one, stations)),
      deliveries: await deliveriesOf(parts, tx, partner, byId),
      backDays: ruleOf(parts.words, 'claim_back_days'),
      today: dayOf(parts.clock.now()),
    };
  });
}

const named = (words: ReadonlyMap<string, { name: string; nameEn: string }>, code: string) => {
  const { name, nameEn } = words.get(code) ?? { name: code, nameEn: code };
  return { name, nameEn };
};

function agreementOf({ words }: PartnersParts, { partner, agreements }: Summed): View['agreement'] {
  const lead = leading(agreements);
  if (lead === undefined || lead.state === 'draft') return null;
  return {
    id: lead.id,
    fromDay: lead.fromDay,
    toDay: lead.toDay,
    state: lead.state,
    daysLeft: lead.daysLeft,
    returns: lead.returns.map((code) => named(words.returns, code)),
    returnWords: lead.returnWords,
    renewalAskedAt: lead.renewalAsked?.at ?? null,
    mayAskRenewal:
      mayRenew(lead.state, partner) &&
      lead.renewalAsked === null &&
      agreements.every(({ renews }) => renews !== lead.id),
  };
}

function toPledgeRow(
  { words }: PartnersParts,
  pledge: PledgeView,
  { partner }: Summed,
  stations: readonly StationFacts[],
): View['pledges'][number] {
  const to = stations.filter((one) =>
    pledge.stationId === null ? servesArea(partner, one) : one.id === pledge.stationId,
  );
  return {
    id: pledge.id,
    name: pledge.what,
    nameEn: pledge.whatEn,
    resource: named(words.resources, pledge.resource),
    unit: named(words.units, pledge.unit),
    quantity: pledge.quantity,
    every: pledge.every,
    toDay: pledge.endedOn ?? pledge.toDay,
    due: pledge.due,
    delivered: pledge.delivered,
    waiting: pledge.waiting,
    alive: pledge.alive,
    stations: to.map(({ id, code, name, nameEn }) => ({ id, code, name, nameEn })),
  };
}

async function deliveriesOf(
  { words }: PartnersParts,
  tx: Tx,
  partner: PartnerRow,
  stations: ReadonlyMap<string, StationFacts>,
): Promise<View['deliveries']> {
  const rows = await listDeliveries(tx, { partnerId: partner.id, limit: shown });
  return rows.map((row) => {
    const station = stations.get(row.stationId);
    return {
      id: row.id,
      name: row.what,
      nameEn: row.whatEn,
      day: row.day,
      station: { name: station?.name ?? '', nameEn: station?.nameEn ?? '' },
      quantity: row.quantity,
      saidQuantity: row.saidQuantity,
      unit: named(words.units, row.unit),
      source: row.sourceType,
      state: row.state,
      refusedWords: row.refusedWords,
    };
  });
}
