import type { partnerRoutes } from '#contract/partners.ts';
import type { Input, Output } from '#contract/route.ts';
import type { PartnerState } from '#contract/partners-words.ts';
import type { Tx } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { seenUnder, stationsById } from './access.ts';
import { ruleOf } from './dictionary.ts';
import { absent, managesPartner, reachesStation, type PartnersParts, type StationFacts } from './parts.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { leading, partnerState } from './rules.ts';
import { masked, openAsked, openContact, phoneIndex } from './sealing.ts';
import { listAgreements, listPledges } from './store-agreement.ts';
import { countWaitingAt, sumDelivered } from './store-delivery.ts';
import { findPartner, listPartners, type PartnerRow, type Seen } from './store-partner.ts';
import { listRatings, sumRatings, type Rated } from './store-rating.ts';
import { toAgreement, toFigure, toPledge, type AgreementView, type PledgeView, type StationNames } from './views.ts';

type Routes = typeof partnerRoutes;
type Row = Output<Routes['list']>['items'][number];

/** How many ratings the detail shows. */
const shownRatings = 60;

export async function readWords(parts: PartnersParts, actor: Actor): Promise<Output<Routes['words']>> {
  const { kinds, resources, units, returns, exits, rules } = parts.words;
  const stations = await parts.stations.listFor(actor, 'station.read');
  return {
    kinds: [...kinds.values()],
    resources: [...resources.values()],
    units: [...units.values()],
    returns: [...returns.values()],
    exits: [...exits.values()],
    rules: [...rules.values()],
    stations: stations.map(({ id, code, name, nameEn }) => ({ id, code, name, nameEn })),
  };
}

/** A partner with what follows from its agreements and pledges today. */
export interface Summed {
  partner: PartnerRow;
  state: PartnerState;
  agreements: AgreementView[];
  pledges: PledgeView[];
  byStations: Rated | undefined;
  byResidents: Rated | undefined;
}

/** The same for many, in five statements. */
export async function sumUp(
  parts: PartnersParts,
  tx: Tx,
  { partners, stations }: { partners: readonly PartnerRow[]; stations: StationNames },
): Promise<Summed[]> {
  const today = dayOf(parts.clock.now());
  const endingDays = ruleOf(parts.words, 'ending_days');
  const ids = partners.map(({ id }) => id);
  const agreements = await listAgreements(tx, ids);
  const pledges = await listPledges(tx, ids);
  const came = await sumDelivered(
    tx,
    [...pledges.values()].flat().map(({ id }) => id),
  );
  const rated = await sumRatings(tx, ids);
  return partners.map((partner) => {
    const own = (agreements.get(partner.id) ?? []).map((row) => toAgreement(row, today, endingDays));
    return {
      partner,
      state: partnerState(partner.exitDay, own, today),
      agreements: own,
      pledges: (pledges.get(partner.id) ?? []).map((row) => toPledge(row, { came: came.get(row.id), stations, today })),
      byStations: rated.get(`${partner.id} station`),
      byResidents: rated.get(`${partner.id} resident`),
    };
  });
}

/** Stations that its living pledges serve: those named, and for the area those of the viewer's that lie in it. */
function stationsOf({ partner, pledges }: Summed, stations: readonly StationFacts[]): string[] {
  const alive = pledges.filter((one) => one.alive);
  const named = alive.flatMap(({ stationId }) => stationId ?? []);
  const all = alive.some(({ stationId }) => stationId === null);
  const inArea = all ? stations.filter(({ path }) => path.includes(partner.areaCode)).map(({ id }) => id) : [];
  return [...new Set([...named, ...inArea])];
}

function toRow(parts: PartnersParts, one: Summed, stations: readonly StationFacts[]): Row {
  const { partner, agreements, pledges } = one;
  const lead = leading(agreements);
  const alive = pledges.filter((pledge) => pledge.alive);
  const runs = lead?.state === 'running' || lead?.state === 'ending';
  return {
    id: partner.id,
    code: partner.code,
    name: partner.name,
    nameEn: partner.nameEn,
    kind: partner.kind,
    areaCode: partner.areaCode,
    areaName: parts.territory.area(partner.areaCode)?.name ?? partner.areaCode,
    state: one.state,
    untilDay: partner.exitDay ?? (runs ? lead.toDay : null),
    daysLeft: runs ? lead.daysLeft : null,
    pledges: alive.length,
    behind: alive.filter(({ behind }) => behind).length,
    waiting: pledges.filter(({ waiting }) => waiting > 0).length,
    asks: [
      ...(agreements.some(({ renewalAsked }) => renewalAsked !== null) ? (['renewal'] as const) : []),
      ...(partner.askedContactAt === null ? [] : (['contact'] as const)),
    ],
    stations: stationsOf(one, stations),
    byStations: toFigure(one.byStations, parts.words),
    byResidents: toFigure(one.byResidents, parts.words),
  };
}

