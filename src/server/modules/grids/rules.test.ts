import { describe, expect, test } from 'vitest';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { fitOf, mayEdit, type Siblings } from './rules.ts';
import { actorWith, box } from './town.fixture.ts';

const outline = (code: string, geometry: AreaGeometry | null) => ({ code, geometry });
const parent = box(0, 0, 10, 10);
const judge = (before: (AreaGeometry | null)[], after: (AreaGeometry | null)[], more: Partial<Siblings> = {}) => {
  const named = (list: (AreaGeometry | null)[]) => list.map((geometry, k) => outline(String(k), geometry));
  const { refused, warnings } = fitOf({
    parentCode: 'p',
    parentBefore: parent,
    parentAfter: parent,
    before: named(before),
    after: named(after),
    ...more,
  });
  return { refused: refused.map(({ kind }) => kind), warnings: warnings.map(({ kind }) => kind) };
};

describe('a change may not make it worse', () => {
  test.each<[string, Parameters<typeof judge>, ReturnType<typeof judge>]>([
    ['first of several is drawn', [[null, null], [box(0, 0, 5, 10), null]], { refused: [], warnings: ['gap'] }],
    ['the last is drawn', [[box(0, 0, 5, 10), null], [box(0, 0, 5, 10), box(5, 0, 10, 10)]], { refused: [], warnings: [] }],
    ['drawn over a neighbour', [[box(0, 0, 5, 10), null], [box(0, 0, 5, 10), box(4, 0, 10, 10)]], { refused: ['overlap'], warnings: [] }],
    ['a gap is opened', [[box(0, 0, 5, 10), box(5, 0, 10, 10)], [box(0, 0, 4, 10), box(5, 0, 10, 10)]], { refused: ['gap'], warnings: [] }],
    ['redrawn while drawing', [[box(0, 0, 5, 10), null], [box(0, 0, 4, 10), null]], { refused: [], warnings: ['gap'] }],
    ['an old overlap stays', [[box(0, 0, 6, 10), box(5, 0, 10, 10)], [box(0, 0, 6, 10), box(5, 0, 10, 10)]], { refused: [], warnings: ['overlap'] }],
    ['an old overlap shrinks', [[box(0, 0, 7, 10), box(5, 0, 10, 10)], [box(0, 0, 6, 10), box(5, 0, 10, 10)]], { refused: [], warnings: ['overlap'] }],
    ['an old overlap grows', [[box(0, 0, 6, 10), box(5, 0, 10, 10)], [box(0, 0, 7, 10), box(5, 0, 10, 10)]], { refused: ['overlap'], warnings: [] }],
    ['outside the parent', [[box(0, 0, 10, 10)], [box(0, 0, 11, 10)]], { refused: ['outside'], warnings: [] }],
    ['the parent shrinks', [[box(0, 0, 10, 10)], [box(0, 0, 10, 10)], { parentAfter: box(0, 0, 9, 10) }], { refused: ['outside'], warnings: [] }],
    ['the parent grows', [[box(0, 0, 10, 10)], [box(0, 0, 10, 10)], { parentAfter: box(0, 0, 12, 10) }], { refused: ['gap'], warnings: [] }],
    ['the parent gets its first outline', [[box(0, 0, 5, 10)], [box(0, 0, 5, 10)], { parentBefore: null }], { refused: [], warnings: ['gap'] }],
  ])('%s', (_name, args, expected) => {
    expect(judge(...args)).toEqual(expected);
  }); // prettier-ignore
  test('edges that differ only by rounding are no fault, and are checked at once', () => {
    const cell = (x: number, y: number): AreaGeometry => {
      const side = (k: number) => k * 0.001;
      const steps = Array.from({ length: 10 }, (_, k) => k);
      const [west, south, width] = [104 + x * 0.01, 30 + y * 0.01, 0.01];
      const ring: [number, number][] = [
        ...steps.map((k): [number, number] => [west + side(k), south]),
        ...steps.map((k): [number, number] => [west + width, south + side(k)]),
        ...steps.map((k): [number, number] => [west + width - side(k), south + width]),
        ...steps.map((k): [number, number] => [west, south + width - side(k)]),
      ];
      return { type: 'Polygon', coordinates: [[...ring, ring[0] ?? [0, 0]]] };
    };
    const cells = Array.from({ length: 49 }, (_, k) => cell(k % 7, Math.floor(k / 7)));
    const began = performance.now();
    expect(judge(cells, cells, { parentBefore: null, parentAfter: null })).toEqual({ refused: [], warnings: [] });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

test('grids.edit reaches the area of the appointment and all below it', () => {
  const path = ['510100', '510104', '510104001'];
  expect(mayEdit(actorWith(['grids.edit'], '510104'), path)).toBe(true);
  expect(mayEdit(actorWith(['grids.edit'], '510104001001'), path)).toBe(false);
  expect(mayEdit(actorWith(['grids.edit'], null), path)).toBe(false);
  expect(mayEdit(actorWith(['grids.read'], '510104'), path)).toBe(false);
});
