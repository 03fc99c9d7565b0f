/** One value per hour, as a mean over that hour. `atMs`: epoch milliseconds of the hour's beginning. */
export interface HourValue {
  atMs: number;
  value: number;
}

/** How far a value lies from what is usual at its hour of the week. */
export interface SeasonScore {
  /** Robust z: about a standard deviation each where values spread normally; 0 is usual, negative is below. */
  z: number;
  median: number;
  /** Median absolute deviation of the history, in the unit of the values. */
  mad: number;
  /** Weeks the history holds. */
  weeks: number;
}

const hourMs = 3_600_000;
const weekHours = 168;

/** 0 (Monday 00:00) to 167 (Sunday 23:00) at the place whose clocks are `offsetMinutes` ahead of UTC. */
export function hourOfWeek(atMs: number, offsetMinutes: number): number {
  const hours = Math.floor((atMs + offsetMinutes * 60_000) / hourMs);
  return (((hours + 3 * 24) % weekHours) + weekHours) % weekHours; // 1970-01-01 was a Thursday
}

/** The middle value; the mean of the two middle ones where their number is even. @throws RangeError when there is none */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('median: expected at least one value, found none.');
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
}

/**
 * Scores a value against the same hour of the weeks before it (median and MAD, so that a few strange weeks do not count).
 * `history` may hold any hours: only those of the same hour of the week, before the value, are looked at. `floor` (> 0, in
 * the unit of the values) is the least spread assumed, so that a series that never moved does not alarm at a whisper.
 * Undefined with fewer than `minWeeks` weeks of history.
 */
export function seasonScore(
  now: HourValue,
  history: readonly HourValue[],
  { offsetMinutes, minWeeks, floor }: { offsetMinutes: number; minWeeks: number; floor: number },
): SeasonScore | undefined {
  const hour = hourOfWeek(now.atMs, offsetMinutes);
  const same = history.filter((one) => one.atMs < now.atMs && hourOfWeek(one.atMs, offsetMinutes) === hour);
  if (same.length < minWeeks) return undefined;
  const middle = median(same.map((one) => one.value));
  const mad = median(same.map((one) => Math.abs(one.value - middle)));
  const spread = Math.max(1.4826 * mad, floor); // 1.4826: MAD of a normal distribution → its standard deviation
  return { z: (now.value - middle) / spread, median: middle, mad, weeks: same.length };
}
