import { expect, test } from 'vitest';
import { parseCalendarCsv, toCalendarDays } from './calendar-csv.ts';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES, checkCalendar } from './calendar.ts';
import type { Calendar } from './calendar.ts';
import { addTime, timeBetween } from './elapsed.ts';
import type { TimeKind } from './elapsed.ts';

/* Monday to Friday 09:00-12:00 and 14:00-18:00. Spring festival 2024 with a half New Year's Eve, national day 2026. */
const days = parseCalendarCsv(`date,kind,name,segments
2024-02-04,work,春节,
2024-02-09,half,除夕,09:00-12:00
2024-02-10,rest,春节,
2024-02-11,rest,春节,
2024-02-12,rest,春节,
2024-02-13,rest,春节,
2024-02-14,rest,春节,
2024-02-15,rest,春节,
2024-02-16,rest,春节,
2024-02-17,rest,春节,
2024-02-18,work,春节,
2026-09-20,work,国庆节,
2026-10-01,rest,国庆节,
2026-10-02,rest,国庆节,
2026-10-03,rest,国庆节,
2026-10-04,rest,国庆节,
2026-10-05,rest,国庆节,
2026-10-06,rest,国庆节,
2026-10-07,rest,国庆节,
2026-10-10,work,国庆节,09:00-12:00;13:00-17:00
`);
const calendar: Calendar = checkCalendar({
  offsetMinutes: SHANGHAI_OFFSET_MINUTES,
  weekly: OFFICE_WEEK,
  days: toCalendarDays(days.rows),
  coverageFrom: '2024-01-01',
  coverageUntil: '2026-12-31',
});
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const written = (ms: number): string => new Date(ms + 480 * 60_000).toISOString().slice(0, 16).replace('T', ' ');
const HOUR = 60;

test.each<[string, string, TimeKind, number, string]>([
  ['Friday 17:30 + 2 working hours is Monday 10:30', '2026-11-20 17:30', 'working_time', 2 * HOUR, '2026-11-23 10:30'],
  [
    'Friday 17:30 + 2 hours round the clock is Friday 19:30',
    '2026-11-20 17:30',
    'continuous',
    2 * HOUR,
    '2026-11-20 19:30',
  ],
  [
    'Friday 17:30 + 30 working minutes ends at closing, not on Monday',
    '2026-11-20 17:30',
    'working_time',
    30,
    '2026-11-20 18:00',
  ],
  ['Friday 17:30 + 31 working minutes is Monday 09:01', '2026-11-20 17:30', 'working_time', 31, '2026-11-23 09:01'],
  ['Monday 11:00 + 2 working hours skips lunch', '2026-11-23 11:00', 'working_time', 2 * HOUR, '2026-11-23 15:00'],
  [
    'Monday 07:00 + 1 working hour counts from opening',
    '2026-11-23 07:00',
    'working_time',
    1 * HOUR,
    '2026-11-23 10:00',
  ],
  ['Saturday 03:00 + 1 working hour is Monday 10:00', '2026-11-21 03:00', 'working_time', 1 * HOUR, '2026-11-23 10:00'],
  ['Saturday 03:00 + no time at all is Saturday 03:00', '2026-11-21 03:00', 'working_time', 0, '2026-11-21 03:00'],
  [
    'a working week of 35 hours from Monday 09:00 ends on Friday',
    '2026-11-23 09:00',
    'working_time',
    35 * HOUR,
    '2026-11-27 18:00',
  ],
  [
    'before national day, 2 working hours go over the holidays',
    '2026-09-30 17:00',
    'working_time',
    2 * HOUR,
    '2026-10-08 10:00',
  ],
  [
    'the Friday after, 2 working hours go to the make-up Saturday',
    '2026-10-09 17:30',
    'working_time',
    2 * HOUR,
    '2026-10-10 10:30',
  ],
  ['the make-up Saturday keeps its own hours', '2026-10-10 11:00', 'working_time', 2 * HOUR, '2026-10-10 14:00'],
  [
    'the make-up Sunday without hours is worked like a weekday',
    '2026-09-20 17:00',
    'working_time',
    2 * HOUR,
    '2026-09-21 10:00',
  ],
  [
    "New Year's Eve ends at noon; the rest is done after the festival",
    '2024-02-09 11:00',
    'working_time',
    2 * HOUR,
    '2024-02-18 10:00',
  ],
  [
    'working days: given Monday morning, 1 day is the close of Tuesday',
    '2026-11-23 10:00',
    'working_day',
    1,
    '2026-11-24 18:00',
  ],
  [
    'working days: given before opening, the day is the start day',
    '2026-11-23 03:00',
    'working_day',
    1,
    '2026-11-24 18:00',
  ],
  ['working days: given at lunch, too', '2026-11-23 13:00', 'working_day', 1, '2026-11-24 18:00'],
  ['working days: given one minute before closing, too', '2026-11-23 17:59', 'working_day', 1, '2026-11-24 18:00'],
  [
    'working days: given at closing, it is given on the next day',
    '2026-11-23 18:00',
    'working_day',
    1,
    '2026-11-25 18:00',
  ],
  ['working days: given on Saturday, it is given on Monday', '2026-11-21 12:00', 'working_day', 1, '2026-11-24 18:00'],
  [
    'working days: given on Friday evening, it is given on Monday',
    '2026-11-20 20:00',
    'working_day',
    1,
    '2026-11-24 18:00',
  ],
  ['working days: 0 is the close of the same day', '2026-11-23 10:00', 'working_day', 0, '2026-11-23 18:00'],
  ['working days: 0 given on Sunday is the close of Monday', '2026-11-22 10:00', 'working_day', 0, '2026-11-23 18:00'],
  ['working days: 7 days from a Monday', '2026-11-23 10:00', 'working_day', 7, '2026-12-02 18:00'],
  [
    'working days: 3 days over national day end on the make-up Saturday',
    '2026-09-30 10:00',
    'working_day',
    3,
    '2026-10-10 17:00',
  ],
  [
    "working days: 1 day before New Year's Eve ends at its noon",
    '2024-02-08 10:00',
    'working_day',
    1,
    '2024-02-09 12:00',
  ],
  ["working days: New Year's Eve counts as one whole day", '2024-02-08 10:00', 'working_day', 2, '2024-02-18 18:00'],
  ["working days: given on New Year's Eve after its noon", '2024-02-09 12:00', 'working_day', 1, '2024-02-19 18:00'],
])('%s', (_, start, kind, amount, expected) => {
  const due = addTime(calendar, kind, at(start), amount);
  expect(written(due.at)).toBe(expected);
  expect(due.certain).toBe(true);
});

