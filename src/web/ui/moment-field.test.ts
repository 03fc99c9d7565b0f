import { expect, it } from 'vitest';
import { readClock } from './MomentField.tsx';

it.each([
  ['06:05', '06:05'],
  ['6:5', '06:05'],
  ['0605', '06:05'],
  ['605', '06:05'],
  ['18：30', '18:30'],
  ['00:00', '00:00'],
  ['23:59', '23:59'],
  ['24:00', null],
  ['12:60', null],
  ['noon', null],
  ['', null],
])('reads %s as %s', (typed, clock) => {
  expect(readClock(typed)).toBe(clock);
});
