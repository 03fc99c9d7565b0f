/** Volunteers of the demo's stations, ninety days of shifts and two weeks ahead, with gaps. Follows from town, seed and clock. */
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { seededId } from '../ids.ts';
import type { DemoPartner, DemoStation } from './make-stations.ts';
import { foundedMs } from './make-town.ts';
import { makeName } from './person-names.ts';

export interface DemoVolunteer {
  id: string;
  station: DemoStation;
  name: string;
  phone: string;
  createdMs: number;
}

export interface DemoShift {
  id: string;
  station: DemoStation;
  post: string;
  day: string;
  startMs: number;
  endMs: number;
  needed: number;
  most: number;
  partnerId: string | null;
  partnerPlaces: number;
  openTaken: number;
  partnerTaken: number;
}

export interface DemoSignUp {
  id: string;
  shift: DemoShift;
  volunteerId: string;
  place: 'open' | 'partner';
  signedMs: number;
  arrivedMs: number | null;
  leftMs: number | null;
  presence: 'came' | 'absent' | null;
  /** Of the head who confirmed. */
  confirmedBy: string | null;
  confirmedMs: number | null;
}

export interface DemoPattern {
  id: string;
  stationId: string;
  post: string;
  weekdays: number[];
  startMinute: number;
  minutes: number;
  needed: number;
  most: number;
  partnerId: string | null;
  partnerPlaces: number;
  sort: number;
}

