import { clockOf, dayIn } from '#web/i18n/local-time.ts';
import type { textOf } from '#web/i18n/area.ts';
import { inLanguage, type Language } from '#web/i18n/language.ts';
import type { stationsPublic } from '#web/i18n/stations-public.ts';
import type { Opening } from './api.ts';
import type { Standing } from './standing.ts';

type Words = ReturnType<typeof textOf<(typeof stationsPublic)['zh']>>;

/** 今天 22:00, 明天 08:30, 8月5日 08:30. */
export function whenWords(t: Words, iso: string, nowMs: number, lang: Language): string {
  const day = dayIn(iso);
  if (day === dayIn(nowMs)) return t.state.today(clockOf(iso));
  if (day === dayIn(nowMs + 86_400_000)) return t.state.tomorrow(clockOf(iso));
  const date = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone: 'Asia/Shanghai',
    month: lang === 'zh' ? 'long' : 'short',
    day: 'numeric',
  });
  return `${date.format(new Date(iso))} ${clockOf(iso)}`;
}

/** One line on how it stands: open until when, or when it opens. */
export function standingWords(t: Words, standing: Standing, nowMs: number, lang: Language): string {
  if (standing.state === 'unknown') return t.state.unknown;
  if (standing.state === 'closed')
    return standing.opens === null ? t.state.longClosed : t.state.opens(whenWords(t, standing.opens, nowMs, lang));
  if (standing.until === null) return t.state.always;
  const sameDay = dayIn(standing.until) === dayIn(nowMs);
  return t.state.until(sameDay ? clockOf(standing.until) : whenWords(t, standing.until, nowMs, lang));
}

/** Why it is open longer than usual, or not as usual; '' when it is as usual. */
export function whyWords(t: Words, opening: Opening | null, lang: Language): string {
  if (opening === null) return '';
  const { extended } = opening;
  if (extended !== null) {
    const colour = t.colours[extended.colour as keyof Words['colours']] ?? extended.colour;
    const name = inLanguage(lang, extended.warningName, extended.warningNameEn);
    return t.extended(name, colour, clockOf(extended.usualUntil));
  }
  return inLanguage(lang, opening.reason, opening.reasonEn);
}

export type StationWords = Words;
