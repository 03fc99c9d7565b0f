import { clockOf, dayIn } from '#web/i18n/local-time.ts';
import type { SameWords } from '#web/i18n/area.ts';
import { formatTime } from '#web/i18n/format.ts';
import { inLanguage, type Language } from '#web/i18n/language.ts';
import type { stations } from '#web/i18n/stations.ts';
import type { StationDetail } from './queries.ts';

export type Words = SameWords<(typeof stations)['zh']>;

/** The clock alone on the day of `beside` (today where none is given), else with its date. */
export function shortTime(iso: string, beside: string | number = Date.now()): string {
  return dayIn(iso) === dayIn(beside) ? clockOf(iso) : formatTime(iso);
}

/** Open until when, or when it opens. */
export function standingWords(t: Words, { open, until }: StationDetail['standing']): string {
  if (open) return until === null ? t.always : t.until(shortTime(until));
  return until === null ? t.longClosed : t.opens(shortTime(until));
}

/** Why it is not as usual; '' when it is. */
export function whyWords(t: Words, { opening, closedFor, open }: StationDetail['standing'], lang: Language): string {
  if (!open && closedFor !== null) return inLanguage(lang, closedFor.reason, closedFor.reasonEn);
  if (opening === null) return '';
  if (open && opening.extended !== null) {
    const { warningName, warningNameEn, usualUntil } = opening.extended;
    return t.extended(inLanguage(lang, warningName, warningNameEn), shortTime(usualUntil));
  }
  return open ? inLanguage(lang, opening.reason, opening.reasonEn) : '';
}