const isPhone = (text: string): boolean => /^[0-9+\- ]{7,20}$/.test(text);

export async function readList(
  parts: PartnersParts,
  actor: Actor,
  { state, kind, station, q }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const seen = await seenUnder(parts, actor, 'station.read');
  const named =
    q === undefined || q === '' ? {} : isPhone(q) ? { phoneIndex: phoneIndex(parts.vault, q) } : { name: q };
  const scope = scopeFor(actor, 'station.read');
  const stations = await stationsById(parts);
  const rows = await parts.database.read(scope, async (tx) =>
    (await sumUp(parts, tx, { partners: await listPartners(tx, seen, { kind, ...named }), stations })).map((one) =>
      toRow(parts, one, seen.stations),
    ),
  );
  const fitting = rows.filter(
    (row) => (state === undefined || row.state === state) && (station === undefined || row.stations.includes(station)),
  );
  return { items: fitting.toSorted((a, b) => a.name.localeCompare(b.name, 'zh')) };
}

/** What waits for somebody: agreements that end soon, pledges behind, requests, deliveries to confirm. */
export async function readToday(parts: PartnersParts, actor: Actor): Promise<Output<Routes['today']>> {
  const { items } = await readList(parts, actor, {});
  const living = items.filter(({ state }) => state === 'running' || state === 'ending');
  const name = ({ id, name: own, nameEn }: Row) => ({ id, name: own, nameEn });
  return {
    running: living.length,
    ending: living
      .filter(({ state }) => state === 'ending')
      .map((row) => ({ ...name(row), daysLeft: row.daysLeft ?? 0 }))
      .toSorted((a, b) => a.daysLeft - b.daysLeft),
    behind: living.filter(({ behind }) => behind > 0).map((row) => ({ ...name(row), pledges: row.behind })),
    asks: items.filter(({ asks }) => asks.length > 0).map(name),
    waiting: await countWaitingFor(parts, actor),
  };
}

async function countWaitingFor(parts: PartnersParts, actor: Actor): Promise<number> {
  const { stationIds } = await seenUnder(parts, actor, 'station.read');
  const scope = scopeFor(actor, 'station.read');
  return parts.database.read(scope, (tx) => countWaitingAt(tx, stationIds));
}

/** One partner. @throws AppError not_found */
export async function readPartner(parts: PartnersParts, actor: Actor, id: string): Promise<Output<Routes['get']>> {
  const seen = await seenUnder(parts, actor, 'station.read');
  const scope = scopeFor(actor, 'station.read');
  const stations = await stationsById(parts);
  return parts.database.read(scope, async (tx) => {
    const partner = await findPartner(tx, seen, id);
    const [one] = partner === undefined ? [] : await sumUp(parts, tx, { partners: [partner], stations });
    if (partner === undefined || one === undefined) throw absent();
    const asked = masked(openAsked(parts.vault, partner));
    return {
      ...toRow(parts, one, seen.stations),
      organisation: partner.organisation,
      creditCode: partner.creditCode,
      contact: masked(openContact(parts.vault, partner)),
      askedContact:
        asked === null || partner.askedContactAt === null
          ? null
          : { ...asked, at: partner.askedContactAt.toISOString() },
      agreements: one.agreements,
      pledgeList: one.pledges,
      ratings: await ratingsOf(tx, { partner, seen, stations, actor }),
      exit: exitOf(partner),
      mayManage: managesPartner(actor, partner),
      version: partner.version,
    };
  });
}

function exitOf({ exitDay, exitBy, exitReason, exitWords }: PartnerRow): Output<Routes['get']>['exit'] {
  if (exitDay === null || exitBy === null || exitReason === null) return null;
  return { day: exitDay, by: exitBy, reason: exitReason, words: exitWords };
}

interface Asking {
  partner: PartnerRow;
  seen: Seen;
  stations: StationNames;
  actor: Actor;
}

/** Words only of those stations that the viewer sees, or of all for whoever manages the partner. */
async function ratingsOf(tx: Tx, { partner, seen, stations, actor }: Asking) {
  const manages = managesPartner(actor, partner);
  const rows = await listRatings(tx, partner.id, shownRatings);
  return rows
    .filter(({ stationId }) => manages || seen.stationIds.includes(stationId))
    .map((row) => {
      const station = stations.get(row.stationId);
      return {
        id: row.id,
        stationId: row.stationId,
        stationName: station?.name ?? '',
        stationNameEn: station?.nameEn ?? '',
        source: row.source,
        stars: row.stars,
        words: row.words,
        hidden: row.hiddenAt !== null,
        quarter: row.quarter,
        day: row.day,
        mayHide: row.words !== '' && station !== undefined && reachesStation(actor, 'station.manage', station),
      };
    });
}
