/** Periods, and what follows from counts: decisions without a database or a clock. Days are numbers since 1970-01-01 in Shanghai. */
import { findDayNumber, toIsoDate, weekdayOf } from '#engine/worktime/days.ts';
import { AppError } from '#kit/errors.ts';

export type PeriodKind = 'day' | 'week' | 'month' | 'quarter' | 'custom';

/** Both days included. */
export interface Days {
  first: number;
  last: number;
}

export interface Period extends Days {
  /** Over: nothing more can happen in it. */
  whole: boolean;
  /** As many days of the period before, from its beginning. */
  before: Days;
}

export interface PeriodWish {
  kind: PeriodKind;
  /** Any day of the period, 'YYYY-MM-DD'; the first one of a custom period. */
  day?: string | undefined;
  to?: string | undefined;
}

/** Longer than this nobody reads at once, and no answer is quick. */
export const longestDays = 1_100;

/**
 * The days a wish means, none after today, and as many days of the period before it: a month that is half over is compared
 * with the first half of the last one, not with all of it.
 * @throws AppError bad_input naming the field
 */
export function periodOf(wish: PeriodWish, today: number): Period {
  const asked = numberOf(wish.day ?? toIsoDate(today), 'day');
  const { first, last } = wish.kind === 'custom' ? customOf(asked, wish.to) : calendarOf(wish.kind, asked);
  if (first > today)
    throw new AppError(
      'bad_input',
      `day: expected a day up to today, ${toIsoDate(today)}; found ${toIsoDate(first)}.`,
      {
        field: 'day',
      },
    );
  const end = Math.min(last, today);
  const earlier =
    wish.kind === 'custom' ? { first: first - (last - first + 1), last: first - 1 } : calendarOf(wish.kind, first - 1);
  const before = {
    first: earlier.first,
    last: last <= today ? earlier.last : Math.min(earlier.last, earlier.first + end - first),
  };
  return { first, last: end, whole: last < today, before };
}

function numberOf(day: string, field: string): number {
  const found = findDayNumber(day);
  if (found === undefined)
    throw new AppError('bad_input', `${field}: expected a date such as 2026-06-15, found ${day}.`, { field });
  return found;
}

function customOf(first: number, to: string | undefined): Days {
  const last = numberOf(to ?? '', 'to');
  if (last >= first && last - first < longestDays) return { first, last };
  const expected = `a day from ${toIsoDate(first)} on, at most ${longestDays} days in all`;
  throw new AppError('bad_input', `to: expected ${expected}; found ${toIsoDate(last)}.`, { field: 'to' });
}

function calendarOf(kind: Exclude<PeriodKind, 'custom'>, day: number): Days {
  if (kind === 'day') return { first: day, last: day };
  if (kind === 'week') {
    const monday = day - weekdayOf(day);
    return { first: monday, last: monday + 6 };
  }
  const [year, month] = yearAndMonth(day);
  const begin = kind === 'month' ? month : month - (month % 3);
  return { first: monthStart(year, begin), last: monthStart(year, begin + (kind === 'month' ? 1 : 3)) - 1 };
}

const yearAndMonth = (day: number): [number, number] => {
  const date = new Date(day * 86_400_000);
  return [date.getUTCFullYear(), date.getUTCMonth()];
};
const monthStart = (year: number, month: number): number => Date.UTC(year, month, 1) / 86_400_000;

/** The whole months of a span, from the first day of the first to the first day of the last; and the days beside them. */
export function monthsOf({ first, last }: Days): { months: Days | null; ends: Days[] } {
  const start = calendarOf('month', first).first === first ? first : calendarOf('month', first).last + 1;
  const end = calendarOf('month', last).last === last ? last : calendarOf('month', last).first - 1;
  if (end < start) return { months: null, ends: [{ first, last }] };
  const ends = [
    { first, last: start - 1 },
    { first: end + 1, last },
  ];
  return {
    months: { first: start, last: calendarOf('month', end).first },
    ends: ends.filter((days) => days.first <= days.last),
  };
}

