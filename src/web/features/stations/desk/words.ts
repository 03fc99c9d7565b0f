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

const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' });

/** The clock alone on the day of `beside` (today where none is given), else with its date. */
export function shortTime(iso: string, beside: string | number = Date.now()): string {
  const [then, day] = [new Date(iso), dayOf.format(new Date(beside))];
  return dayOf.format(then) === day ? clock.format(then) : formatTime(iso);
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