test.each<[string, string, TimeKind, string, number]>([
  ['all of a weekend', '2026-11-20 18:00', 'continuous', '2026-11-23 09:00', 63 * HOUR],
  ['no working time in a weekend', '2026-11-20 18:00', 'working_time', '2026-11-23 09:00', 0],
  ['a working day has seven hours', '2026-11-23 00:00', 'working_time', '2026-11-24 00:00', 7 * HOUR],
  ['working days are measured in working minutes', '2026-11-23 00:00', 'working_day', '2026-11-24 00:00', 7 * HOUR],
  ["New Year's Eve has three hours", '2024-02-09 00:00', 'working_time', '2024-02-18 00:00', 3 * HOUR],
  ['an hour with lunch in it', '2026-11-23 11:30', 'working_time', '2026-11-23 14:30', 1 * HOUR],
  ['backwards is negative', '2026-11-23 10:00', 'working_time', '2026-11-23 09:00', -1 * HOUR],
])('between two instants: %s', (_, from, kind, to, minutes) => {
  expect(timeBetween(calendar, kind, at(from), at(to))).toEqual({ minutes, certain: true });
});

test('seconds and milliseconds are kept, not rounded to minutes', () => {
  const start = at('2026-11-20 17:59') + 30_500;
  expect(addTime(calendar, 'working_time', start, 1).at).toBe(at('2026-11-23 09:00') + 30_500);
  expect(timeBetween(calendar, 'working_time', start, at('2026-11-20 18:00')).minutes).toBeCloseTo(29.5 / 60, 10);
});

test.each<[string, string, TimeKind, number, boolean]>([
  ['ends on the last covered day', '2026-12-31 09:00', 'working_time', 7 * HOUR, true],
  ['needs the first day not covered', '2026-12-31 09:00', 'working_time', 7 * HOUR + 1, false],
  ['ends in days not covered', '2026-12-31 09:00', 'working_day', 1, false],
  ['starts before the coverage', '2023-12-31 09:00', 'working_time', 1 * HOUR, false],
  ['asks nothing of the calendar', '2026-12-31 23:00', 'continuous', 5 * HOUR, true],
])('a limit that %s', (_, start, kind, amount, certain) => {
  expect(addTime(calendar, kind, at(start), amount).certain).toBe(certain);
});

test('outside the coverage the weekly rule answers, and says that it may be wrong', () => {
  const due = addTime(calendar, 'working_time', at('2026-12-31 17:00'), 2 * HOUR);
  expect([written(due.at), due.certain]).toEqual(['2027-01-01 10:00', false]);
  expect(timeBetween(calendar, 'working_time', at('2026-12-31 17:00'), at('2027-01-01 10:00'))).toEqual({
    minutes: 2 * HOUR,
    certain: false,
  });
});

test('a day worked until midnight ends on that day', () => {
  const nights = { ...calendar, weekly: OFFICE_WEEK.map(() => [[1320, 1440] as const]), days: new Map() };
  const due = addTime(nights, 'working_day', at('2026-12-30 10:00'), 1);
  expect([written(due.at), due.certain]).toEqual(['2027-01-01 00:00', true]);
});

test.each<[string, TimeKind, number, number, string]>([
  [
    'a negative amount',
    'continuous',
    at('2026-11-23 09:00'),
    -1,
    'amount: expected 0 to 5270400 minutes (10 years), found -1.',
  ],
  [
    'no number',
    'working_time',
    at('2026-11-23 09:00'),
    Number.NaN,
    'amount: expected 0 to 5270400 minutes (10 years), found NaN.',
  ],
  [
    'eleven years',
    'working_day',
    at('2026-11-23 09:00'),
    11 * 366,
    'amount: expected 0 to 3660 whole working days (10 years), found 4026.',
  ],
  [
    'half a working day',
    'working_day',
    at('2026-11-23 09:00'),
    0.5,
    'amount: expected 0 to 3660 whole working days (10 years), found 0.5.',
  ],
  [
    'seconds for milliseconds',
    'continuous',
    1_795_000_000,
    5,
    'start: expected whole epoch milliseconds from year 2000 to 2199, found 1795000000.',
  ],
  [
    'no instant',
    'continuous',
    Number.NaN,
    5,
    'start: expected whole epoch milliseconds from year 2000 to 2199, found NaN.',
  ],
])('refuses %s', (_, kind, start, amount, message) => {
  expect(() => addTime(calendar, kind, start, amount)).toThrow(`Working time refused. ${message}`);
});

test('refuses a limit that a nearly empty week could not hold in a lifetime', () => {
  const minuteAWeek = { ...calendar, weekly: OFFICE_WEEK.map((_, day) => (day === 0 ? [[540, 541] as const] : [])) };
  expect(() => addTime(minuteAWeek, 'working_time', at('2026-11-23 09:00'), 10_000)).toThrow('found none; shorten it');
});
