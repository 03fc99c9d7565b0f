import fc from 'fast-check';
import { intersection } from 'polyclip-ts';
import { expect, test } from 'vitest';
import { partsOf } from './geometry.ts';
import type { AreaGeometry } from './geometry.ts';
import { areaM2 } from './measure.ts';
import { randomTiling } from './random-tiling.fixture.ts';
import { relationOf } from './relation.ts';

const box = (west: number, south: number, size: number): AreaGeometry => {
  const [east, north] = [west + size, south + size];
  const ring: [number, number][] = [[west, south], [east, south], [east, north], [west, north], [west, south]]; // prettier-ignore
  return { type: 'Polygon', coordinates: [ring] };
};

test.each<[string, AreaGeometry, AreaGeometry, string]>([
  ['far away', box(0, 0, 1), box(5, 5, 1), 'apart'],
  ['common edge', box(0, 0, 1), box(1, 0, 1), 'apart'],
  ['common corner', box(0, 0, 1), box(1, 1, 1), 'apart'],
  ['within', box(1, 1, 1), box(0, 0, 3), 'inside'],
  ['around', box(0, 0, 3), box(1, 1, 1), 'unsure'],
  ['the same', box(0, 0, 1), box(0, 0, 1), 'unsure'],
  ['half an edge', box(0, 0, 1), box(1, 0, 2), 'unsure'],
  ['crossing', box(0, 0, 2), box(1, 1, 2), 'unsure'],
])('%s', (_name, a, b, relation) => {
  expect(relationOf(a, b)).toBe(relation);
});

test('whatever is called apart or inside really is, also between pieces of different tilings', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 30 }), (seed) => {
      const [one, two] = [randomTiling(seed, 4), randomTiling(seed + 1, 3)];
      for (const a of one.children) {
        for (const b of [...one.children, ...two.children, one.parent]) {
          const relation = relationOf(a, b);
          if (relation === 'unsure') continue;
          const common = areaM2({ type: 'MultiPolygon', coordinates: intersection(partsOf(a), partsOf(b)) });
          expect(common).toBeCloseTo(relation === 'apart' ? 0 : areaM2(a), 3);
        }
      }
    }),
    { numRuns: 25 },
  );
});

test('neighbours in one tiling are all known to be apart', () => {
  const { children } = randomTiling(5, 12);
  const unsure = children.flatMap((a, k) => children.slice(k + 1).filter((b) => relationOf(a, b) !== 'apart'));
  expect(unsure).toEqual([]);
});
