import { expect, test } from 'vitest';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES } from './calendar.ts';
import type { Calendar, CalendarDay } from './calendar.ts';
import { dueAt, fractionAt, instantAtFraction, usedMinutes } from './limit-clock.ts';
import type { LimitClock, Pause } from './limit-clock.ts';

/* Monday to Friday 09:00-12:00 and 14:00-18:00; 2026-11-20 is a Friday. */
const calendar: Calendar = {
  offsetMinutes: SHANGHAI_OFFSET_MINUTES,
  weekly: OFFICE_WEEK,
  days: new Map<string, CalendarDay>(),
  coverageFrom: '2026-01-01',
  coverageUntil: '2026-12-31',
};
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
const written = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms + 480 * 60_000).toISOString().slice(0, 16).replace('T', ' ');
const pause = (from: string, to: string | null): Pause => ({ fromMs: at(from), toMs: to === null ? null : at(to) });

const fourHours: LimitClock = { kind: 'working_time', startMs: at('2026-11-23 10:00'), limit: 240, pauses: [] };
const fourHoursRound: LimitClock = { ...fourHours, kind: 'continuous' };
const threeDays: LimitClock = { kind: 'working_day', startMs: at('2026-11-23 10:00'), limit: 3, pauses: [] };

test.each<[string, LimitClock, string | null]>([
  ['four working hours from Monday 10:00', fourHours, '2026-11-23 16:00'],
  [
    'paused over lunch: nothing moves',
    { ...fourHours, pauses: [pause('2026-11-23 12:00', '2026-11-23 14:00')] },
    '2026-11-23 16:00',
  ],
  [
    'paused 11:30 to 14:30: one working hour later',
    { ...fourHours, pauses: [pause('2026-11-23 11:30', '2026-11-23 14:30')] },
    '2026-11-23 17:00',
  ],
  [
    'paused 15:00 until Tuesday 15:00: the last hour is Tuesday',
    { ...fourHours, pauses: [pause('2026-11-23 15:00', '2026-11-24 15:00')] },
    '2026-11-24 16:00',
  ],
  [
    'two pauses that overlap count once',
    {
      ...fourHours,
      pauses: [pause('2026-11-23 14:00', '2026-11-23 15:00'), pause('2026-11-23 14:30', '2026-11-23 15:30')],
    },
    '2026-11-23 17:30',
  ],
  [
    'a pause before the start moves nothing',
    { ...fourHours, pauses: [pause('2026-11-23 09:00', '2026-11-23 10:00')] },
    '2026-11-23 16:00',
  ],
  [
    'a pause from before the start counts from the start',
    { ...fourHours, pauses: [pause('2026-11-23 09:00', '2026-11-23 11:00')] },
    '2026-11-23 17:00',
  ],
  [
    'a pause after the due moves nothing',
    { ...fourHours, pauses: [pause('2026-11-23 16:00', '2026-11-24 16:00')] },
    '2026-11-23 16:00',
  ],
  ['an extension of two working hours', { ...fourHours, extraMinutes: 120 }, '2026-11-23 18:00'],
  ['an extension into the next day', { ...fourHours, extraMinutes: 180 }, '2026-11-24 10:00'],
  ['paused and not resumed: nobody knows', { ...fourHours, pauses: [pause('2026-11-23 15:00', null)] }, null],
  [
    'paused only after it was late: it stays late',
    { ...fourHours, pauses: [pause('2026-11-23 17:00', null)] },
    '2026-11-23 16:00',
  ],
  [
    'paused at the very moment it was due: it is due',
    { ...fourHours, pauses: [pause('2026-11-23 16:00', null)] },
    '2026-11-23 16:00',
  ],
  ['four hours round the clock', fourHoursRound, '2026-11-23 14:00'],
  [
    'round the clock, lunch is not free',
    { ...fourHoursRound, pauses: [pause('2026-11-23 12:00', '2026-11-23 14:00')] },
    '2026-11-23 16:00',
  ],
  ['three working days from Monday', threeDays, '2026-11-26 18:00'],
  ['three working days and one more', { ...threeDays, extraDays: 1 }, '2026-11-27 18:00'],
  [
    'paused over the night: nothing moves',
    { ...threeDays, pauses: [pause('2026-11-24 18:00', '2026-11-25 09:00')] },
    '2026-11-26 18:00',
  ],
  [
    'paused for two working days',
    { ...threeDays, pauses: [pause('2026-11-24 09:00', '2026-11-25 18:00')] },
    '2026-11-30 18:00',
  ],
  [
    'paused for two working hours, it ends in the middle of a day',
    { ...threeDays, pauses: [pause('2026-11-24 09:00', '2026-11-24 11:00')] },
    '2026-11-27 11:00',
  ],
  ['no time at all is due at once', { ...fourHours, limit: 0 }, '2026-11-23 10:00'],
])('due: %s', (_, clock, expected) => {
  expect(written(dueAt(calendar, clock).at)).toBe(expected);
});

