/** A year of partners at the stations: agreements, pledges, what came, how it was rated. Follows from the town, the seed and the day. */
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { addDays, dayMs, dayOf, daysBetween } from '#kit/shanghai-days.ts';
import { quarterOf } from '#server/modules/partners/rules-days.ts';
import { periodsOf } from '#server/modules/partners/rules-due.ts';
import { creditCheck } from '#server/modules/partners/rules.ts';
import { seededId } from '../ids.ts';
import type { DemoPartner, DemoStation } from './make-stations.ts';
import { demoSeed, foundedMs, type Town } from './make-town.ts';
import { praise, promisesOf, standingOf, wishes, type DemoPromise, type DemoStanding } from './partner-words.ts';
import { makeName } from './person-names.ts';

const hourMs = 3_600_000;
/** 09:00 in Shanghai. */
const morningMs = hourMs;
const creditLetters = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export interface DemoPledge extends DemoPromise {
  id: string;
  agreementId: string;
  partnerId: string;
  district: string;
  stationId: string | null;
  fromDay: string;
  toDay: string;
}

export interface DemoAgreement {
  id: string;
  partnerId: string;
  district: string;
  fromDay: string;
  toDay: string;
  returns: string[];
  renews: string | null;
  signedOn: string | null;
  askedRenewalAt: Date | null;
}

export interface DemoDelivery {
  id: string;
  partnerId: string;
  pledgeId: string;
  stationId: string;
  district: string;
  day: string;
  quantity: number;
  unit: string;
  source: 'station' | 'partner' | 'activity';
  /** The activity it came with. */
  sourceId: string | null;
  state: 'waiting' | 'confirmed' | 'refused';
  refusedWords: string;
  notedAt: Date;
  notedBy: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
}

export interface DemoRating {
  id: string;
  partnerId: string;
  stationId: string;
  district: string;
  source: 'station' | 'resident';
  stars: number;
  words: string;
  quarter: string | null;
  day: string;
  /** What a browser would have kept. */
  browserKey: string | null;
  at: Date;
  accountId: string | null;
}

export interface Partnering {
  facts: { id: string; organisation: string; creditCode: string; contactName: string; contactPhone: string }[];
  agreements: DemoAgreement[];
  pledges: DemoPledge[];
  deliveries: DemoDelivery[];
  ratings: DemoRating[];
}

interface Making {
  rng: Rng;
  town: Town;
  nowMs: number;
  today: string;
  made: Partnering;
  order: number;
  /** By unit: the head, and the counter. */
  heads: ReadonlyMap<string, string>;
  counters: ReadonlyMap<string, string>;
}

export function makePartnering(town: Town, nowMs: number): Partnering {
  const byUnit = (role: string) =>
    new Map(
      town.people.flatMap(({ id, appointment }) =>
        appointment?.role === role ? [[appointment.unitId, id] as const] : [],
      ),
    );
  const made: Partnering = { facts: [], agreements: [], pledges: [], deliveries: [], ratings: [] };
  const making: Making = {
    rng: seededRandom(demoSeed + 71),
    town,
    nowMs,
    today: dayOf(nowMs),
    made,
    order: 0,
    heads: byUnit('station_head'),
    counters: byUnit('volunteer'),
  };
  const taken = new Set<string>();
  town.partners.forEach((partner, k) => {
    addFacts(making, partner, { k, taken });
    const agreements = addAgreements(making, partner, standingOf(partner.code));
    const pledges = agreements.flatMap((agreement) => addPledges(making, partner, agreement));
    for (const pledge of pledges) deliver(making, partner, pledge);
    rate(making, partner, pledges);
  });
  return made;
}

function nextId(making: Making, atMs: number): string {
  making.order = (making.order + 1) % 65_000;
  return seededId(making.rng, atMs, making.order);
}

