import type { SameWords } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import type { Language } from '#web/i18n/language.ts';
import type { stations } from '#web/i18n/stations.ts';
import type { StationDetail } from './queries.ts';

export type Words = SameWords<(typeof stations)['zh']>;

/** Of two texts the one in the reader's language, where there is one. */
export function inLanguage(lang: Language, zh: string, en: string): string {
  return lang === 'en' && en !== '' ? en : zh;
}

/** Open until when, or when it opens. */
export function standingWords(t: Words, { open, until }: StationDetail['standing']): string {
  if (open) return until === null ? t.always : t.until(formatTime(until));
  return until === null ? t.longClosed : t.opens(formatTime(until));
}

/** Why it is not as usual; '' when it is. */
export function whyWords(t: Words, { opening, closedFor, open }: StationDetail['standing'], lang: Language): string {
  if (!open && closedFor !== null) return inLanguage(lang, closedFor.reason, closedFor.reasonEn);
  if (opening === null) return '';
  if (open && opening.extended !== null) {
    const { warningName, warningNameEn, usualUntil } = opening.extended;
    return t.extended(inLanguage(lang, warningName, warningNameEn), formatTime(usualUntil));
  }
  return open ? inLanguage(lang, opening.reason, opening.reasonEn) : '';
}
