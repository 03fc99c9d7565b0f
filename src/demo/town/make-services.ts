/** What the stations gave from their first day to now, and what they announced: records as the counter makes them. */
import { dayAt, dayStartMs, findDayNumber, weekdayOf } from '#engine/worktime/days.ts';
import { SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import { pickOne, randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { seededId } from '../ids.ts';
import type { DemoPartner, DemoStation } from './make-stations.ts';
import { demoSeed, type Town } from './make-town.ts';
import { weatherOf, type DemoWeather } from './make-weather.ts';
import { stationFacts } from './station-facts.ts';
import { busyness, givenKinds, heldKinds, hourShare, visitorsThere } from './service-words.ts';

export interface DemoService {
  id: string;
  station: DemoStation;
  activityId: string | null;
  partnerId: string | null;
  kind: string;
  persons: number;
  visitor: string | null;
  atMs: number;
  weather: string | null;
  serious: boolean;
  accountId: string | null;
}

export interface DemoActivity {
  id: string;
  station: DemoStation;
  partnerId: string | null;
  /** What the partner keeps of its word with this. */
  pledgeId: string | null;
  kind: string;
  title: string;
  startsMs: number;
  endsMs: number;
  places: number | null;
  state: 'planned' | 'held' | 'cancelled';
  reason: string;
  createdMs: number;
  accountId: string | null;
}

export interface DemoServices {
  services: DemoService[];
  activities: DemoActivity[];
}

/** Records of a day at a station of middling busyness; about so many days ahead are announced. */
const perDay = 3.8;
const announcedDays = 16;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const startOf = (day: number): number => dayStartMs(day, SHANGHAI_OFFSET_MINUTES);

type People = Pick<Town, 'stations' | 'partners' | 'people'>;

interface Making {
  rng: Rng;
  made: DemoServices;
  station: DemoStation;
  partners: readonly DemoPartner[];
  headId: string | null;
  counterId: string | null;
  nowMs: number;
}

/** Everything up to `nowMs`, in order of time for each station; the same seed and now give the same rows. */
export function makeServices({ stations, partners, people }: People, nowMs: number): DemoServices {
  const made: DemoServices = { services: [], activities: [] };
  for (const [k, station] of stations.entries()) {
    const staff = people.filter(({ appointment }) => appointment?.unitId === station.unitId);
    const idOf = (role: string) => staff.find(({ appointment }) => appointment?.role === role)?.id ?? null;
    const making: Making = {
      rng: seededRandom(demoSeed + 300 + k),
      made,
      station,
      partners: partners.filter(({ areaCode }) => station.path.includes(areaCode)),
      headId: idOf('station_head'),
      counterId: idOf('volunteer'),
      nowMs,
    };
    const today = dayAt(nowMs, SHANGHAI_OFFSET_MINUTES);
    for (let day = findDayNumber(station.openedOn) ?? today; day <= today + announcedDays; day++) {
      const weather = day <= today ? weatherOf(day) : null;
      if (day <= today) giveAll(making, day, weather);
      announce(making, day, weather);
    }
  }
  return made;
}

/** Whole number around a mean, at least none. */
function around(rng: Rng, mean: number): number {
  return Math.max(0, Math.round(mean * (0.55 + 0.9 * rng())));
}

function weighted<T>(rng: Rng, items: readonly (readonly [item: T, weight: number])[]): T {
  let left = rng() * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) if ((left -= weight) < 0) return item;
  const last = items.at(-1);
  if (last === undefined) throw new Error('Nothing to choose from.');
  return last[0];
}

function giveAll(making: Making, day: number, weather: DemoWeather | null): void {
  const { rng, station } = making;
  const weekend = weekdayOf(day) > 4;
  const share =
    (busyness[station.code] ?? 1) * (weekend ? 1.25 : 1) * (weather?.word.startsWith('rain') === true ? 0.7 : 1);
  const count = around(rng, perDay * share * (weather?.word.startsWith('heat') === true ? 1.4 : 1));
  const shares = hourShare[weekend ? 'weekend' : 'week'].flatMap((often, hour) => {
    const open = openIn(station.code, day, hour);
    return open === null ? [] : [[{ hour, open }, often * ((open[1] - open[0]) / 60)] as const];
  });
  if (shares.length === 0) return;
  for (let k = 0; k < count; k++) {
    const { hour, open } = weighted(rng, shares);
    const atMs = startOf(day) + randomInt(rng, open[0], open[1] - 1) * minuteMs;
    if (atMs < making.nowMs) give(making, atMs, runningAt(weather, hour));
  }
}

/** The minutes of a day within an hour in which a station is usually open; null: in none. */
function openIn(code: string, day: number, hour: number): [from: number, until: number] | null {
  const facts = stationFacts[code];
  const weekday = weekdayOf(day);
  const spans = weekday < 5 ? facts?.weekday : weekday === 6 ? (facts?.sunday ?? facts?.weekend) : facts?.weekend;
  const found = spans?.find(([from, until]) => from < hour * 60 + 60 && until > hour * 60);
  return found === undefined ? null : [Math.max(found[0], hour * 60), Math.min(found[1], hour * 60 + 60)];
}

const runningAt = (weather: DemoWeather | null, hour: number): string | null =>
  weather !== null && weather.fromHour <= hour && hour < weather.toHour ? weather.word : null;

function give({ rng, made, station, partners, counterId }: Making, atMs: number, weather: string | null): void {
  const hot = weather?.startsWith('heat') === true;
  const [kind, , most] = weighted(
    rng,
    givenKinds.map((one) => [one, hot ? one[1] * one[3] : one[1]] as const),
  );
  const told = rng() < 0.36;
  const there = visitorsThere[station.code === 'chaotianmen' || station.code === 'pipashan' ? 'sights' : 'homes'];
  const partner = kind === 'medicine' ? partners.find((one) => one.kind === 'pharmacy') : undefined;
  made.services.push({
    id: seededId(rng, atMs, made.services.length % 65_536),
    station,
    activityId: null,
    partnerId: partner !== undefined && rng() < 0.6 ? partner.id : null,
    kind,
    persons: randomInt(rng, 1, hot ? most : Math.max(1, Math.ceil(most * 0.8))),
    visitor: told ? weighted(rng, there) : null,
    atMs,
    weather,
    serious: kind === 'first_aid' && rng() < 0.15,
    accountId: counterId,
  });
}

/** Two or three a week: in the week for those at home, on Saturday for everybody. */
function announce(making: Making, day: number, weather: DemoWeather | null): void {
  const { rng, made, station, partners, nowMs } = making;
  const often = [0.06, 0.24, 0.54, 0.24, 0.18, 0.72, 0.26][weekdayOf(day)] ?? 0;
  if (rng() > often) return;
  const month = new Date(day * 86_400_000).getUTCMonth() + 1;
  const fitting = heldKinds.filter(({ kind }) => kind !== 'cool_drink' || (month >= 6 && month <= 9));
  const { kind, titles, partner, most, minutes } = pickOne(rng, fitting);
  const startHour = pickOne(rng, [9.5, 10, 14, 14.5, 15]);
  if (openIn(station.code, day, Math.floor(startHour)) === null) return;
  const startsMs = startOf(day) + startHour * hourMs;
  const endsMs = startsMs + Math.min(minutes, 180) * minuteMs;
  const rained = weather?.word.startsWith('rain') === true && rng() < 0.45;
  const over = endsMs < nowMs;
  const activity: DemoActivity = {
    id: seededId(rng, startsMs - 9 * 24 * hourMs, made.activities.length % 65_536),
    station,
    partnerId: partners.find((one) => one.kind === partner)?.id ?? null,
    pledgeId: null,
    kind,
    title: pickOne(rng, titles),
    startsMs,
    endsMs,
    places: kind === 'phone_class' || kind === 'reading' ? most : null,
    state: rained ? 'cancelled' : over ? 'held' : 'planned',
    reason: rained ? '当天有暴雨预警，改期另告' : '',
    createdMs: Math.min(startsMs - 9 * 24 * hourMs, nowMs - hourMs),
    accountId: making.headId,
  };
  if (activity.state === 'planned' && startsMs < nowMs) return;
  made.activities.push(activity);
  if (activity.state === 'held') countHeads(making, activity, most, weather);
}

function countHeads(
  { rng, made, headId }: Making,
  activity: DemoActivity,
  most: number,
  weather: DemoWeather | null,
): void {
  const atMs = activity.endsMs - 10 * minuteMs;
  const hour = Math.floor(((atMs + 8 * hourMs) % 86_400_000) / hourMs);
  made.services.push({
    id: seededId(rng, atMs, made.services.length % 65_536),
    station: activity.station,
    activityId: activity.id,
    partnerId: activity.partnerId,
    kind: 'activity',
    persons: randomInt(rng, Math.ceil(most * 0.35), most),
    visitor: null,
    atMs,
    weather: runningAt(weather, hour),
    serious: false,
    accountId: headId,
  });
}
