/** 七务一全 of the demo: what the twelve stations offer, who booked it in ninety days, and what nobody offers. */
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import type { BookingOutcome, BookingState, UnmetKind, UnmetTime } from '#contract/bookings-views.ts';
import type { readBookingWords } from '#server/modules/bookings/dictionary.ts';
import { makeCode } from '#server/modules/bookings/rules.ts';
import { addDays, dayOf, startOf } from '#kit/shanghai-days.ts';
import { slotsOn, type OfferTimes } from '#server/modules/bookings/rules-slots.ts';
import { seededId } from '../ids.ts';
import type { DemoStation } from './make-stations.ts';
import type { Town } from './make-town.ts';
import { makeName } from './person-names.ts';

type Example = ReturnType<typeof readBookingWords>['examples'] extends ReadonlyMap<string, infer E> ? E : never;

export interface DemoOffer extends OfferTimes {
  id: string;
  station: DemoStation;
  example: Example;
  providerUnitId: string | null;
  providerPartnerId: string | null;
  providerWords: string;
}

export interface DemoBooking {
  id: string;
  offer: DemoOffer;
  startMs: number;
  endMs: number;
  seat: number;
  channel: 'web' | 'counter' | 'phone';
  code: string;
  phone: string | null;
  name: string | null;
  state: BookingState;
  outcome: BookingOutcome | null;
  note: string;
  rating: number | null;
  ratingWords: string;
  bookedMs: number;
}

export interface DemoUnmet {
  id: string;
  station: DemoStation;
  area: string | null;
  kind: UnmetKind;
  what: string;
  wanted: UnmetTime;
  atMs: number;
}

export interface DemoBookings {
  offers: DemoOffer[];
  bookings: DemoBooking[];
  unmet: DemoUnmet[];
  /** Looks at full days. */
  full: { offer: DemoOffer; day: string; times: number }[];
}

const pastDays = 90;
const comingDays = 14;
/** Number and name are kept so long (db/data/booking-rules.csv), and the demo keeps to it. */
const keptDays = 30;

/** What each station offers: codes of db/data/service-offers.csv. */
const offered: Readonly<Record<string, readonly string[]>> = {
  chaotianmen: ['legal_advice', 'blood_pressure', 'anti_fraud', 'phone_help'],
  lianglukou: ['legal_advice', 'pension_card', 'tax_return', 'first_aid'],
  huaxinjie: ['shop_opening', 'bank_help', 'legal_video'],
  jiankanglu: ['blood_pressure', 'chronic_care', 'mediation'],
  guojicun: ['chronic_care', 'residence_permit', 'party_move'],
  guihuayuan: ['phone_help', 'low_income', 'first_aid'],
  wangjiapo: ['shop_tax', 'medicine_check', 'bank_help'],
  pipashan: ['legal_advice', 'pension_card', 'party_move'],
  chongqingcun: ['gas_safety', 'mediation', 'blood_pressure'],
  shanxilu: ['residence_permit', 'shop_opening'],
  erfuya: ['anti_fraud', 'medicine_check', 'tax_return'],
  qiaobei: ['pension_card', 'bank_help', 'gas_safety'],
};

const wishes: readonly (readonly [what: string, area: string | null, kind: UnmetKind, wanted: UnmetTime])[] = [
  ['周末法律咨询', 'legal', 'other_hour', 'weekend'],
  ['想要周末的法律咨询', 'legal', 'none_free', 'weekend'],
  ['晚上量血压', 'medical', 'other_hour', 'weekday_evening'],
  ['请问晚上可以量血压吗', 'medical', 'other_hour', 'weekday_evening'],
  ['配老花镜', null, 'no_such', 'any'],
  ['老人配老花镜', null, 'no_such', 'any'],
  ['理发', null, 'no_such', 'weekday_day'],
  ['老人理发', null, 'no_such', 'weekday_day'],
  ['残疾人证办理', 'affairs', 'no_such', 'weekday_day'],
  ['学生暑假托管', null, 'no_such', 'weekday_day'],
  ['房产税费咨询', 'tax', 'none_free', 'weekend'],
  ['电动车充电安全检查', 'safety', 'no_such', 'any'],
];

const notes: Readonly<Record<'again' | 'unsolved', readonly string[]>> = {
  again: ['材料不全，已写清单', '需要家属一起来', '等窗口通知后再来'],
  unsolved: ['不属本地办理', '需要原单位证明，暂时拿不到', '对方不愿到场'],
};
const praises = ['讲得很清楚', '态度好', '等得有点久', '希望周末也有', ''];

export function makeBookings(
  seed: number,
  town: Pick<Town, 'stations' | 'partners' | 'units'>,
  examples: ReadonlyMap<string, Example>,
  nowMs: number,
): DemoBookings {
  const rng = seededRandom(seed);
  const offers = town.stations.flatMap((station) =>
    (offered[station.code] ?? []).map((code) => makeOffer(rng, town, station, getExample(examples, code), nowMs)),
  );
  const bookings = offers.flatMap((offer) => bookOffer(rng, offer, nowMs));
  const full = offers.flatMap((offer) => {
    const times = randomInt(rng, 0, 9);
    return times < 5 ? [] : [{ offer, day: addDays(dayOf(nowMs), -randomInt(rng, 1, 20)), times }];
  });
  return { offers, bookings, full, unmet: makeUnmet(rng, town.stations, nowMs) };
}

