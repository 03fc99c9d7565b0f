/** Days and minutes as plain numbers. A "day number" counts local days since 1970-01-01, which is day 0 (a Thursday). */
export const MINUTE_MS = 60_000;
export const DAY_MINUTES = 1_440;
const DAY_MS = DAY_MINUTES * MINUTE_MS;

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Day number of a date written 'YYYY-MM-DD'; undefined when it is not written so or is no real date (2026-02-30). */
export function findDayNumber(isoDate: string): number | undefined {
  const match = ISO_DATE.exec(isoDate);
  if (!match) return undefined;
  const day = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / DAY_MS;
  return toIsoDate(day) === isoDate ? day : undefined;
}

/** 'YYYY-MM-DD' of a day number. */
export function toIsoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Local day number holding an instant (epoch ms), for a zone `offsetMinutes` east of UTC. */
export function dayAt(instantMs: number, offsetMinutes: number): number {
  return Math.floor((instantMs + offsetMinutes * MINUTE_MS) / DAY_MS);
}

/** The instant (epoch ms) at which a local day begins. */
export function dayStartMs(day: number, offsetMinutes: number): number {
  return day * DAY_MS - offsetMinutes * MINUTE_MS;
}

/** Weekday of a day number: 0 = Monday … 6 = Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
