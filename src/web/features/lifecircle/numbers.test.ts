import { describe, expect, test } from 'vitest';
import { beyondFirst, beyondOf, isSlowBack, percentOf, stateOf, toMinutes } from './numbers.ts';

describe('per cent', () => {
  test.each([
    [0, 10, 0],
    [10, 10, 100],
    [1, 1000, 1],
    [999, 1000, 99],
    [1, 3, 33],
  ])('%i of %i is %i: everybody and nobody are never made up by rounding', (part, whole, percent) => {
    expect(percentOf(part, whole)).toBe(percent);
  });

  test.each([
    [null, 10],
    [3, null],
    [0, 0],
  ])('%o of %o is not said', (part, whole) => {
    expect(percentOf(part, whole)).toBeNull();
  });
});

test('who is beyond: the whole less those within; what is not shown on either side is not reckoned', () => {
  const whole = { people: 100, elders: 20, children: null };
  expect(beyondOf(whole, { people: 60, elders: null, children: 3 })).toEqual({
    people: 40,
    elders: null,
    children: null,
  });
  expect(beyondOf(whole, undefined)).toEqual({ people: null, elders: null, children: null });
});

test('a cell stands within a limit, beyond it, or has none; the limit itself is within', () => {
  expect([480, 481, null].map((seconds) => stateOf({ seconds }, 480))).toEqual(['near', 'beyond', 'none']);
});

test('cells beyond are listed by how many live there', () => {
  const cell = (code: string, people: number | null, seconds: number | null) => ({
    code,
    people,
    seconds,
    merged: false,
    areaCode: '1',
    areaName: '',
    lon: 0,
    lat: 0,
    elders: 0,
    children: 0,
    back: null,
    facility: null,
  });
  const cells = [cell('a', 5, 900), cell('b', 50, 100), cell('c', 70, null), cell('d', null, 901)];
  expect(beyondFirst(cells, 600).map(({ code }) => code)).toEqual(['c', 'a', 'd']);
});

test('minutes are rounded up', () => {
  expect([0, 1, 60, 61, 480].map(toMinutes)).toEqual([0, 1, 1, 2, 8]);
});

test('a way back counts as slower only by share and by seconds', () => {
  const rules = { backSlower: 1.25, backSlowerSeconds: 120 };
  expect(isSlowBack({ seconds: 400, back: 519 }, rules)).toBe(false);
  expect(isSlowBack({ seconds: 400, back: 520 }, rules)).toBe(true);
  expect(isSlowBack({ seconds: 1000, back: 1200 }, rules)).toBe(false);
  expect(isSlowBack({ seconds: 400, back: null }, rules)).toBe(false);
});
