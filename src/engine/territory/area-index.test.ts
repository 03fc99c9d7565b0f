import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomBetween, seededRandom } from '#kit/random.ts';
import { tiers } from '#kit/tiers.ts';
import { buildAreaIndex } from './area-index.ts';
import type { IndexedArea } from './area-index.ts';
import { ringsOf } from './geometry.ts';
import { sideOf } from './inside.ts';
import { randomTiling } from './random-tiling.fixture.ts';

/** The slow, obvious way: look at all areas, lowest tier first, then lowest code. */
function locateByBruteForce(areas: IndexedArea[], lon: number, lat: number): number {
  const holding = areas.map((_, k) => k).filter((k) => sideOf(at(areas, k).rings, [lon, lat]) >= 0);
  holding.sort((p, q) => {
    const [a, b] = [at(areas, p), at(areas, q)];
    return tiers.indexOf(b.tier) - tiers.indexOf(a.tier) || (a.code < b.code ? -1 : 1);
  });
  return holding[0] ?? -1;
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`no item ${index}`);
  return item;
}

/** A tiling whose first three pieces are cut once more into micro-grids, all inside one community. */
function town(seed: number): IndexedArea[] {
  const { parent, children } = randomTiling(seed, 15);
  const grids = children.map((rings, k): IndexedArea => ({ code: `g${String(99 - k)}`, tier: 'grid', rings }));
  const micro = grids.slice(0, 3).map((grid): IndexedArea => ({ ...grid, code: `${grid.code}01`, tier: 'micro_grid' }));
  return [{ code: 'c', tier: 'community', rings: parent }, ...grids, ...micro];
}

describe('locate', () => {
  test('agrees with brute force inside, outside, on borders and on corners', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const areas = town(seed);
        const index = buildAreaIndex(areas);
        const rng = seededRandom(seed);
        const corners = areas.flatMap(({ rings }) => ringsOf(rings).flat());
        const middles = corners
          .slice(1)
          .map((b, k) => [(b[0] + at(corners, k)[0]) / 2, (b[1] + at(corners, k)[1]) / 2]);
        const strewn = Array.from({ length: 300 }, () => [
          randomBetween(rng, 106.549, 106.561),
          randomBetween(rng, 29.549, 29.561),
        ]);
        for (const [lon = 0, lat = 0] of [...corners, ...middles, ...strewn]) {
          expect(index.locate(lon, lat), `${lon},${lat}`).toBe(locateByBruteForce(areas, lon, lat));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('every point of a tiling lies in exactly one piece, whatever the order of input', () => {
    const areas = town(7).filter(({ tier }) => tier === 'grid');
    const reversed = areas.toReversed();
    const [forward, backward] = [buildAreaIndex(areas), buildAreaIndex(reversed)];
    const rng = seededRandom(1);
    for (let n = 0; n < 5000; n++) {
      const [lon, lat] = [randomBetween(rng, 106.55, 106.56), randomBetween(rng, 29.55, 29.56)];
      const found = at(areas, forward.locate(lon, lat));
      expect(at(reversed, backward.locate(lon, lat))).toBe(found);
      expect(areas.filter(({ rings }) => sideOf(rings, [lon, lat]) > 0).length).toBeLessThanOrEqual(1);
    }
  });

  test('nothing is found outside, for NaN, and in an empty index', () => {
    const index = buildAreaIndex(town(1));
    expect(index.locate(0, 0)).toBe(-1);
    expect(index.locate(Number.NaN, 29.55)).toBe(-1);
    expect(index.locate(Infinity, 29.55)).toBe(-1);
    expect(buildAreaIndex([]).locate(106.55, 29.55)).toBe(-1);
  });
});
