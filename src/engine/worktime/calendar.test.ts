import { expect, test } from 'vitest';
import { isAppError } from '#kit/errors.ts';
import { fromCalendarJson } from './calendar-json.ts';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES, checkCalendar, toCalendarJson } from './calendar.ts';
import type { Calendar, CalendarDay } from './calendar.ts';
import { coverageWarning, isCovered } from './coverage.ts';

const calendar: Calendar = {
  offsetMinutes: SHANGHAI_OFFSET_MINUTES,
  weekly: OFFICE_WEEK,
  days: new Map<string, CalendarDay>([
    ['2026-10-10', { kind: 'work', name: '国庆节' }],
    ['2026-10-01', { kind: 'rest', name: '国庆节' }],
    ['2026-12-31', { kind: 'half', segments: [[540, 720]] }],
  ]),
  coverageFrom: '2026-01-01',
  coverageUntil: '2026-12-31',
};
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);

test('a calendar survives being stored as JSON', () => {
  const stored = JSON.stringify(toCalendarJson(calendar));
  const read = fromCalendarJson(JSON.parse(stored));
  expect(JSON.stringify(toCalendarJson(read))).toBe(stored);
  expect(read.days.get('2026-12-31')).toEqual({ kind: 'half', segments: [[540, 720]] });
  expect([...read.days.keys()]).toEqual(['2026-10-01', '2026-10-10', '2026-12-31']);
});

test.each<[string, unknown, string]>([
  ['no object', [], 'calendar: expected an object, found []'],
  ['no days', { ...toCalendarJson(calendar), days: undefined }, 'days: expected a list, found nothing'],
  [
    'a text offset',
    { ...toCalendarJson(calendar), offsetMinutes: '480' },
    'offsetMinutes: expected a number, found "480"',
  ],
  [
    'an unknown kind',
    { ...toCalendarJson(calendar), days: [{ date: '2026-10-01', kind: 'off' }] },
    'days[0].kind: expected work, rest or half, found "off"',
  ],
  [
    'a date twice',
    {
      ...toCalendarJson(calendar),
      days: [
        { date: '2026-10-01', kind: 'rest' },
        { date: '2026-10-01', kind: 'work' },
      ],
    },
    'days[1]: expected each date once, found 2026-10-01 again',
  ],
  [
    'half a segment',
    { ...toCalendarJson(calendar), weekly: [[[540]], [], [], [], [], [], []] },
    'weekly[0][0]: expected [startMinute, endMinute], found 1 items',
  ],
])('stored JSON with %s is refused where the fault is', (_, json, message) => {
  expect(() => fromCalendarJson(json)).toThrow(`Working calendar refused. ${message}`);
});

test.each<[Partial<Calendar>, string]>([
  [{ offsetMinutes: 8.5 }, 'offsetMinutes: expected whole minutes from -720 to 840 (480 for Asia/Shanghai), found 8.5'],
  [{ weekly: OFFICE_WEEK.slice(0, 5) }, 'weekly: expected 7 days, Monday first, found 5'],
  [
    { weekly: OFFICE_WEEK.map(() => []) },
    'weekly: expected at least one working day in the week, found none; give some day its hours',
  ],
  [{ weekly: OFFICE_WEEK.map(() => [[720, 540]]) }, 'weekly[0]: expected a start before its end, found 720-540'],
  [{ weekly: OFFICE_WEEK.map(() => [[0.5, 540]]) }, 'weekly[0]: expected whole minutes, found 0.5-540'],
  [
    { days: new Map([['2026-2-1', { kind: 'rest' }]]) },
    'days 2026-2-1: expected a real date like 2026-10-01, found 2026-2-1',
  ],
  [
    { days: new Map([['2026-02-01', { kind: 'half' }]]) },
    'days 2026-02-01: expected hours on a half day, like 09:00-12:00, found none',
  ],
  [{ coverageUntil: '2026-13-01' }, 'coverageUntil: expected a real date like 2026-10-01, found 2026-13-01'],
  [{ coverageUntil: '2025-12-31' }, 'coverage: expected a start no later than its end, found 2026-01-01 … 2025-12-31'],
])('a calendar with %j is refused', (fault, message) => {
  let thrown: unknown;
  try {
    checkCalendar({ ...calendar, ...fault });
  } catch (error) {
    thrown = error;
  }
  expect(isAppError(thrown, 'bad_input')).toBe(true);
  expect(thrown).toHaveProperty('message', `Working calendar refused. ${message}`);
});

test.each([
  ['2025-12-31 23:59', false],
  ['2026-01-01 00:00', true],
  ['2026-12-31 23:59', true],
  ['2027-01-01 00:00', false],
])('whether %s local time is covered: %s', (when, covered) => {
  expect(isCovered(calendar, at(when))).toBe(covered);
});

test.each([
  ['2026-06-01 09:00', 60, undefined],
  ['2026-11-01 09:00', 60, undefined],
  ['2026-11-02 00:00', 60, { state: 'ends_soon', daysLeft: 59 }],
  ['2026-11-02 00:00', 30, undefined],
  ['2026-12-31 23:00', 60, { state: 'ends_soon', daysLeft: 0 }],
  ['2027-01-01 00:00', 60, { state: 'ended', daysLeft: -1 }],
  ['2025-12-31 12:00', 60, { state: 'before_start', daysLeft: 365 }],
])('on %s, looking %i days ahead, the warning is %j', (now, daysAhead, expected) => {
  const warning = expected && { coverageUntil: '2026-12-31', ...expected };
  expect(coverageWarning(calendar, at(now), daysAhead)).toEqual(warning);
});

test('a warning looks 60 days ahead unless told otherwise', () => {
  expect(coverageWarning(calendar, at('2026-11-02 00:00'))?.daysLeft).toBe(59);
  expect(coverageWarning(calendar, at('2026-11-01 00:00'))).toBeUndefined();
});
