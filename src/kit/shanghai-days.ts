/** Days of the city's one time zone: Asia/Shanghai, UTC+8 all year. A day is 'YYYY-MM-DD', a moment epoch milliseconds. */

export const dayMs = 86_400_000;
export const shanghaiMs = 8 * 3_600_000;

/** The day of a moment. */
export function dayOf(ms: number): string {
  return new Date(ms + shanghaiMs).toISOString().slice(0, 10);
}

/** The moment at which a day begins. */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - shanghaiMs;
}

/** The day `n` days later; earlier where `n` is negative. */
export function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/** 1 (Monday) to 7. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
