import type { Calendar } from './calendar.ts';
import { segmentsOf } from './calendar.ts';
import { firstCoveredDay, lastCoveredDay } from './coverage.ts';
import { MINUTE_MS, dayAt, dayStartMs, findDayNumber, weekdayOf } from './days.ts';
import { refuseTime } from './refuse.ts';
import type { Segment } from './segments.ts';

/*
 * Everything about working time follows from two functions that never fall:
 *   W(t) = working milliseconds from day 0 to the instant t      N(d) = working days from day 0 to the day d
 * Elapsed time is a difference of W, a due time is W read backwards, a pause is a piece of W left out. Both are the
 * weekly rule in closed form plus a running sum of what each exceptional day adds or takes away, so a question costs a
 * few binary searches however far apart the instants are: no loop over minutes, nor over days.
 */

/** Farthest the engine looks ahead of a start. Beyond it a limit is a slip of the keyboard, not a limit. */
const MAX_REACH_DAYS = 40_000;

export interface WorkIndex {
  readonly offsetMinutes: number;
  readonly coveredFrom: number;
  readonly coveredUntil: number;
  /** Hours of each weekday, Monday first. */
  readonly weekly: readonly (readonly Segment[])[];
  /** Running sums over the week: entry k is the total of the first k weekdays; entry 7 is the week's. */
  readonly weekMs: readonly number[];
  readonly weekDays: readonly number[];
  /** Exceptional days in order, their hours, and running sums of their difference from the weekly rule. */
  readonly exceptionDays: readonly number[];
  readonly exceptionSegments: readonly (readonly Segment[])[];
  readonly extraMs: readonly number[];
  readonly extraDays: readonly number[];
}

const indexes = new WeakMap<Calendar, WorkIndex>();

/** The index of a calendar, built on first use and kept as long as the calendar object lives. */
export function indexOf(calendar: Calendar): WorkIndex {
  const known = indexes.get(calendar);
  if (known) return known;
  const built = buildIndex(calendar);
  indexes.set(calendar, built);
  return built;
}

function buildIndex(calendar: Calendar): WorkIndex {
  const exceptions = [...calendar.days].map(([date, day]) => ({ number: findDayNumber(date) ?? Number.NaN, day }));
  exceptions.sort((a, b) => a.number - b.number);
  const exceptionSegments = exceptions.map(({ number, day }) => segmentsOf(calendar, number, day));
  const usual = exceptions.map(({ number }) => calendar.weekly[weekdayOf(number)] ?? []);
  const at = (list: readonly (readonly Segment[])[], index: number): readonly Segment[] => list[index] ?? [];
  return {
    offsetMinutes: calendar.offsetMinutes,
    coveredFrom: firstCoveredDay(calendar),
    coveredUntil: lastCoveredDay(calendar),
    weekly: calendar.weekly,
    weekMs: runningSum(calendar.weekly.map(lengthMs)),
    weekDays: runningSum(calendar.weekly.map(dayCount)),
    exceptionDays: exceptions.map(({ number }) => number),
    exceptionSegments,
    extraMs: runningSum(exceptionSegments.map((segments, index) => lengthMs(segments) - lengthMs(at(usual, index)))),
    extraDays: runningSum(exceptionSegments.map((segments, index) => dayCount(segments) - dayCount(at(usual, index)))),
  };
}

/** Hours of a local day in the index; [] on a day of rest. */
export function hoursOn(index: WorkIndex, day: number): readonly Segment[] {
  const place = countBefore(index.exceptionDays, day);
  if (index.exceptionDays[place] === day) return index.exceptionSegments[place] ?? [];
  return index.weekly[weekdayOf(day)] ?? [];
}

/** W at an instant (epoch ms): working milliseconds since day 0, negative before it. */
export function workMsAt(index: WorkIndex, instantMs: number): number {
  const day = dayAt(instantMs, index.offsetMinutes);
  const intoDayMs = instantMs - dayStartMs(day, index.offsetMinutes);
  let worked = workMsBefore(index, day);
  for (const [start, end] of hoursOn(index, day)) {
    const startMs = start * MINUTE_MS;
    if (intoDayMs <= startMs) break;
    worked += Math.min(intoDayMs, end * MINUTE_MS) - startMs;
  }
  return worked;
}

/** The earliest instant, not before `fromMs`, at which W reaches `target`. */
export function instantAtWorkMs(index: WorkIndex, target: number, fromMs: number): number {
  const from = dayAt(fromMs, index.offsetMinutes);
  const day = firstDayReaching(from, target, (next) => workMsBefore(index, next));
  let missing = target - workMsBefore(index, day);
  const startMs = dayStartMs(day, index.offsetMinutes);
  for (const [start, end] of hoursOn(index, day)) {
    const length = (end - start) * MINUTE_MS;
    if (missing <= length) return Math.max(fromMs, startMs + start * MINUTE_MS + missing);
    missing -= length;
  }
  return fromMs;
}

/** The `count`-th working day after `day`; 0 gives `day` itself if it is worked, or else the last one worked before it. */
export function workingDayAfter(index: WorkIndex, day: number, count: number): number {
  return firstDayReaching(day, workDaysBefore(index, day + 1) + count, (next) => workDaysBefore(index, next));
}

/** The instant (epoch ms) at which work ends on a day that is worked. */
export function closingMs(index: WorkIndex, day: number): number {
  const last = hoursOn(index, day).at(-1);
  return dayStartMs(day, index.offsetMinutes) + (last ? last[1] : 0) * MINUTE_MS;
}

function workMsBefore(index: WorkIndex, day: number): number {
  return weeklyBefore(index.weekMs, day) + (index.extraMs[countBefore(index.exceptionDays, day)] ?? 0);
}

function workDaysBefore(index: WorkIndex, day: number): number {
  return weeklyBefore(index.weekDays, day) + (index.extraDays[countBefore(index.exceptionDays, day)] ?? 0);
}

/** The weekly rule alone, summed over all days before `day`. Day -3 was a Monday. */
function weeklyBefore(sums: readonly number[], day: number): number {
  const weeks = Math.floor((day + 3) / 7);
  return weeks * (sums[7] ?? 0) + (sums[day + 3 - weeks * 7] ?? 0);
}

/**
 * The first day d ≥ from with total(d + 1) ≥ target, for a `total` that never falls: strides double until one lands
 * beyond the target, then the last stride is halved. O(log of the distance).
 */
function firstDayReaching(from: number, target: number, total: (day: number) => number): number {
  let stride = 1;
  let low = from;
  while (total(low + stride) < target) {
    low += stride;
    stride *= 2;
    if (low - from > MAX_REACH_DAYS)
      refuseTime(`Expected an end within ${MAX_REACH_DAYS} days, found none; shorten it.`);
  }
  let high = low + stride - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (total(middle + 1) >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many entries of an ordered list are smaller than `value`. */
function countBefore(ordered: readonly number[], value: number): number {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] ?? Number.POSITIVE_INFINITY) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lengthMs(segments: readonly Segment[]): number {
  return segments.reduce((sum, [start, end]) => sum + (end - start), 0) * MINUTE_MS;
}

function dayCount(segments: readonly Segment[]): number {
  return segments.length > 0 ? 1 : 0;
}

/** [0, a, a+b, …]: one entry more than given. */
function runningSum(values: readonly number[]): number[] {
  const sums = [0];
  let sum = 0;
  for (const value of values) sums.push((sum += value));
  return sums;
}