function getExample(examples: ReadonlyMap<string, Example>, code: string): Example {
  const example = examples.get(code);
  if (example === undefined) throw new Error(`db/data/service-offers.csv has no example ${code}.`);
  return example;
}

function makeOffer(
  rng: Rng,
  { partners, units }: Pick<Town, 'partners' | 'units'>,
  station: DemoStation,
  example: Example,
  nowMs: number,
): DemoOffer {
  const [kind, of = ''] = example.provider.split(':');
  const street = station.areaCode.slice(0, 9);
  const unit = kind === 'unit' ? units.find((one) => one.roleCode === of && one.areaCode === street) : undefined;
  const partner =
    kind === 'partner'
      ? partners.find((one) => one.kind === of && one.areaCode.slice(0, 6) === street.slice(0, 6))
      : undefined;
  const { weekly, slotMinutes, capacity } = example;
  return {
    id: seededId(rng, nowMs - 200 * 86_400_000),
    station,
    example,
    providerUnitId: unit?.id ?? null,
    providerPartnerId: partner?.id ?? null,
    providerWords:
      unit === undefined && partner === undefined ? (kind === example.provider ? kind : '街道志愿服务队') : '',
    weekly,
    slotMinutes,
    capacity,
    firstDay: addDays(dayOf(nowMs), -200),
    lastDay: null,
  };
}

/** Slots of the hours themselves: the demo's stations are open then. */
function bookOffer(rng: Rng, offer: DemoOffer, nowMs: number): DemoBooking[] {
  const today = dayOf(nowMs);
  const always = [{ fromMs: startOf(addDays(today, -pastDays)), untilMs: startOf(addDays(today, comingDays + 2)) }];
  const made: DemoBooking[] = [];
  const slotsInWeek = offer.weekly.reduce(
    (sum, { fromMinute, untilMinute }) =>
      sum + Math.floor((untilMinute - fromMinute) / offer.slotMinutes) * offer.capacity,
    0,
  );
  // About six bookings a week and offer, fewer where there are few places; the coming days fill as they come near.
  const usual = Math.min(0.8, 6.6 / slotsInWeek);
  for (let n = -pastDays; n <= comingDays; n++)
    for (const slot of slotsOn(offer, addDays(today, n), { open: always, away: [], held: [] }))
      for (let seat = 1; seat <= offer.capacity; seat++) {
        const share = n <= 0 ? usual : usual * (1 - n / (comingDays + 6));
        if (rng() < share) made.push(book(rng, offer, { ...slot, seat }, nowMs));
      }
  return made;
}

interface Place {
  startMs: number;
  endMs: number;
  seat: number;
}

function book(rng: Rng, offer: DemoOffer, { startMs, endMs, seat }: Place, nowMs: number): DemoBooking {
  const bookedMs = Math.min(startMs - randomInt(rng, 2, 24 * 9) * 3_600_000, nowMs - randomInt(rng, 1, 2_000) * 60_000);
  const known = endMs > nowMs - keptDays * 86_400_000;
  const past = endMs <= nowMs;
  const fate = past ? fateOf(rng) : { state: 'booked' as const, outcome: null };
  const isRated = fate.state === 'served' && rng() < 0.35;
  const words = fate.outcome === 'again' || fate.outcome === 'unsolved' ? pickOne(rng, notes[fate.outcome]) : '';
  const roll = rng();
  return {
    id: seededId(rng, bookedMs, randomInt(rng, 0, 0xffff)),
    offer,
    startMs,
    endMs,
    seat,
    channel: roll < 0.6 ? 'web' : roll < 0.85 ? 'counter' : 'phone',
    code: makeCode((below) => randomInt(rng, 0, below - 1)),
    phone: known ? `1990000${String(randomInt(rng, 0, 9999)).padStart(4, '0')}` : null,
    name: known && rng() < 0.4 ? makeName(rng, new Set()) : null,
    ...fate,
    note: words,
    rating: isRated ? pickOne(rng, [5, 5, 5, 4, 4, 3]) : null,
    ratingWords: isRated ? pickOne(rng, praises) : '',
    bookedMs,
  };
}

function fateOf(rng: Rng): { state: BookingState; outcome: BookingOutcome | null } {
  const roll = rng();
  if (roll < 0.08) return { state: 'no_show', outcome: null };
  if (roll < 0.16) return { state: 'cancelled', outcome: null };
  if (roll < 0.18) return { state: 'lapsed', outcome: null };
  const how = rng();
  return { state: 'served', outcome: how < 0.82 ? 'solved' : how < 0.94 ? 'again' : 'unsolved' };
}

function makeUnmet(rng: Rng, stations: readonly DemoStation[], nowMs: number): DemoUnmet[] {
  return stations
    .flatMap((station) =>
      Array.from({ length: randomInt(rng, 3, 7) }, () => {
        const [what, area, kind, wanted] = pickOne(rng, wishes);
        const atMs = nowMs - randomInt(rng, 1, 80 * 24) * 3_600_000;
        return { id: seededId(rng, atMs), station, area, kind, what, wanted, atMs };
      }),
    )
    .toSorted((a, b) => a.atMs - b.atMs);
}
