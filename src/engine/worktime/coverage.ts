import type { Calendar } from './calendar.ts';
import { dayAt, findDayNumber } from './days.ts';

/** Days the calendar has left, and how it stands. `daysLeft` is 0 on the last covered day and negative after it. */
export interface CoverageWarning {
  state: 'before_start' | 'ends_soon' | 'ended';
  coverageUntil: string;
  daysLeft: number;
}

/** Whether the local day of an instant (epoch ms) lies inside the calendar's coverage, both end dates included. */
export function isCovered(calendar: Calendar, instantMs: number): boolean {
  const day = dayAt(instantMs, calendar.offsetMinutes);
  return day >= firstCoveredDay(calendar) && day <= lastCoveredDay(calendar);
}

/**
 * Warns an administrator before the calendar runs out: undefined while today is covered and at least `daysAhead` more
 * days are. The next year's arrangement is usually published in November, so 60 days leaves time to enter it.
 */
export function coverageWarning(calendar: Calendar, nowMs: number, daysAhead = 60): CoverageWarning | undefined {
  const today = dayAt(nowMs, calendar.offsetMinutes);
  const daysLeft = lastCoveredDay(calendar) - today;
  const warning = { coverageUntil: calendar.coverageUntil, daysLeft };
  if (daysLeft < 0) return { state: 'ended', ...warning };
  if (today < firstCoveredDay(calendar)) return { state: 'before_start', ...warning };
  return daysLeft < daysAhead ? { state: 'ends_soon', ...warning } : undefined;
}

/** Day number of coverageFrom; a malformed date (see checkCalendar) covers nothing. */
export function firstCoveredDay(calendar: Calendar): number {
  return findDayNumber(calendar.coverageFrom) ?? Number.POSITIVE_INFINITY;
}

/** Day number of coverageUntil; a malformed date (see checkCalendar) covers nothing. */
export function lastCoveredDay(calendar: Calendar): number {
  return findDayNumber(calendar.coverageUntil) ?? Number.NEGATIVE_INFINITY;
}
