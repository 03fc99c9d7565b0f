import { findDayNumber, weekdayOf } from './days.ts';
import { refuseCalendar } from './refuse.ts';
import { findSegmentFault } from './segments.ts';
import type { Segment } from './segments.ts';

/** `work`: a working day (also a weekend day worked in exchange, 调休); `rest`: no work; `half`: works its own hours only. */
export type DayKind = 'work' | 'rest' | 'half';
const DAY_KINDS: readonly DayKind[] = ['work', 'rest', 'half'];

/** One day that differs from the weekly rule. `half` must name its hours, `work` may, `rest` must not. */
export interface CalendarDay {
  readonly kind: DayKind;
  readonly segments?: readonly Segment[];
  readonly name?: string;
}

/**
 * When people work. A value: never change one in place (the engine keeps an index per calendar object), make a new one.
 * - `offsetMinutes`: minutes east of UTC, the same all year; 480 for Asia/Shanghai, which has had no summer time since
 *   1991. Zones whose offset changes are not supported.
 * - `weekly`: the usual hours of Monday … Sunday (7 entries, an empty one is a day of rest).
 * - `days`: exceptions by local date 'YYYY-MM-DD'. A `work` day without hours has those of its weekday, or, when that
 *   weekday rests, those of the first weekday of the week that works (a make-up Saturday is worked like a Monday).
 * - `coverageFrom` … `coverageUntil`: local dates, both included, for which the exceptions are known to be complete.
 *   Outside them the weekly rule still answers, marked `certain: false`.
 */
export interface Calendar {
  readonly offsetMinutes: number;
  readonly weekly: readonly (readonly Segment[])[];
  readonly days: ReadonlyMap<string, CalendarDay>;
  readonly coverageFrom: string;
  readonly coverageUntil: string;
}

/** The same calendar as plain JSON: `days` is a list ordered by date. */
export interface CalendarJson {
  offsetMinutes: number;
  weekly: Segment[][];
  days: { date: string; kind: DayKind; segments?: Segment[]; name?: string }[];
  coverageFrom: string;
  coverageUntil: string;
}

export const SHANGHAI_OFFSET_MINUTES = 480;
const OFFICE_HOURS: readonly Segment[] = [
  [540, 720],
  [840, 1080],
];
/** Monday to Friday 09:00-12:00 and 14:00-18:00: a starting point, to be replaced by the hours of the place. */
export const OFFICE_WEEK: readonly (readonly Segment[])[] = [0, 1, 2, 3, 4, 5, 6].map((weekday) =>
  weekday < 5 ? OFFICE_HOURS : [],
);

/** Returns the calendar, or throws a `bad_input` error naming the first fault and where it is. */
export function checkCalendar(calendar: Calendar): Calendar {
  const { offsetMinutes, weekly, days, coverageFrom, coverageUntil } = calendar;
  if (!Number.isInteger(offsetMinutes) || offsetMinutes < -720 || offsetMinutes > 840) {
    refuseCalendar(
      `offsetMinutes: expected whole minutes from -720 to 840 (480 for Asia/Shanghai), found ${offsetMinutes}`,
    );
  }
  if (weekly.length !== 7) refuseCalendar(`weekly: expected 7 days, Monday first, found ${weekly.length}`);
  weekly.forEach((segments, weekday) => refuseFault(`weekly[${weekday}]`, findSegmentFault(segments)));
  if (weekly.every((segments) => segments.length === 0)) {
    refuseCalendar('weekly: expected at least one working day in the week, found none; give some day its hours');
  }
  for (const [date, day] of days) refuseFault(`days ${date}`, findDayFault(date, day));
  refuseFault('coverageFrom', findDateFault(coverageFrom));
  refuseFault('coverageUntil', findDateFault(coverageUntil));
  if (coverageFrom > coverageUntil) {
    refuseCalendar(`coverage: expected a start no later than its end, found ${coverageFrom} … ${coverageUntil}`);
  }
  return calendar;
}

/** What is wrong with one exceptional day, or undefined. */
export function findDayFault(date: string, day: CalendarDay): string | undefined {
  const dateFault = findDateFault(date);
  if (dateFault) return dateFault;
  if (!DAY_KINDS.includes(day.kind)) return `expected kind work, rest or half, found ${String(day.kind)}`;
  const count = day.segments?.length ?? 0;
  if (day.kind === 'rest' && count > 0) return 'expected no hours on a rest day; make it half to keep some';
  if (day.kind === 'half' && count === 0) return 'expected hours on a half day, like 09:00-12:00, found none';
  return day.segments ? findSegmentFault(day.segments) : undefined;
}

/** The hours worked on a local day: its exception's, or else the weekly rule's. Day numbers as in days.ts. */
export function segmentsOf(calendar: Calendar, day: number, exception: CalendarDay | undefined): readonly Segment[] {
  const usual = calendar.weekly[weekdayOf(day)] ?? [];
  if (!exception) return usual;
  if (exception.kind === 'rest') return [];
  if (exception.segments && exception.segments.length > 0) return exception.segments;
  return usual.length > 0 ? usual : (calendar.weekly.find((segments) => segments.length > 0) ?? []);
}

/** Plain JSON of a calendar; the same calendar always gives the same text. */
export function toCalendarJson(calendar: Calendar): CalendarJson {
  const copy = (segments: readonly Segment[]): Segment[] => segments.map(([start, end]) => [start, end]);
  const days = [...calendar.days].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    offsetMinutes: calendar.offsetMinutes,
    weekly: calendar.weekly.map(copy),
    days: days.map(([date, { kind, segments, name }]) => ({
      date,
      kind,
      ...(segments ? { segments: copy(segments) } : {}),
      ...(name === undefined ? {} : { name }),
    })),
    coverageFrom: calendar.coverageFrom,
    coverageUntil: calendar.coverageUntil,
  };
}

function findDateFault(date: string): string | undefined {
  return findDayNumber(date) === undefined ? `expected a real date like 2026-10-01, found ${date}` : undefined;
}

function refuseFault(place: string, fault: string | undefined): void {
  if (fault) refuseCalendar(`${place}: ${fault}`);
}
