/** Hours as the form edits them and pages tell them. */
import type { facilities } from '#web/i18n/facilities.ts';
import type { SameWords } from '#web/i18n/area.ts';
import type { Hours } from './queries.ts';

type Words = SameWords<(typeof facilities)['zh']>['hours'];

/** '周一至周五 08:00至18:00', one for each line; day and night in words. */
export function hoursInWords(hours: Hours, t: Words, lang: 'zh' | 'en'): string[] {
  return hours.map(({ days, from, to }) => {
    const isAlways = from === '00:00' && to === '24:00';
    const until = to <= from ? `${t.next}${lang === 'en' ? ' ' : ''}${to}` : to;
    return `${daysInWords(days, t)} ${isAlways ? t.always : `${from}–${until}`}`;
  });
}

/** A run of three days and more by its ends, others one by one. */
function daysInWords(given: readonly number[], t: Words): string {
  const days = given.toSorted((a, b) => a - b);
  if (days.length === 7) return t.daily;
  const name = (day: number): string => t.dayNames[day - 1] ?? '';
  const [first, last] = [days[0] ?? 1, days.at(-1) ?? 7];
  if (days.length > 2 && last - first === days.length - 1) return t.toNames(name(first), name(last));
  return days.map(name).join(t.between);
}