function addFacts(
  { rng, made }: Making,
  { id, name, kind }: DemoPartner,
  { k, taken }: { k: number; taken: Set<string> },
): void {
  const body = `91500103MADEM${String(1000 + k * 37)}`;
  made.facts.push({
    id,
    organisation: `重庆${name.replace(/公司$/, '')}${registered[kind] ?? ''}`,
    creditCode: body + (creditLetters[creditCheck(body)] ?? '0'),
    contactName: makeName(rng, taken),
    contactPhone: `109${String(((k + 1) * 7_654_321) % 100_000_000).padStart(8, '0')}`,
  });
}

/** How such organisations are registered. */
const registered: Readonly<Record<string, string>> = {
  pharmacy: '有限公司',
  shop: '有限公司',
  bank: '股份有限公司',
  operator: '有限公司',
  property: '管理有限公司',
  logistics: '有限公司',
};

const returnsOf = [
  'name_board',
  'page_named',
  'display_corner',
  'hold_activities',
  'staff_rest',
  'volunteer_record',
  'commendation',
];

function addAgreements(making: Making, partner: DemoPartner, standing: DemoStanding): DemoAgreement[] {
  const { made, today, nowMs, rng } = making;
  const district = partner.areaCode.slice(0, 6);
  const fromDay = addDays(today, standing.from);
  const returns = [...new Set(['name_board', pickOne(rng, returnsOf), pickOne(rng, returnsOf)])];
  const current: DemoAgreement = {
    id: nextId(making, Date.parse(fromDay)),
    partnerId: partner.id,
    district,
    fromDay,
    toDay: addDays(today, standing.to),
    returns,
    renews: null,
    signedOn: addDays(fromDay, -9),
    askedRenewalAt: standing.asksRenewal === true ? new Date(nowMs - 2 * dayMs) : null,
  };
  if (standing.renewed !== true) {
    made.agreements.push(current);
    return [current];
  }
  const before: DemoAgreement = {
    ...current,
    id: nextId(making, Date.parse(fromDay) - 365 * dayMs),
    fromDay: addDays(fromDay, -365),
    toDay: addDays(fromDay, -1),
    signedOn: addDays(fromDay, -372),
  };
  const renewal = { ...current, renews: before.id };
  made.agreements.push(before, renewal);
  return [before, renewal];
}

function addPledges(making: Making, partner: DemoPartner, agreement: DemoAgreement): DemoPledge[] {
  const pledges = promisesOf(partner.code).flatMap((promise) => {
    const at = promise.at.length === 0 ? [null] : promise.at;
    return at.map((code): DemoPledge => {
      const station = code === null ? null : stationOf(making, code);
      return {
        ...promise,
        id: nextId(making, foundedMs),
        agreementId: agreement.id,
        partnerId: partner.id,
        district: agreement.district,
        stationId: station?.id ?? null,
        fromDay: agreement.fromDay,
        toDay: agreement.toDay,
      };
    });
  });
  making.made.pledges.push(...pledges);
  return pledges;
}

function stationOf({ town }: Making, code: string): DemoStation {
  const station = town.stations.find((one) => one.code === code);
  if (station === undefined) throw new Error(`The demo has no station ${code} for a pledge.`);
  return station;
}

/** Each period brings what was promised, more or less; what is fresh still waits for the head. */
function deliver(making: Making, partner: DemoPartner, pledge: DemoPledge): void {
  const { rng, today } = making;
  const { kept } = standingOf(partner.code);
  const places = placesOf(making, partner, pledge);
  if (places.length === 0) return;
  for (const period of periodsOf({ ...pledge, endedOn: null })) {
    if (period.fromDay > today) return;
    const share = kept >= 1 ? kept : rng() < kept ? 1 : 0;
    const quantity = Math.round(pledge.quantity * share * (rng() < 0.1 ? 1.1 : 1));
    if (quantity === 0) continue;
    const long = daysBetween(period.fromDay, period.toDay);
    const day = addDays(period.fromDay, randomInt(rng, 0, Math.max(0, long - 1)));
    if (day <= today) addDelivery(making, { pledge, station: pickOne(rng, places), day, quantity });
  }
}

function placesOf({ town }: Making, { areaCode }: DemoPartner, { stationId }: DemoPledge): DemoStation[] {
  return town.stations.filter(({ id, path }) => (stationId === null ? path.includes(areaCode) : id === stationId));
}

