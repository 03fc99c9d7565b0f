import { describe, expect, test } from 'vitest';
import { patternRules } from './dictionary.ts';
import { reckonHot } from './reckon-hot.ts';
import { staysAtSteps } from './rules-stays.ts';
import { seriesOf, toldOnce } from './series.ts';

const at = (minute: number) => new Date(minute * 60_000);

describe('what is told once', () => {
  const city = ['5', '51'];
  const one = (path: string[], category: string, seen: number, expected: number, side: 'more' | 'fewer' = 'more') => ({
    areaCode: path.at(-1) ?? '', path, category, side, seen, expected,
  }); // prettier-ignore

  test('the smallest area and the kind that make at least half of it', () => {
    const street = one([...city, '511'], 'E1', 40, 10);
    const east = one([...city, '511', '5111'], 'E1', 30, 6);
    const all = one(city, '', 90, 55);
    expect(toldOnce([all, street, east])).toEqual([east]);
  });

  test('the whole where nothing in it makes half', () => {
    const street = one([...city, '511'], 'E1', 40, 10);
    const parts = ['1', '2', '3'].map((end) => one([...city, '511', `511${end}`], 'E1', 13, 3));
    expect(toldOnce([...parts, street])).toEqual([street]);
  });

  test('two reasons are two, and what is fewer is not what is more', () => {
    const east = one([...city, '511', '5111'], 'E1', 30, 5);
    const west = one([...city, '511', '5112'], 'E2', 24, 4);
    const fewer = one([...city, '511', '5111'], '', 3, 27, 'fewer');
    const all = one(city, '', 90, 45);
    expect(toldOnce([east, all, west, fewer])).toEqual([east, fewer, west]);
    expect(toldOnce([])).toEqual([]);
  });

  test('something of a chain is always told', () => {
    const chain = [
      one(city, 'E1', 30, 10),
      one([...city, '511'], 'E1', 22, 10),
      one([...city, '511', '5111'], 'E1', 16, 9),
    ];
    expect(toldOnce(chain)).toEqual([chain[1]]);
  });
});

test('series are of every area and kind, each beside the same kind in the district', () => {
  const rows = [
    { street: '511', community: '5111', category: 'E1', day: '2026-03-02', seen: 2 },
    { street: '511', community: null, category: 'E2', day: '2026-03-03', seen: 3 },
    { street: null, community: null, category: 'E1', day: '2026-03-05', seen: 9 }, // beyond the days
  ];
  const { pools, series } = seriesOf(rows, {
    district: '51',
    firstDay: '2026-03-01',
    days: 3,
    tiers: ['street', 'community'],
  });
  expect(pools.map(({ category, counts }) => [category, ...counts])).toEqual([['', 0, 2, 3], ['E1', 0, 2, 0], ['E2', 0, 0, 3]]); // prettier-ignore
  expect(series.map(({ areaCode, category, pool }) => [areaCode, category, pool])).toEqual([
    ['5111', '', 0], ['5111', 'E1', 1], ['511', '', 0], ['511', 'E1', 1], ['511', 'E2', 2],
  ]); // prettier-ignore
});

test('a step that was left out has no stay; an open one has no end', () => {
  const none = {
    verifiedAt: null,
    filedAt: null,
    dispatchedAt: null,
    acceptedAt: null,
    finishedAt: null,
    closedAt: null,
    endedAt: null,
  };
  const { keys, stays } = staysAtSteps([
    { id: 'a', ownerUnitId: 'u', reportedAt: at(0), ...none, filedAt: at(5), closedAt: at(9), endedAt: at(9) },
    { id: 'b', ownerUnitId: 'u', reportedAt: at(0), ...none, verifiedAt: at(3) },
  ]);
  const told = Array.from(stays.node as Uint32Array, (node, k) => [
    keys[node],
    (stays.toMs[k]! - stays.fromMs[k]!) / 60_000,
  ]);
  expect(told).toEqual([['verify', 5], ['dispatch', 4], ['verify', 3], ['file', NaN]]); // prettier-ignore
});

test('hot squares that touch are one spot, the heaviest first', () => {
  const side = 30;
  const columns = Int32Array.from({ length: side * side }, (_, k) => k % side);
  const rows = Int32Array.from({ length: side * side }, (_, k) => Math.floor(k / side));
  const seen = Uint32Array.from(columns, (x, k) => {
    const y = rows[k] ?? 0;
    return Math.hypot(x - 8, y - 8) < 2.5 ? 12 : Math.hypot(x - 22, y - 22) < 1.5 ? 14 : (x * 7 + y * 3) % 3;
  });
  const { spots, around } = reckonHot({ columns, rows, seen, radiusCells: 3.2, leastAround: 30 });
  expect(spots).toHaveLength(2);
  expect(spots[0]).toContain(8 * side + 8);
  expect(spots[1]).toContain(22 * side + 22);
  expect(around[15 * side + 15]).toBe(37);
});

test('every rule is there, with a number', () => {
  expect(Object.values(patternRules()).every((value) => value > 0)).toBe(true);
});
