/** Days are YYYY-MM-DD in Asia/Shanghai (UTC+8, no summer time). */

/** The same day `n` months later; the last of the month where there is none. */
export function addMonths(day: string, n: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + n, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
    .toISOString()
    .slice(0, 10);
}

/** Such as 2026Q3. */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

export function earlier(a: string, b: string | null): string {
  return b !== null && b < a ? b : a;
}