/** How many Mondays … Sundays a period has. */
export function weekdaysIn({ first, last }: Days): number[] {
  const counts = Array.from({ length: 7 }, () => Math.floor((last - first + 1) / 7));
  for (let day = last - ((last - first + 1) % 7) + 1; day <= last; day++) {
    const at = weekdayOf(day);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** Steps of a trend: each day up to a quarter, each month beyond. */
export const stepOf = ({ first, last }: Days): 'day' | 'month' => (last - first < 93 ? 'day' : 'month');

/** The days or months of a period, each cut to it. */
export function stepsOf(period: Days): Days[] {
  const steps: Days[] = [];
  const kind = stepOf(period);
  for (let day = period.first; day <= period.last;) {
    const { last } = calendarOf(kind, day);
    steps.push({ first: day, last: Math.min(last, period.last) });
    day = last + 1;
  }
  return steps;
}

/** One hour of the week as it usually is. */
export interface DemandCell {
  weekday: number;
  hour: number;
  persons: number;
  onDuty: number;
  needed: number;
}

export interface Gap {
  weekday: number;
  fromHour: number;
  toHour: number;
  persons: number;
  onDuty: number;
}

export interface GapRule {
  perVolunteer: number;
  leastPersons: number;
}

/**
 * Hours in which many come and few are on duty, neighbouring hours joined: person-times of the whole span, the least on
 * duty of its hours. In order of the week; an hour counts when more than `perVolunteer` come for each one on duty.
 */
export function findGaps(cells: readonly DemandCell[], rule: GapRule): Gap[] {
  const gaps: Gap[] = [];
  const ordered = cells.toSorted((a, b) => a.weekday - b.weekday || a.hour - b.hour);
  for (const { weekday, hour, persons, onDuty } of ordered) {
    if (persons < rule.leastPersons || persons <= rule.perVolunteer * onDuty) continue;
    const last = gaps.at(-1);
    if (last?.weekday === weekday && last.toHour === hour) {
      last.toHour = hour + 1;
      last.persons = oneDecimal(last.persons + persons);
      last.onDuty = Math.min(last.onDuty, onDuty);
    } else gaps.push({ weekday, fromHour: hour, toHour: hour + 1, persons, onDuty });
  }
  return gaps;
}

export const oneDecimal = (n: number): number => Math.round(n * 10) / 10;

/** Somebody planned to be there: from, until as epoch milliseconds. */
export interface RosterSpan {
  fromMs: number;
  untilMs: number;
  /** Wanted, and really there (or signed up, as long as nobody has confirmed who came). */
  needed: number;
  onDuty: number;
}

/**
 * People-hours of a roster by weekday and hour, [7][24], from spans that may begin and end within an hour: half an hour of
 * two people is one person-hour. `offsetMinutes` east of UTC.
 */
export function rosterHours(
  spans: readonly RosterSpan[],
  { first, last }: Days,
  offsetMinutes: number,
): { onDuty: number[][]; needed: number[][] } {
  const empty = () => Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const sums = { onDuty: empty(), needed: empty() };
  const shift = offsetMinutes * 60_000;
  for (const span of spans) {
    const [from, until] = [span.fromMs + shift, span.untilMs + shift];
    for (let at = Math.floor(from / hourMs); at * hourMs < until; at++) {
      const day = Math.floor(at / 24);
      if (day < first || day > last) continue;
      const share = (Math.min(until, (at + 1) * hourMs) - Math.max(from, at * hourMs)) / hourMs;
      addTo(sums.onDuty, weekdayOf(day), at % 24, share * span.onDuty);
      addTo(sums.needed, weekdayOf(day), at % 24, share * span.needed);
    }
  }
  return sums;
}

const hourMs = 3_600_000;

function addTo(table: number[][], weekday: number, hour: number, n: number): void {
  const row = table[weekday];
  if (row !== undefined) row[hour] = (row[hour] ?? 0) + n;
}

/** Sums of a period, made into what one such hour usually is. Hours in which nobody came and nobody was wanted are left out. */
export function demandCells(
  persons: readonly (readonly number[])[],
  roster: { onDuty: readonly (readonly number[])[]; needed: readonly (readonly number[])[] },
  days: readonly number[],
): DemandCell[] {
  const cells: DemandCell[] = [];
  for (const [weekday, count] of days.entries()) {
    if (count === 0) continue;
    for (let hour = 0; hour < 24; hour++) {
      const mean = (table: readonly (readonly number[])[]) => oneDecimal((table[weekday]?.[hour] ?? 0) / count);
      const cell = { weekday, hour, persons: mean(persons), onDuty: mean(roster.onDuty), needed: mean(roster.needed) };
      if (cell.persons > 0 || cell.onDuty > 0 || cell.needed > 0) cells.push(cell);
    }
  }
  return cells;
}