test.each<[string, LimitClock, number, string | null]>([
  ['reminder of four working hours', fourHours, 0.8, '2026-11-23 15:12'],
  ['next tier for four working hours: two more', fourHours, 1.5, '2026-11-23 18:00'],
  ['next tier for four hours round the clock', fourHoursRound, 1.5, '2026-11-23 16:00'],
  ['reminder of three days (27 hours from Monday 10:00)', threeDays, 0.8, '2026-11-26 10:36'],
  ['next tier for three days goes on in working hours', threeDays, 1.5, '2026-11-30 17:30'],
  ['the start', threeDays, 0, '2026-11-23 10:00'],
  [
    'reminder during an open pause that came before it',
    { ...fourHours, pauses: [pause('2026-11-23 15:00', null)] },
    0.8,
    null,
  ],
  [
    'reminder already given before an open pause',
    { ...fourHours, pauses: [pause('2026-11-23 15:30', null)] },
    0.8,
    '2026-11-23 15:12',
  ],
  [
    'next tier when paused after the due',
    { ...fourHours, pauses: [pause('2026-11-23 17:00', '2026-11-24 17:00')] },
    1.5,
    '2026-11-24 18:00',
  ],
])('mark: %s', (_, clock, fraction, expected) => {
  expect(written(instantAtFraction(calendar, clock, fraction).at)).toBe(expected);
});

test.each<[string, LimitClock, string, number, number]>([
  ['before the start', fourHours, '2026-11-23 09:00', 0, 0],
  ['one hour before lunch', fourHours, '2026-11-23 11:00', 60, 0.25],
  ['at lunch', fourHours, '2026-11-23 13:00', 120, 0.5],
  ['at the due', fourHours, '2026-11-23 16:00', 240, 1],
  ['the next morning', fourHours, '2026-11-24 10:00', 420, 1.75],
  ['during an open pause', { ...fourHours, pauses: [pause('2026-11-23 11:00', null)] }, '2026-11-24 10:00', 60, 0.25],
  [
    'halfway through a pause',
    { ...fourHours, pauses: [pause('2026-11-23 11:00', '2026-11-23 15:00')] },
    '2026-11-23 14:30',
    60,
    0.25,
  ],
  [
    'after a pause',
    { ...fourHours, pauses: [pause('2026-11-23 11:00', '2026-11-23 15:00')] },
    '2026-11-23 16:00',
    120,
    0.5,
  ],
  ['an extended limit is used more slowly', { ...fourHours, extraMinutes: 240 }, '2026-11-23 16:00', 240, 0.5],
  ['three days at the close of the first', threeDays, '2026-11-23 18:00', 360, 360 / 1620],
  ['a limit of nothing is spent', { ...fourHours, limit: 0 }, '2026-11-23 10:00', 0, Number.POSITIVE_INFINITY],
  ['a limit of nothing before its start', { ...fourHours, limit: 0 }, '2026-11-23 09:59', 0, 0],
])('used: %s', (_, clock, now, minutes, fraction) => {
  expect(usedMinutes(calendar, clock, at(now)).minutes).toBe(minutes);
  expect(fractionAt(calendar, clock, at(now)).fraction).toBeCloseTo(fraction, 10);
});

test('a clock is certain only while all the days it rests on are covered', () => {
  const last: LimitClock = { ...fourHours, startMs: at('2026-12-31 16:00') };
  expect(dueAt(calendar, last).certain).toBe(false);
  expect(instantAtFraction(calendar, last, 0.5)).toEqual({ at: at('2026-12-31 18:00'), certain: true });
  expect(usedMinutes(calendar, last, at('2026-12-31 18:00'))).toEqual({ minutes: 120, certain: true });
  expect(usedMinutes(calendar, last, at('2027-01-01 18:00')).certain).toBe(false);
  expect(dueAt(calendar, { ...last, kind: 'continuous' }).certain).toBe(true);
  const days: LimitClock = { ...threeDays, startMs: at('2026-12-30 16:00') };
  expect(fractionAt(calendar, days, at('2026-12-30 17:00')).certain).toBe(false);
  expect(instantAtFraction(calendar, days, 0.1).certain).toBe(false);
});

test.each<[string, LimitClock, string]>([
  ['a negative limit', { ...fourHours, limit: -5 }, 'limit: expected 0 to 5270400 minutes (10 years), found -5.'],
  [
    'a negative extension',
    { ...fourHours, extraMinutes: -5 },
    'extraMinutes: expected 0 to 5270400 minutes (10 years), found -5.',
  ],
  [
    'half a day more',
    { ...threeDays, extraDays: 0.5 },
    'extraDays: expected 0 to 3660 whole working days (10 years), found 0.5.',
  ],
  [
    'days extended by minutes',
    { ...threeDays, extraMinutes: 5 },
    'Expected a working_day clock to be extended in days, found 5 of the other.',
  ],
  [
    'hours extended by days',
    { ...fourHours, extraDays: 1 },
    'Expected a working_time clock to be extended in minutes, found 1 of the other.',
  ],
  [
    'a pause that ends before it begins',
    { ...fourHours, pauses: [{ fromMs: at('2026-11-23 12:00'), toMs: at('2026-11-23 11:00') }] },
    'pause: expected an end after its start',
  ],
  [
    'a pause from nowhere',
    { ...fourHours, pauses: [{ fromMs: Number.NaN, toMs: null }] },
    'pause from: expected whole epoch milliseconds',
  ],
])('refuses %s', (_, clock, message) => {
  expect(() => dueAt(calendar, clock)).toThrow(`Working time refused. ${message}`);
});

test.each([-0.1, Number.NaN, 101])('refuses to look for the fraction %d', (fraction) => {
  expect(() => instantAtFraction(calendar, fourHours, fraction)).toThrow('fraction: expected 0 to 100');
});
