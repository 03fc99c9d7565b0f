import { addDays, dayOf, startOf, weekdayOf } from '#kit/shanghai-days.ts';
import type { Load } from '#contract/burden.ts';
import { forceRoles, type ForceRole, type ReachState } from '#contract/force-views.ts';

/** Decisions that need no database. Days are YYYY-MM-DD in Asia/Shanghai (UTC+8, no summer time). */

export function mondayOf(day: string): string {
  return addDays(day, 1 - weekdayOf(day));
}

/** All days of a month YYYY-MM. */
export function daysOf(month: string): string[] {
  const first = `${month}-01`;
  return Array.from({ length: 31 }, (_, k) => addDays(first, k)).filter((day) => day.startsWith(month));
}

/** The same day `n` months later; the last of the month where there is none. */
export function addMonths(day: string, n: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + n + 1, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())))
    .toISOString()
    .slice(0, 10);
}

export interface Pattern {
  code: string;
  name: string;
  nameEn: string;
  startMinute: number;
  minutes: number;
  needed: number;
}

/** When a shift of this pattern that begins on `day` starts and ends, epoch milliseconds. */
export function spanOf(day: string, { startMinute, minutes }: Pick<Pattern, 'startMinute' | 'minutes'>) {
  const startMs = startOf(day) + startMinute * 60_000;
  return { startMs, endMs: startMs + minutes * 60_000 };
}

/** Shifts with fewer people than needed, by day and pattern, from `today` on. */
export function gapsOf(
  days: readonly string[],
  patterns: readonly Pattern[],
  shifts: readonly { day: string; code: string }[],
  today: string,
): { day: string; code: string; missing: number }[] {
  const there = Map.groupBy(shifts, ({ day, code }) => `${day} ${code}`);
  return days
    .filter((day) => day >= today)
    .flatMap((day) =>
      patterns.flatMap(({ code, needed }) => {
        const missing = needed - (there.get(`${day} ${code}`)?.length ?? 0);
        return missing > 0 ? [{ day, code, missing }] : [];
      }),
    );
}

/** Of 1+3, the roles nobody holds. N may be missing anywhere. */
export function missingRoles(counts: Readonly<Record<ForceRole, number>>): ForceRole[] {
  return forceRoles.filter((role) => role !== 'other' && counts[role] === 0);
}

export interface Known {
  onLeave: boolean;
  onShift: boolean;
  said: { state: string; untilMs: number | null } | null;
  /** Null: has an account, hours unknown. */
  hours: { weekdays: readonly number[]; fromMinute: number; untilMinute: number } | null;
}

/** What is known of somebody at `nowMs`. A word of their own ends at the time they gave; leave comes before all. */
export function reachStateOf({ onLeave, onShift, said, hours }: Known, nowMs: number): ReachState {
  if (onLeave) return 'on_leave';
  const spoken = said !== null && said.untilMs !== null && said.untilMs > nowMs ? said.state : 'none';
  if (spoken === 'away') return 'away';
  if (onShift) return 'on_shift';
  if (spoken === 'available') return 'available';
  return hours === null || isWithin(hours, nowMs) ? 'unsaid' : 'off_hours';
}

/** Hours over midnight belong to the day they begin on. */
export function isWithin(hours: NonNullable<Known['hours']>, nowMs: number): boolean {
  const { weekdays, fromMinute, untilMinute } = hours;
  const today = dayOf(nowMs);
  const minute = Math.floor((nowMs - startOf(today)) / 60_000);
  if (fromMinute <= untilMinute)
    return weekdays.includes(weekdayOf(today)) && minute >= fromMinute && minute < untilMinute;
  return minute >= fromMinute
    ? weekdays.includes(weekdayOf(today))
    : minute < untilMinute && weekdays.includes(weekdayOf(addDays(today, -1)));
}

/** 138****8000; anything shorter than 7 digits shows nothing. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

export interface Repeating {
  every: 'once' | 'weekly' | 'monthly' | 'quarterly';
  dueDay: string;
  lastDay: string;
}

/** How often a task falls due from `from` to `to`, both included. */
export function timesBetween(task: Repeating, from: string, to: string): number {
  const until = to < task.lastDay ? to : task.lastDay;
  let times = 0;
  for (let k = 0, day = task.dueDay; day <= until; day = nextDue(task, ++k)) {
    if (day >= from) times++;
    if (task.every === 'once') break;
  }
  return times;
}

/** The first day from `from` on at which the task falls due; null when none is left. */
export function dueFrom(task: Repeating, from: string): string | null {
  for (let k = 0, day = task.dueDay; day <= task.lastDay; day = nextDue(task, ++k)) {
    if (day >= from) return day;
    if (task.every === 'once') break;
  }
  return null;
}

function nextDue({ every, dueDay }: Repeating, k: number): string {
  if (every === 'weekly') return addDays(dueDay, 7 * k);
  return addMonths(dueDay, every === 'quarterly' ? 3 * k : k);
}

/** Minutes a week on the average, rounded up: what a worker must reckon with. */
export function minutesAWeek({ every, minutes }: { every: Repeating['every']; minutes: number }): number {
  const weeks = { once: 1, weekly: 1, monthly: 365 / 12 / 7, quarterly: 365 / 4 / 7 }[every];
  return Math.ceil(minutes / weeks);
}

export function loadOf(minutes: number, { middle, heavy }: { middle: number; heavy: number }): Load {
  return minutes >= heavy ? 'heavy' : minutes >= middle ? 'middle' : 'light';
}

/** Two asked times a day apart are told as sentences; empty means the wish may be sent. */
export function problemsOf(
  wish: Repeating,
  today: string,
  rules: { noticeOnceDays: number; noticeRecurringDays: number; longestDays: number },
): string[] {
  const notice = wish.every === 'once' ? rules.noticeOnceDays : rules.noticeRecurringDays;
  const earliest = addDays(today, notice);
  const latest = addDays(today, rules.longestDays);
  return [
    ...(wish.dueDay < earliest ? [`dueDay: expected ${earliest} or later, found ${wish.dueDay}.`] : []),
    ...(wish.lastDay < wish.dueDay ? [`lastDay: expected ${wish.dueDay} or later, found ${wish.lastDay}.`] : []),
    ...(wish.lastDay > latest ? [`lastDay: expected ${latest} or earlier, found ${wish.lastDay}.`] : []),
  ];
}
