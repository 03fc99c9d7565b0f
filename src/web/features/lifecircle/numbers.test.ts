import { describe, expect, test } from 'vitest';
import { beyondFirst, beyondOf, circlesOf, isSlowBack, percentOf, stateOf, toMinutes } from './numbers.ts';
import type { Matrix } from './queries.ts';

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

test('each circle counts its own classes: provided, missing, and those whose numbers are not shown not at all', () => {
  const heads = (people: number | null) => ({ people, elders: 0, children: 0 });
  const norm = (code: string, level: number) => ({ code, level, name: code, nameEn: code, family: 'f', walkMin: level, group: 'all', kind: 'public', certainty: 'draft', source: '' }); // prettier-ignore
  const item = (classCode: string, people: number | null) => ({
    areaCode: '1',
    classCode,
    medianS: null,
    within: { five: heads(0), ten: heads(0), fifteen: heads(0), standard: heads(people) },
  });
  const matrix: Matrix = {
    above: [],
    area: { code: '1', name: '', tier: 'community', opens: false, ...heads(100) },
    parts: [],
    classes: [norm('a', 15), norm('b', 5), norm('c', 5), norm('d', 5), norm('e', 5)],
    figures: [],
    items: [item('a', 90), item('b', 49), item('c', 10), item('d', 50), item('e', null)],
  };
  expect(circlesOf(matrix, '1', { goodShare: 90, desertShare: 50 })).toEqual([
    { level: 5, all: 3, good: 0, missing: [{ code: 'c', percent: 10 }, { code: 'b', percent: 49 }] }, // prettier-ignore
    { level: 15, all: 1, good: 1, missing: [] },
  ]);
});
