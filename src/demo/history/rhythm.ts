/** When things are reported: by the year, the week and the hour. */
import { randomBetween, type Rng } from '#kit/random.ts';
import type { Season, Topic } from './topic.ts';

const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** Asia/Shanghai. */
export const offsetMs = 8 * hourMs;

/**
 * Share of a day's reports in each local hour, in thousandths, and of a week's on Monday … Sunday: as observed in 5,895
 * public service requests of a large city (NYC Open Data, 311).
 */
const hourShares = [8, 5, 4, 4, 4, 14, 22, 39, 51, 76, 75, 80, 78, 77, 83, 76, 75, 56, 49, 38, 31, 20, 21, 16];
const weekdayShares = [159, 164, 152, 148, 154, 112, 110];

/** The seasons of a hill town between rivers: months (1–12) in which a topic comes up more often. */
const seasonMonths: Record<Season, readonly number[]> = {
  all: [],
  hot: [6, 7, 8, 9],
  rain: [4, 5, 6, 7, 9, 10],
  cold: [11, 12, 1, 2],
};
const inSeason = 2.2;

/** How often a topic comes up in the month of `atMs`, against the others. */
export function weightAt(topic: Topic, atMs: number): number {
  const month = new Date(atMs + offsetMs).getUTCMonth() + 1;
  return topic.weight * (seasonMonths[topic.season].includes(month) ? inSeason : 1);
}

/**
 * Times of `perMonth` reports in the last 30 days, and of the year before, growing slowly as more people take part.
 * In order. The last 30 days hold exactly `perMonth` of them.
 */
export function reportTimes(rng: Rng, nowMs: number, days: number, perMonth: number): number[] {
  const weights = Array.from({ length: days }, (_, k) => dayWeight(rng, nowMs, days - 1 - k, days));
  const lastMonth = weights.slice(-30).reduce((sum, weight) => sum + weight, 0);
  const times: number[] = [];
  let [due, given] = [0, 0];
  // Backwards from now, so that rounding leaves the last 30 days exact.
  for (let daysAgo = 0; daysAgo < days; daysAgo++) {
    due += ((weights[days - 1 - daysAgo] ?? 0) / lastMonth) * perMonth;
    const startMs = nowMs - (daysAgo + 1) * dayMs;
    for (; given < Math.round(due); given++) times.push(timeOfDay(rng, startMs));
  }
  return times.sort((a, b) => a - b);
}

function dayWeight(rng: Rng, nowMs: number, daysAgo: number, days: number): number {
  const weekday = (new Date(nowMs + offsetMs - daysAgo * dayMs).getUTCDay() + 6) % 7;
  const growth = 1 - 0.2 * (daysAgo / days);
  return (weekdayShares[weekday] ?? 140) * growth * randomBetween(rng, 0.8, 1.2);
}

/** An instant in the 24 hours from `startMs`, in the usual rhythm of local hours. */
function timeOfDay(rng: Rng, startMs: number): number {
  const firstHour = Math.floor((startMs + offsetMs) / hourMs);
  const shares = Array.from({ length: 24 }, (_, k) => hourShares[(firstHour + k) % 24] ?? 0);
  let rest = rng() * shares.reduce((sum, share) => sum + share, 0);
  const hour = shares.findIndex((share) => (rest -= share) < 0);
  const atMs = (firstHour + Math.max(0, hour)) * hourMs - offsetMs + Math.floor(rng() * hourMs);
  return Math.min(Math.max(atMs, startMs), startMs + dayMs - 1);
}

/** The local hour, 0–23. */
export function hourOf(atMs: number): number {
  return new Date(atMs + offsetMs).getUTCHours();
}
