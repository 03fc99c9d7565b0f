import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { geometryOf, ringsOf } from './geometry.ts';
import type { AreaGeometry, Ring } from './geometry.ts';
import { representativePoint, sideOf } from './inside.ts';
import { areaM2, bboxOf, centroid } from './measure.ts';
import { mergeAreas } from './merge.ts';
import { randomCut, randomTiling, squareKm } from './random-tiling.fixture.ts';
import { findRingProblems } from './ring-problems.ts';
import { splitArea, weaveCorners } from './split.ts';
import { checkTiling } from './tiling.ts';

const box = (west: number, south: number, east: number, north: number): AreaGeometry => {
  const ring: Ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]; // prettier-ignore
  return { type: 'Polygon', coordinates: [ring] };
};
const polygon = (...rings: Ring[]): AreaGeometry => ({ type: 'Polygon', coordinates: rings });
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('measures', () => {
  test('one degree by one degree at the equator has the area of the ellipsoid', () => {
    // Karney's GeographicLib gives 12 308 778 361 m² for the geodesic quadrilateral.
    expect(areaM2(box(0, 0, 1, 1))).toBeCloseTo(12_308_778_361, -6);
  });
  test('the whole ellipsoid measures 510 065 621 724 089 m²', () => {
    expect(areaM2(box(-180, -90, 180, 90)) / 510_065_621_724_089).toBeCloseTo(1, 9);
  });
  test('holes are taken off and winding does not matter', () => {
    const hole: Ring = [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.4], [0.2, 0.2]]; // prettier-ignore
    const whole = areaM2(box(0, 0, 1, 1));
    const holed = areaM2(polygon(...ringsOf(box(0, 0, 1, 1)), hole));
    expect(holed).toBeCloseTo(whole - areaM2(polygon(hole.toReversed())), 3);
  });
  test('centroid and box of a rectangle', () => {
    expect(centroid(box(2, 4, 4, 8))[0]).toBeCloseTo(3, 12);
    expect(centroid(box(2, 4, 4, 8))[1]).toBeCloseTo(6, 12);
    expect(bboxOf(box(2, 4, 4, 8))).toEqual([2, 4, 4, 8]);
  });
  test('the representative point of a horseshoe lies inside although the centroid does not', () => {
    const horseshoe = polygon([[0, 0], [10, 0], [10, 10], [8, 10], [8, 2], [2, 2], [2, 10], [0, 10], [0, 0]]); // prettier-ignore
    expect(sideOf(horseshoe, centroid(horseshoe))).toBe(-1);
    expect(sideOf(horseshoe, representativePoint(horseshoe))).toBe(1);
  });
  test('the representative point lies inside every part of random tilings', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const child of randomTiling(seed, 8).children) expect(sideOf(child, representativePoint(child))).toBe(1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('invalid outlines are refused with the place', () => {
  test.each<[string, AreaGeometry, string, unknown]>([
    ['bow tie', polygon([[0, 0], [2, 2], [2, 0], [0, 3], [0, 0]]), 'crosses_itself', [1.2, 1.2]],
    ['spike', polygon([[0, 0], [2, 0], [4, 0], [2, 0], [2, 2], [0, 0]]), 'crosses_itself', [2, 0]],
    ['touching itself', polygon([[0, 0], [4, 0], [4, 4], [2, 0], [0, 4], [0, 0]]), 'crosses_itself', [2, 0]],
    ['not closed', polygon([[0, 0], [2, 0], [2, 2], [0, 2]]), 'not_closed', [0, 2]],
    ['three positions', polygon([[0, 0], [2, 0], [0, 0]]), 'too_few_points', [0, 0]],
    ['no rings', polygon(), 'too_few_points', null],
    ['flat', polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), 'no_area', [0, 0]],
    ['not a number', polygon([[0, 0], [Number.NaN, 0], [2, 2], [0, 0]]), 'not_a_number', null],
    ['metres', polygon([[0, 0], [35_000, 0], [2, 2], [0, 0]]), 'out_of_range', null],
    ['hole outside', polygon([[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]], [[5, 5], [6, 5], [6, 6], [5, 5]]), 'hole_outside', [5, 5]],
    ['rings cross', polygon([[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]], [[1, 1], [3, 1], [1, 1.5], [1, 1]]), 'rings_cross', [2, 1]],
  ])('%s', (_name, geometry, fault, at) => {
    const [problem] = findRingProblems(geometry);
    expect(problem?.fault).toBe(fault);
    if (at === null) expect(problem?.at).toBeNull();
    else expect(problem?.at).toEqual((at as number[]).map((number) => expect.closeTo(number, 9)));
  }); // prettier-ignore
  test('wrong winding is accepted', () => {
    expect(findRingProblems(polygon([[0, 0], [0, 2], [2, 2], [2, 0], [0, 0]]))).toEqual([]); // prettier-ignore
  });
});

describe('split and merge', () => {
  test('a bent line through a ring with a hole gives parts that tile it', () => {
    const holed = polygon(...ringsOf(box(0, 0, 10, 10)), [[4, 4], [4, 6], [6, 6], [6, 4], [4, 4]]); // prettier-ignore
    const { parts } = splitArea(holed, [[5, -1], [5, 11]]); // prettier-ignore
    expect(parts).toHaveLength(2);
    expect(parts.reduce((sum, part) => sum + areaM2(part), 0) / areaM2(holed)).toBeCloseTo(1, 12);
  });
  test('a line from corner to corner adds no corners', () => {
    const { parts, corners } = splitArea(box(0, 0, 1, 1), [[0, 0], [1, 1]]); // prettier-ignore
    expect(corners).toEqual([]);
    expect(parts.map(({ coordinates }) => coordinates[0]?.length)).toEqual([4, 4]);
  });
  test('a line that crosses a comb three times gives four parts', () => {
    const comb = polygon([[0, 0], [7, 0], [7, 5], [6, 5], [6, 1], [4, 1], [4, 5], [3, 5], [3, 1], [1, 1], [1, 5], [0, 5], [0, 0]]); // prettier-ignore
    expect(splitArea(comb, [[-1, 3], [8, 3]]).parts).toHaveLength(4); // prettier-ignore
  });
  test.each<[string, [number, number][]]>([
    ['ends inside', [[-1, 0.5], [0.5, 0.5]]],
    ['misses', [[-1, 5], [3, 5]]],
    ['runs along the edge', [[-1, 0], [3, 0]]],
  ])('a line that %s is refused', (_name, line) => {
    expect(() => splitArea(box(0, 0, 1, 1), line)).toThrow('from edge to edge');
  }); // prettier-ignore
  test('areas that touch only in a point, or not at all, cannot be merged', () => {
    expect(() => mergeAreas([box(0, 0, 1, 1), box(1, 1, 2, 2)])).toThrow('2 separate pieces');
    expect(() => mergeAreas([box(0, 0, 1, 1), box(3, 3, 4, 4)])).toThrow('2 separate pieces');
    expect(() => mergeAreas([box(0, 0, 1, 1)])).toThrow('at least two');
  });
  test('areas whose corners do not match are merged along the common edge', () => {
    const merged = mergeAreas([box(0, 0, 1, 1), box(1, 0, 2, 0.5), box(1, 0.5, 2, 1)]);
    expect(checkTiling([{ code: 'a', geometry: merged }], { code: 'p', geometry: box(0, 0, 2, 1) })).toEqual([]);
  });
  test('a gap of a millimetre is closed, one of a metre is refused', () => {
    const merged = mergeAreas([box(0, 0, 1, 1), box(1.000_000_01, 0, 2, 1)]);
    expect(merged.coordinates).toHaveLength(1);
    expect(findRingProblems(merged)).toEqual([]);
    expect(areaM2(merged) / areaM2(box(0, 0, 2, 1))).toBeCloseTo(1, 7);
    expect(() => mergeAreas([box(0, 0, 1, 1), box(1.000_01, 0, 2, 1)])).toThrow('2 separate pieces');
  });
  test('overlapping areas are joined', () => {
    const merged = mergeAreas([box(0, 0, 2, 2), box(1, 1, 3, 3)]);
    expect(merged.coordinates[0]).toHaveLength(9);
  });
  test('merging what was split gives the original back, to the last bit', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { parts, corners } = splitArea(squareKm, randomCut(seededRandom(seed), squareKm));
        const merged = { code: 'm', geometry: mergeAreas(parts) };
        expect(merged.geometry.coordinates[0]).toHaveLength(5 + corners.length);
        const whole = { code: 'p', geometry: weaveCorners(squareKm, corners) };
        expect(checkTiling([merged], whole, { toleranceM2: 0 })).toEqual([]);
      }),
    );
  });
  test('splitting again and again conserves area and keeps tiling exactly', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { parent, children } = randomTiling(seed, 12);
        const sum = children.reduce((total, child) => total + areaM2(child), 0);
        expect(sum / areaM2(squareKm)).toBeCloseTo(1, 9);
        const coded = children.map((geometry, k) => ({ code: String(k), geometry }));
        expect(checkTiling(coded, { code: 'p', geometry: parent }, { toleranceM2: 0 })).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('tiling', () => {
  const parent = { code: 'p', geometry: box(0, 0, 0.02, 0.01) };
  const left = { code: 'a', geometry: box(0, 0, 0.01, 0.01) };
  test('siblings with different corners on the common edge still tile', () => {
    const right = [box(0.01, 0, 0.02, 0.004), box(0.01, 0.004, 0.02, 0.01)];
    const children = [left, ...right.map((geometry, k) => ({ code: `b${k}`, geometry }))];
    expect(checkTiling(children, parent)).toEqual([]);
  });
  test.each<[string, number, string, string[]]>([
    ['overlap', 0.009, 'overlap', ['a', 'b']],
    ['gap', 0.011, 'gap', ['p']],
  ])('%s is told with codes, place and size', (_name, west, kind, codes) => {
    const problems = checkTiling([left, { code: 'b', geometry: box(west, 0, 0.02, 0.01) }], parent);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(problem).toMatchObject({ kind, codes });
    expect(problem?.at?.[0]).toBeCloseTo((west + 0.01) / 2, 9);
    expect(problem?.areaM2).toBeCloseTo(areaM2(box(0.01, 0, 0.011, 0.01)), 0);
  });
  test('a child outside its parent is told', () => {
    const problems = checkTiling([left, { code: 'b', geometry: box(0.01, 0, 0.021, 0.01) }], parent);
    expect(problems.map(({ kind, codes }) => [kind, ...codes])).toEqual([['outside', 'b']]);
  });
  test('without a parent an enclosed gap is told', () => {
    const ring = [
      box(0, 0, 0.03, 0.01),
      box(0, 0.01, 0.01, 0.03),
      box(0.01, 0.02, 0.03, 0.03),
      box(0.02, 0.01, 0.03, 0.02),
    ];
    const problems = checkTiling(ring.map((geometry, k) => ({ code: String(k), geometry })));
    expect(problems.map(({ kind }) => kind)).toEqual(['gap']);
    expect(problems[0]?.at?.[0]).toBeCloseTo(0.015, 9);
  });
  test('an invalid child is told and nothing else', () => {
    const bad = { code: 'b', geometry: geometryOf([[[[0, 0], [1, 1], [1, 0]]]]) }; // prettier-ignore
    expect(checkTiling([left, bad], parent).map(({ kind, codes }) => [kind, ...codes])).toEqual([['invalid', 'b']]);
  });
  test('pieces within the tolerance are not told', () => {
    const b = { code: 'b', geometry: box(0.009_999_999, 0, 0.02, 0.01) };
    expect(checkTiling([left, b], parent)).toEqual([]);
    expect(checkTiling([left, b], parent, { toleranceM2: 0.01 })).toHaveLength(1);
  });
});
