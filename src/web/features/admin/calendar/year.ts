import { segmentsOf, type Calendar, type CalendarDay } from '#engine/worktime/calendar.ts';
import type { CalendarRow } from '#engine/worktime/calendar-csv.ts';
import { findDayNumber } from '#engine/worktime/days.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { libraryRoutes } from '#contract/library.ts';

export type CalendarView = ClientOutput<typeof libraryRoutes.calendar>;
export type DayChange = CalendarView['days'][number];

/** What a day is called in the year view. `makeUp`: a weekend day worked in exchange (调休). */
export type DayMark = 'work' | 'rest' | 'holiday' | 'makeUp' | 'half';

/** The engine's calendar of what the server sent, with pending changes laid over it; null takes an exception away. */
export function toCalendar(view: CalendarView, pending: ReadonlyMap<string, DayChange | null> = new Map()): Calendar {
  const days = new Map(view.days.map((day) => [day.date, toDay(day)]));
  for (const [date, day] of pending) {
    if (day === null) days.delete(date);
    else days.set(date, toDay(day));
  }
  const { offsetMinutes, weekly, coverageFrom, coverageUntil } = view;
  return { offsetMinutes, weekly, days, coverageFrom, coverageUntil };
}

function toDay({ kind, name, segments }: DayChange): CalendarDay {
  return { kind, name, ...(segments === null ? {} : { segments }) };
}

/** How one local day ('YYYY-MM-DD') is worked. */
export function markOf(calendar: Calendar, date: string): DayMark {
  const day = findDayNumber(date) ?? 0;
  const exception = calendar.days.get(date);
  const usual = segmentsOf(calendar, day, undefined).length > 0;
  if (exception === undefined) return usual ? 'work' : 'rest';
  if (exception.kind === 'half') return 'half';
  if (exception.kind === 'rest') return 'holiday';
  return usual ? 'work' : 'makeUp';
}

/** The days of a month as weeks from Monday; null where the week belongs to another month. */
export function weeksOf(year: number, month: number): (string | null)[][] {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
  const cells: (string | null)[] = Array.from({ length: lead }, () => null);
  for (let day = 1; day <= length; day++) cells.push(dateOf(year, month, day));
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

export function dateOf(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The rows of a file as days; hours only where the row names some. */
export function daysOf(rows: readonly CalendarRow[]): DayChange[] {
  return rows.map(({ segments, ...row }) => ({
    ...row,
    segments: segments.length > 0 ? segments.map(([from, to]): [number, number] => [from, to]) : null,
  }));
}

/** What a pasted arrangement would change: days that become another kind, name or hours. */
export function newDays(
  view: CalendarView,
  rows: readonly DayChange[],
): { row: DayChange; before: DayChange | null }[] {
  const known = new Map(view.days.map((day) => [day.date, day]));
  return rows.flatMap((row) => {
    const before = known.get(row.date) ?? null;
    return before !== null && sameDay(before, row) ? [] : [{ row, before }];
  });
}

function sameDay(a: DayChange, b: DayChange): boolean {
  const hours = (day: DayChange): string => JSON.stringify(day.segments ?? []);
  return a.kind === b.kind && a.name === b.name && hours(a) === hours(b);
}

/** 09:00-12:00;14:00-18:00 → minutes of the day; undefined when it is not of this form. Empty text: no hours. */
export function readHours(text: string): [number, number][] | undefined {
  const parts = text
    .split(/[;；]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const hours = parts.map((part): [number, number] | undefined => {
    const match = /^(\d{1,2}):(\d{2})\s*[-–~]\s*(\d{1,2}):(\d{2})$/.exec(part);
    if (match === null) return undefined;
    const [from, to] = [Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])];
    return from < to && to <= 1440 && Number(match[2]) < 60 && Number(match[4]) < 60 ? [from, to] : undefined;
  });
  return hours.every((one) => one !== undefined) ? hours : undefined;
}

export function writeHours(segments: readonly (readonly [number, number])[] | null): string {
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return (segments ?? []).map(([from, to]) => `${clock(from)}-${clock(to)}`).join(';');
}
