/** Which days a brief tells of, and when a schedule is due. Pure; days are 'YYYY-MM-DD' in Asia/Shanghai. */
import type { Calendar } from '#engine/worktime/calendar.ts';
import { findDayNumber } from '#engine/worktime/days.ts';
import { hoursOn, indexOf } from '#engine/worktime/work-index.ts';
import { AppError } from '#kit/errors.ts';
import { addDays, dayOf, daysBetween, shanghaiMs, weekdayOf } from '#kit/shanghai-days.ts';

export interface Days {
  first: string;
  last: string;
}

export type TimedKind = 'daily' | 'weekly' | 'monthly';

/** The day, week (Monday to Sunday) or month that holds a day. */
export function daysOf(kind: TimedKind, day: string): Days {
  if (kind === 'daily') return { first: day, last: day };
  if (kind === 'weekly') {
    const first = addDays(day, 1 - weekdayOf(day));
    return { first, last: addDays(first, 6) };
  }
  const first = `${day.slice(0, 7)}-01`;
  const next = addDays(first, 31).slice(0, 7);
  return { first, last: addDays(`${next}-01`, -1) };
}

/** The days just before, as many; of a month the month before. */
export function daysBefore(kind: TimedKind | 'special', { first, last }: Days): Days {
  const before = addDays(first, -1);
  if (kind === 'monthly') return daysOf('monthly', before);
  const length = daysBetween(first, last);
  return { first: addDays(before, -length), last: before };
}

/** @throws AppError bad_input for days that are not over, or too many */
export function assertOver({ first, last }: Days, today: string, most: number): void {
  if (last >= today)
    throw new AppError('bad_input', `day: expected days that are over, up to ${addDays(today, -1)}; found ${last}.`, {
      field: 'day',
    });
  if (first > last || addDays(first, most - 1) < last)
    throw new AppError('bad_input', `to: expected 1 to ${most} days from ${first} on, found ${first} to ${last}.`, {
      field: 'to',
    });
}

export function isWorkday(calendar: Calendar, day: string): boolean {
  const number = findDayNumber(day);
  return number !== undefined && hoursOn(indexOf(calendar), number).length > 0;
}

export interface ScheduleRule {
  kind: TimedKind;
  atMinute: number;
  workdaysOnly: boolean;
  /** The last day its last draft told of. */
  lastDay: string | null;
}

/** The days a schedule is due to tell of now; undefined: nothing is due. */
export function dueDays(rule: ScheduleRule, nowMs: number, calendar: Calendar): Days | undefined {
  const today = dayOf(nowMs);
  const minute = Math.floor(((nowMs + shanghaiMs) % 86_400_000) / 60_000);
  if (minute < rule.atMinute) return undefined;
  if (rule.workdaysOnly && !isWorkday(calendar, today)) return undefined;
  const days = rule.kind === 'daily' ? sinceWork(rule, today, calendar) : lastWhole(rule.kind, today);
  return rule.lastDay !== null && rule.lastDay >= days.last ? undefined : days;
}

const lastWhole = (kind: 'weekly' | 'monthly', today: string): Days =>
  daysOf(kind, addDays(daysOf(kind, today).first, -1));

/** Yesterday; after days of rest, they and the working day before them: what happened meanwhile is not lost. */
function sinceWork({ workdaysOnly }: ScheduleRule, today: string, calendar: Calendar): Days {
  const last = addDays(today, -1);
  let first = last;
  for (let back = 0; workdaysOnly && back < 15 && !isWorkday(calendar, first); back++) first = addDays(first, -1);
  return { first, last };
}
