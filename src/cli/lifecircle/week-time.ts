import type { OpenSpan } from '#server/modules/facilities/index.ts';
import { UsageError } from '../command.ts';

/** A moment of the week. */
export interface WeekTime {
  /** 1 Monday … 7 Sunday. */
  weekday: number;
  /** Minutes after midnight, 0 to 1439. */
  minute: number;
}

const chinese = ['一', '二', '三', '四', '五', '六', '日'];
const english = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** '周三 22:00', '星期三22:00', 'Wed 22:00' or '3 22:00' (1 Monday … 7 Sunday). @throws UsageError */
export function readWeekTime(text: string): WeekTime {
  const found = /^\s*(?:周|星期|礼拜)?\s*(\p{L}+\.?\s*|[1-7]\s+)(\d{1,2})[:：](\d{2})\s*$/u.exec(text);
  const weekday = found === null ? 0 : weekdayOf((found[1] ?? '').replace('.', '').trim());
  const minute = Number(found?.[2]) * 60 + Number(found?.[3]);
  if (weekday === 0 || !(minute >= 0 && minute < 1440) || Number(found?.[3]) > 59)
    throw new UsageError(
      `--at expects a day of the week and a time such as "周三 22:00" or "Wed 22:00", found "${text}".`,
    );
  return { weekday, minute };
}

function weekdayOf(word: string): number {
  if (/^[1-7]$/.test(word)) return Number(word);
  if (word === '天') return 7;
  return chinese.indexOf(word) + 1 || english.indexOf(word.slice(0, 2).toLowerCase()) + 1;
}

/**
 * Opening hours as OpenStreetMap writes them, where they are plain: '24/7', 'Mo-Fr 08:00-18:00; Sa 09:00-12:00',
 * '08:00-22:00', '周一至周五' is not. Null where they say more than days and hours (holidays, seasons, 'off'): not known.
 */
export function readHours(text: string): OpenSpan[] | null {
  const whole = text.trim();
  if (whole === '') return null;
  if (whole === '24/7') return [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }];
  const spans: OpenSpan[] = [];
  for (const rule of whole.split(';').map((part) => part.trim())) {
    if (rule === '') continue;
    const found =
      /^((?:[A-Z][a-z](?:-[A-Z][a-z])?(?:\s*,\s*)?)*)\s*((?:\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}(?:\s*,\s*)?)+)$/.exec(
        rule,
      );
    const days = found === null ? null : daysOf(found[1] ?? '');
    if (found === null || days === null) return null;
    // A later rule for a day takes the place of an earlier one.
    for (const span of spans) span.days = span.days.filter((day) => !days.includes(day));
    for (const part of (found[2] ?? '').split(',')) {
      const [from = '', to = ''] = part.split('-').map((time) => time.trim().padStart(5, '0'));
      if (from > '23:59' || to > '24:00') return null;
      spans.push({ days: [...days], from, to: to === '00:00' ? '24:00' : to });
    }
  }
  return spans.filter(({ days }) => days.length > 0);
}

function daysOf(text: string): number[] | null {
  if (text.trim() === '') return [1, 2, 3, 4, 5, 6, 7];
  const days: number[] = [];
  for (const part of text.split(',').map((word) => word.trim())) {
    const [first = '', last = first] = part.split('-');
    const [from, to] = [english.indexOf(first.toLowerCase()) + 1, english.indexOf(last.toLowerCase()) + 1];
    if (from === 0 || to === 0) return null;
    for (let day = from; ; day = (day % 7) + 1) {
      days.push(day);
      if (day === to) break;
    }
  }
  return days;
}
