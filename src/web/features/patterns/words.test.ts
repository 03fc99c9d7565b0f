import { expect, test } from 'vitest';
import { chance, runsOf } from './words.ts';

test('squares beside one another are one run, whatever their order', () => {
  expect(runsOf(['5:2', '3:1', '4:1', '6:1', '4:2'])).toBe('3-4:1,6:1,4-5:2');
  expect(runsOf([])).toBe('');
});

test('a chance has two figures that count, and is never nothing', () => {
  expect([chance(0.01234), chance(0.5), chance(1e-9)]).toEqual(['0.012', '0.5', '0.0001']);
});
