import { expect, test } from 'vitest';
import { fromClock, isSameDay, toClock } from './clock-text.ts';

const sevenTwelve = Date.parse('2026-06-03T07:12:00+08:00');

test('a moment reads as the time of day in Shanghai', () => {
  expect(toClock(sevenTwelve)).toBe('07:12');
  expect(toClock(Date.parse('2026-06-03T16:00:00Z'))).toBe('00:00');
});

test('a day ends at midnight in Shanghai', () => {
  expect(isSameDay(sevenTwelve, Date.parse('2026-06-03T15:59:59Z'))).toBe(true);
  expect(isSameDay(sevenTwelve, Date.parse('2026-06-03T16:00:00Z'))).toBe(false);
  expect(isSameDay(sevenTwelve, Date.parse('2026-06-02T15:59:59Z'))).toBe(false);
});

test.each([
  ['07:10', '2026-06-02T23:10:00.000Z'],
  ['7:10', '2026-06-02T23:10:00.000Z'],
  ['0710', '2026-06-02T23:10:00.000Z'],
  ['07：10', '2026-06-02T23:10:00.000Z'],
  ['07:15', '2026-06-02T23:15:00.000Z'],
  ['23:50', '2026-06-02T15:50:00.000Z'],
])('%s is taken as the latest such moment', (text, iso) => {
  expect(fromClock(text, sevenTwelve)).toBe(iso);
});

test.each(['', '25:00', '12:60', 'noon', '1'])('%s is no time of day', (text) => {
  expect(fromClock(text, sevenTwelve)).toBeUndefined();
});
