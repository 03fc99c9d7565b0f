import { clockOf, dayIn } from '#web/i18n/local-time.ts';
import type { SameWords } from '#web/i18n/area.ts';
import type { bookingsPublicZh } from '#web/i18n/zh/bookings-public.ts';

export type PublicWords = SameWords<typeof bookingsPublicZh>;

/** 今天, 明天, 6月16日 周二. */
export function dayWords(t: PublicWords, day: string, nowMs: number): string {
  if (day === dayIn(nowMs)) return t.today;
  if (day === dayIn(nowMs + 86_400_000)) return t.tomorrow;
  return `${shortDay(day)} ${weekdayWords(t, day)}`;
}

/** 6/16: the same in both languages, and narrow. */
export function shortDay(day: string): string {
  return `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`;
}

export function weekdayWords(t: PublicWords, day: string): string {
  const { d1, d2, d3, d4, d5, d6, d7 } = t.weekdays;
  return [d7, d1, d2, d3, d4, d5, d6][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
}

/** 明天 14:30. */
export function momentWords(t: PublicWords, iso: string, nowMs: number): string {
  return `${dayWords(t, dayIn(iso), nowMs)} ${clockOf(iso)}`;
}