interface Came {
  pledge: DemoPledge;
  station: DemoStation;
  day: string;
  quantity: number;
}

function addDelivery(making: Making, { pledge, station, day, quantity }: Came): void {
  const { rng, made, today, nowMs, heads, counters } = making;
  const byPartner = rng() < 0.35;
  const isRefused = byPartner && rng() < 0.03;
  const notedMs = Math.min(nowMs - hourMs, Date.parse(day) + morningMs + randomInt(rng, 0, 9) * hourMs);
  // What the partner said in the last days still waits.
  const isWaiting = byPartner && day >= addDays(today, -3);
  const decidedMs = Math.min(nowMs - hourMs / 2, notedMs + (byPartner ? randomInt(rng, 4, 40) * hourMs : 0));
  made.deliveries.push({
    id: nextId(making, notedMs),
    partnerId: pledge.partnerId,
    pledgeId: pledge.id,
    stationId: station.id,
    district: station.areaCode.slice(0, 6),
    day,
    quantity,
    unit: pledge.unit,
    source: byPartner ? 'partner' : 'station',
    sourceId: null,
    state: isWaiting ? 'waiting' : isRefused ? 'refused' : 'confirmed',
    refusedWords: !isWaiting && isRefused ? '当天没有收到，请与驿站核对' : '',
    notedAt: new Date(notedMs),
    notedBy: byPartner ? null : (counters.get(station.unitId) ?? null),
    decidedAt: isWaiting ? null : new Date(decidedMs),
    decidedBy: isWaiting ? null : (heads.get(station.unitId) ?? null),
  });
}

/** Stations once a quarter, residents now and then: some partners have few, so that "too few for an average" is seen. */
function rate(making: Making, partner: DemoPartner, pledges: readonly DemoPledge[]): void {
  const { rng, town, today } = making;
  const good = standingOf(partner.code).kept >= 0.9;
  const stationIds = new Set(pledges.flatMap(({ stationId }) => stationId ?? []));
  const stations = town.stations.filter(({ id }) => stationIds.has(id));
  const last = addDays(today, Math.min(-1, standingOf(partner.code).to));
  const first = addDays(today, standingOf(partner.code).from);
  const seen = new Set<string>();
  for (const station of stations)
    for (let back = 0; back < 365; back += 30) {
      const day = addDays(last, -back);
      const quarter = quarterOf(day);
      if (day < first || seen.has(`${station.id} ${quarter}`)) continue;
      seen.add(`${station.id} ${quarter}`);
      addRating(making, { partner, station, day, quarter, good });
    }
  const people = partner.code === 'huaxin-market' ? 3 : randomInt(rng, 12, 70);
  for (let k = 0; k < people && stations.length > 0; k++) {
    const day = addDays(last, -randomInt(rng, 0, 300));
    if (day >= first) addRating(making, { partner, station: pickOne(rng, stations), day, quarter: null, good });
  }
}

interface Rated {
  partner: DemoPartner;
  station: DemoStation;
  day: string;
  quarter: string | null;
  good: boolean;
}

function addRating(making: Making, { partner, station, day, quarter, good }: Rated): void {
  const { rng, made, heads } = making;
  const stars = rng() < (good ? 0.85 : 0.5) ? randomInt(rng, 4, 5) : randomInt(rng, 2, 4);
  const atMs = Date.parse(day) + randomInt(rng, 1, 12) * hourMs;
  made.ratings.push({
    id: nextId(making, atMs),
    partnerId: partner.id,
    stationId: station.id,
    district: station.areaCode.slice(0, 6),
    source: quarter === null ? 'resident' : 'station',
    stars,
    words: rng() < 0.3 ? pickOne(rng, stars >= 4 ? praise : wishes) : '',
    quarter,
    day,
    browserKey: quarter === null ? nextId(making, atMs) : null,
    at: new Date(atMs),
    accountId: quarter === null ? null : (heads.get(station.unitId) ?? null),
  });
}
