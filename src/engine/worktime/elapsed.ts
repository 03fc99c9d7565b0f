import type { Calendar } from './calendar.ts';
import { DAY_MINUTES, MINUTE_MS, dayAt } from './days.ts';
import { refuseTime } from './refuse.ts';
import { closingMs, indexOf, instantAtWorkMs, workMsAt, workingDayAfter } from './work-index.ts';
import type { WorkIndex } from './work-index.ts';

/**
 * How a limit counts. `continuous` (紧急工作时): round the clock. `working_time` (工作时): only inside working hours.
 * `working_day` (工作日): whole working days.
 */
export type TimeKind = 'continuous' | 'working_time' | 'working_day';

/** An instant in epoch ms. `certain` is false when a day outside the calendar's coverage was used to find it. */
export interface CertainInstant {
  at: number;
  certain: boolean;
}

export interface CertainMinutes {
  minutes: number;
  certain: boolean;
}

const MAX_YEARS = 10;
const MAX_DAYS = MAX_YEARS * 366;
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);

/**
 * When a limit given at `startMs` runs out.
 *
 * - `continuous`: start + amount minutes. The calendar plays no part, so the answer is always certain.
 * - `working_time`: the earliest instant by which `amount` working minutes have gone by. A limit that is used up exactly
 *   when work stops ends then, not when work resumes: Friday 17:30 + 30 minutes is Friday 18:00.
 * - `working_day`: the close of work on the n-th working day after the start day (amount n, a whole number; a half day
 *   is one working day and closes at its own hour). The start day is the local day of the start if it is worked and
 *   its work has not closed yet (a start before opening or at lunch counts as that day), or else the next working day:
 *   a case given on Saturday, or on Friday after closing, is one given on Monday, so n = 1 is Tuesday's close. n = 0 is
 *   the close of the start day itself (当日办结).
 *
 * An amount of 0 minutes is due at once, even outside working hours.
 * For both minute kinds addTime(addTime(t, a), b) = addTime(t, a + b) to the millisecond. O(log) in distance and in exceptions.
 *
 * @param startMs whole epoch milliseconds, years 2000 to 2199
 * @param amount minutes (≥ 0, rounded to the millisecond) or whole working days; at most 10 years of either
 * @throws bad_input for any other start or amount
 */
export function addTime(calendar: Calendar, kind: TimeKind, startMs: number, amount: number): CertainInstant {
  checkInstant(startMs, 'start');
  checkAmount(kind, amount, 'amount');
  const index = indexOf(calendar);
  const at = endOf(index, kind, startMs, amount);
  return { at, certain: isCertain(index, kind, startMs, at) };
}

/**
 * Minutes between two instants as the kind counts them: `continuous` all of them, `working_time` and `working_day`
 * those inside working hours (for `working_day` they are the measure of how much of the limit is used). Fractions of a
 * minute are kept. Negative when `toMs` is earlier; between(a, b) + between(b, c) = between(a, c).
 */
export function timeBetween(calendar: Calendar, kind: TimeKind, fromMs: number, toMs: number): CertainMinutes {
  checkInstant(fromMs, 'from');
  checkInstant(toMs, 'to');
  const index = indexOf(calendar);
  const elapsedMs = elapsedAt(index, kind, toMs) - elapsedAt(index, kind, fromMs);
  const certain = isCertain(index, kind, Math.min(fromMs, toMs), Math.max(fromMs, toMs));
  return { minutes: elapsedMs / MINUTE_MS, certain };
}

/** addTime without checks: the end of `amount` minutes or days counted from `startMs`. */
export function endOf(index: WorkIndex, kind: TimeKind, startMs: number, amount: number): number {
  if (kind !== 'working_day') return instantAfter(index, kind, startMs, Math.round(amount * MINUTE_MS));
  const today = dayAt(startMs, index.offsetMinutes);
  const startsToday = startMs < closingMs(index, today);
  return closingMs(index, workingDayAfter(index, today, startsToday ? amount : amount + 1));
}

/** The earliest instant by which `amountMs` ≥ 0 of the kind's time have gone by since `fromMs`. */
export function instantAfter(index: WorkIndex, kind: TimeKind, fromMs: number, amountMs: number): number {
  if (kind === 'continuous' || amountMs === 0) return fromMs + amountMs;
  return instantAtWorkMs(index, workMsAt(index, fromMs) + amountMs, fromMs);
}

/** A running total whose differences are the kind's elapsed milliseconds. */
export function elapsedAt(index: WorkIndex, kind: TimeKind, instantMs: number): number {
  return kind === 'continuous' ? instantMs : workMsAt(index, instantMs);
}

/** Whether every local day of the span is covered. An end at midnight belongs to the day it ends. */
export function isCertain(index: WorkIndex, kind: TimeKind, fromMs: number, toMs: number): boolean {
  if (kind === 'continuous') return true;
  const first = dayAt(fromMs, index.offsetMinutes);
  const last = dayAt(toMs > fromMs ? toMs - 1 : toMs, index.offsetMinutes);
  return first >= index.coveredFrom && last <= index.coveredUntil;
}

/** Refuses what is no instant of this program; a number of seconds given for milliseconds is caught here. */
export function checkInstant(instantMs: number, name: string): void {
  if (Number.isInteger(instantMs) && instantMs >= EARLIEST_MS && instantMs < LATEST_MS) return;
  refuseTime(`${name}: expected whole epoch milliseconds from year 2000 to 2199, found ${instantMs}.`);
}

/** Refuses amounts that are negative, not numbers, longer than ten years, or parts of a working day. */
export function checkAmount(kind: TimeKind, amount: number, name: string): void {
  const inDays = kind === 'working_day';
  const most = inDays ? MAX_DAYS : MAX_DAYS * DAY_MINUTES;
  const fits = amount >= 0 && amount <= most && (!inDays || Number.isInteger(amount));
  if (fits) return;
  const unit = inDays ? 'whole working days' : 'minutes';
  refuseTime(`${name}: expected 0 to ${most} ${unit} (${MAX_YEARS} years), found ${amount}.`);
}