export interface DemoVolunteers {
  people: DemoVolunteer[];
  patterns: DemoPattern[];
  shifts: DemoShift[];
  signUps: DemoSignUp[];
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const offsetMs = 8 * 3_600_000;
const pastDays = 90;
const aheadDays = 14;
const perStation = 14;
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const weekend = [6, 7];

const week = [
  { post: 'guide', weekdays: everyDay, startMinute: 540, minutes: 180, needed: 1, most: 2 },
  { post: 'counter', weekdays: everyDay, startMinute: 840, minutes: 180, needed: 1, most: 2 },
  { post: 'first_aid', weekdays: weekend, startMinute: 540, minutes: 180, needed: 1, most: 1 },
  { post: 'guide', weekdays: weekend, startMinute: 840, minutes: 180, needed: 2, most: 4 },
] as const;

interface Making {
  rng: Rng;
  nowMs: number;
  made: DemoVolunteers;
  /** Account of the head by station. */
  heads: ReadonlyMap<string, string>;
}

export function makeVolunteers(
  seed: number,
  town: {
    stations: readonly DemoStation[];
    partners: readonly DemoPartner[];
    people: readonly { id: string; appointment: { unitId: string; role: string } | null }[];
  },
  nowMs: number,
): DemoVolunteers {
  const heads = new Map(
    town.people.flatMap(({ id, appointment }) =>
      appointment?.role === 'station_head' ? [[appointment.unitId, id] as const] : [],
    ),
  );
  const making: Making = {
    rng: seededRandom(seed),
    nowMs,
    heads,
    made: { people: [], patterns: [], shifts: [], signUps: [] },
  };
  const taken = new Set<string>();
  const school = town.partners.find(({ kind }) => kind === 'school');
  for (const [k, station] of town.stations.entries()) {
    const own = Array.from({ length: perStation }, () => addPerson(making, station, taken));
    const places = k < 3 && school !== undefined ? { partnerId: school.id, partnerPlaces: 2 } : noPartner;
    for (const [sort, one] of week.entries())
      making.made.patterns.push({
        ...one,
        ...(one.most === 4 ? places : noPartner),
        id: seededId(making.rng, foundedMs, k * week.length + sort),
        stationId: station.id,
        weekdays: [...one.weekdays],
        sort,
      });
    fillStation(making, station, own);
  }
  return making.made;
}

const noPartner = { partnerId: null, partnerPlaces: 0 };

function addPerson({ rng, made, nowMs }: Making, station: DemoStation, taken: Set<string>): DemoVolunteer {
  const createdMs = nowMs - randomInt(rng, pastDays + 1, 500) * dayMs;
  const person = {
    id: seededId(rng, createdMs, made.people.length),
    station,
    name: makeName(rng, taken),
    phone: `199${String(randomInt(rng, 0, 99_999_999)).padStart(8, '0')}`,
    createdMs,
  };
  made.people.push(person);
  return person;
}

function fillStation(making: Making, station: DemoStation, own: readonly DemoVolunteer[]): void {
  const today = Math.floor((making.nowMs + offsetMs) / dayMs);
  const patterns = making.made.patterns.filter(({ stationId }) => stationId === station.id);
  for (let k = today - pastDays; k <= today + aheadDays; k++) {
    const startMs = k * dayMs - offsetMs;
    const weekday = new Date(k * dayMs).getUTCDay() || 7;
    const busy = new Map<number, Set<string>>();
    for (const pattern of patterns.filter(({ weekdays }) => weekdays.includes(weekday))) {
      const there = busy.get(pattern.startMinute) ?? new Set<string>();
      busy.set(pattern.startMinute, there);
      addShift(making, station, { pattern, startMs, own, there, ahead: k - today });
    }
  }
}

interface Filling {
  pattern: DemoPattern;
  startMs: number;
  own: readonly DemoVolunteer[];
  there: Set<string>;
  ahead: number;
}

function addShift(making: Making, station: DemoStation, { pattern, startMs, own, there, ahead }: Filling): void {
  const { rng, made } = making;
  const from = startMs + pattern.startMinute * minuteMs;
  const { post, needed, most, partnerId, partnerPlaces } = pattern;
  const shift: DemoShift = {
    id: seededId(rng, Math.min(from, making.nowMs), made.shifts.length % 60_000),
    station,
    post,
    day: new Date(startMs + offsetMs).toISOString().slice(0, 10),
    startMs: from,
    endMs: from + pattern.minutes * minuteMs,
    needed,
    most,
    partnerId,
    partnerPlaces,
    openTaken: 0,
    partnerTaken: 0,
  };
  made.shifts.push(shift);
  // The nearer the day, the fuller; a week ahead much is open still, and gaps remain to the last.
  const likely = ahead <= 0 ? 0.93 : Math.max(0.12, 0.85 - ahead * 0.09);
  const open = most - partnerPlaces;
  for (let k = 0; k < most; k++) {
    const place = k < partnerPlaces ? ('partner' as const) : ('open' as const);
    const wanted = k - partnerPlaces < needed ? likely : likely / 3;
    if (rng() > wanted || (place === 'open' && shift.openTaken >= open)) continue;
    const free = own.filter(({ id }) => !there.has(id));
    if (free.length === 0) continue;
    const { id } = pickOne(rng, free);
    there.add(id);
    if (place === 'open') shift.openTaken++;
    else shift.partnerTaken++;
    made.signUps.push(signUp(making, shift, { volunteerId: id, place }));
  }
}

function signUp(
  { rng, made, nowMs, heads }: Making,
  shift: DemoShift,
  who: { volunteerId: string; place: 'open' | 'partner' },
): DemoSignUp {
  const signedMs = Math.min(nowMs, shift.startMs) - randomInt(rng, 1, 9) * dayMs;
  const one: DemoSignUp = {
    ...who,
    id: seededId(rng, signedMs, made.signUps.length % 60_000),
    shift,
    signedMs,
    arrivedMs: null,
    leftMs: null,
    presence: null,
    confirmedBy: null,
    confirmedMs: null,
  };
  const arrivedMs = shift.startMs + randomInt(rng, -12, 14) * minuteMs;
  const leftMs = shift.endMs + randomInt(rng, -20, 25) * minuteMs;
  const forgotten = rng() < 0.06 && shift.endMs > nowMs - 3 * dayMs;
  const absent = rng() < 0.04;
  if (arrivedMs > nowMs || forgotten) return one;
  if (leftMs > nowMs) return absent ? one : { ...one, arrivedMs };
  const confirmed = { confirmedBy: heads.get(shift.station.unitId) ?? null, confirmedMs: leftMs };
  if (confirmed.confirmedBy === null) return one;
  if (absent) return { ...one, ...confirmed, presence: 'absent' };
  return { ...one, ...confirmed, presence: 'came', arrivedMs, leftMs };
}
