import type { SameWords } from '#web/i18n/area.ts';
import type { bookingsPublicZh } from '#web/i18n/zh/bookings-public.ts';
import type { Language } from '#web/i18n/language.ts';

export type PublicWords = SameWords<typeof bookingsPublicZh>;

const shanghaiMs = 8 * 3_600_000;

/** The other language where this one has no words. */
export function inLanguage(lang: Language, zh: string, en: string): string {
  return lang === 'en' && en !== '' ? en : zh;
}

/** YYYY-MM-DD in Shanghai. */
export function dayOf(iso: string | number): string {
  return new Date(new Date(iso).getTime() + shanghaiMs).toISOString().slice(0, 10);
}

/** HH:MM in Shanghai. */
export function clockOf(iso: string): string {
  return new Date(Date.parse(iso) + shanghaiMs).toISOString().slice(11, 16);
}

/** 今天, 明天, 6月16日 周二. */
export function dayWords(t: PublicWords, day: string, nowMs: number): string {
  if (day === dayOf(nowMs)) return t.today;
  if (day === dayOf(nowMs + 86_400_000)) return t.tomorrow;
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
  return `${dayWords(t, dayOf(iso), nowMs)} ${clockOf(iso)}`;
}
