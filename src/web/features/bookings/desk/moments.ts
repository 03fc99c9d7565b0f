const shanghaiMs = 8 * 3_600_000;

/** YYYY-MM-DD in Shanghai. */
export function dayIn(at: string | number): string {
  return new Date(new Date(at).getTime() + shanghaiMs).toISOString().slice(0, 10);
}

/** HH:MM in Shanghai. */
export function clockIn(iso: string): string {
  return new Date(Date.parse(iso) + shanghaiMs).toISOString().slice(11, 16);
}

export function dayAfter(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}

/** The Monday of the coming week. */
export function mondayAfter(nowMs: number): string {
  const today = dayIn(nowMs);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay() || 7;
  return dayAfter(today, 8 - weekday);
}
