/** Times of day as people in a control room type them: 07:12, by Shanghai's clock, which knows no summer time. */
const shanghaiMs = 8 * 3_600_000;
const dayMs = 86_400_000;
const minuteMs = 60_000;
/** A clock may run this far ahead of ours before a typed time counts as yesterday's. */
const aheadMs = 5 * minuteMs;

/** Epoch milliseconds → "07:12". */
export function toClock(ms: number): string {
  return new Date(ms + shanghaiMs).toISOString().slice(11, 16);
}

/** Whether two moments lie on one day of Shanghai's calendar. */
export function isSameDay(a: number, b: number): boolean {
  return Math.floor((a + shanghaiMs) / dayMs) === Math.floor((b + shanghaiMs) / dayMs);
}

/**
 * "07:12", "7:12" or "0712" → the latest such moment not after `nowMs` (five minutes' grace), as ISO 8601; undefined when
 * it is no time of day.
 */
export function fromClock(text: string, nowMs: number): string | undefined {
  const found = /^\s*(\d{1,2})[:：]?(\d{2})\s*$/.exec(text);
  if (found === null) return undefined;
  const hours = Number(found[1]);
  const minutes = Number(found[2]);
  if (hours > 23 || minutes > 59) return undefined;
  const midnight = Math.floor((nowMs + shanghaiMs) / dayMs) * dayMs - shanghaiMs;
  const today = midnight + (hours * 60 + minutes) * minuteMs;
  return new Date(today > nowMs + aheadMs ? today - dayMs : today).toISOString();
}
