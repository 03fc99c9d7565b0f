import { describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { drawnCount } from './draws.fixture.ts';
import { giStar } from './gi-star.ts';
import { cellAt, centreOf, countIn, hexesOver, metresOf, outlineOf } from './hexes.ts';
import { nearestOnes, within } from './neighbours.ts';

const field = (side: number) => {
  const x = Float64Array.from({ length: side * side }, (_, k) => (k % side) * 100);
  const y = Float64Array.from({ length: side * side }, (_, k) => Math.floor(k / side) * 100);
  return { x, y };
};

describe('Gi*', () => {
  it('is right by hand: five places in a row', () => {
    // Values 1 2 3 4 10: mean 4, S² = 130/5 − 16 = 10. Last place: (14 − 8) / (√10 · √((5·2 − 4)/4)) = 1.5492.
    const row = within([0, 1, 2, 3, 4], [0, 0, 0, 0, 0], 1);
    const { z, sum, around } = giStar([1, 2, 3, 4, 10], row);
    expect(z[4]).toBeCloseTo(1.5492, 4);
    expect(z[0]).toBeCloseTo((3 - 8) / (Math.sqrt(10) * Math.sqrt(1.5)), 12);
    expect([...sum]).toEqual([3, 6, 9, 17, 14]);
    expect([...around]).toEqual([2, 3, 3, 3, 2]);
  });

  it('is right by the example printed in the manual of PySAL (esda.G_Local, star, binary weights)', () => {
    const near = within([10, 20, 40, 15, 30, 30], [10, 10, 10, 20, 20, 30], 15);
    const { z } = giStar([2, 3, 3.2, 5, 8, 7], near);
    const printed = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331];
    printed.forEach((right, k) => expect(z[k]).toBeCloseTo(right, 7));
  });

  it('says nothing of values that are all the same, of everything at once, or with too few around', () => {
    const { x, y } = field(4);
    expect([...giStar(new Float64Array(16).fill(3), within(x, y, 100)).heat]).toEqual(Array(16).fill(0));
    expect(giStar([1, 2, 3], within([0, 1, 2], [0, 0, 0], 9)).z.every(Number.isNaN)).toBe(true);
    const edge = giStar([...Array(15).fill(0), 9], within(x, y, 100), { minAround: 5 });
    expect(edge.z[0]).toBeNaN(); // a corner has only 3 around
    expect(edge.p[0]).toBeNaN();
    expect(edge.around[5]).toBe(5);
    expect(edge.z[5]).not.toBeNaN();
    expect(giStar([], within([], [], 10)).z).toHaveLength(0);
  });

  it('finds a planted patch, its heart the hottest, and a quiet one as cold', () => {
    const { x, y } = field(30);
    const rng = seededRandom(3);
    const patch = (k: number, cx: number, cy: number) => Math.hypot(x[k]! - cx, y[k]! - cy) <= 250;
    const values = Float64Array.from(x, (_, k) =>
      drawnCount(rng, patch(k, 800, 800) ? 16 : patch(k, 2200, 2200) ? 1 : 8),
    );
    const { heat, z } = giStar(values, within(x, y, 300), { minAround: 15 });
    expect(heat[8 * 30 + 8]).toBe(3);
    expect(heat[22 * 30 + 22]).toBe(-3);
    expect(heat[8 * 30 + 22]).toBe(0);
    const hottest = z.reduce((best, one, k) => (one > (z[best] ?? 0) ? k : best), 8 * 30 + 8);
    expect(patch(hottest, 800, 800)).toBe(true);
    const hot = [...heat].flatMap((one, k) => (one === 3 ? [k] : []));
    expect(hot.every((k) => Math.hypot(x[k]! - 800, y[k]! - 800) < 600)).toBe(true);
  });

  it('of random towns with 29 around calls hardly any place hot: the correction holds', () => {
    const { x, y } = field(25);
    const near = within(x, y, 300); // 29 inside
    let towns = 0;
    let plain = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const rng = seededRandom(seed);
      const found = giStar(
        Float64Array.from(x, () => drawnCount(rng, 2, 1.5)),
        near,
        { minAround: 29 },
      );
      if (found.heat.some((one) => Math.abs(one) >= 2)) towns++;
      if (found.p.some((p) => p <= 0.05)) plain++;
    }
    expect(plain).toBe(40); // without the correction every random town would have its "hot spot"
    expect(towns).toBeLessThanOrEqual(6);
  });
});

describe('who is near whom', () => {
  it('agrees with looking at every pair', () => {
    const rng = seededRandom(11);
    const x = Float64Array.from({ length: 80 }, () => rng() * 1000);
    const y = Float64Array.from({ length: 80 }, () => rng() * 1000);
    const near = within(x, y, 200);
    const six = nearestOnes(x, y, 6);
    x.forEach((_, k) => {
      const away = Array.from(x, (ox, j) => Math.hypot(ox - x[k]!, y[j]! - y[k]!));
      const judged = away.flatMap((m, j) => (m <= 200 ? [j] : []));
      expect([...near.other.subarray(near.first[k], near.first[k + 1])].toSorted((a, b) => a - b)).toEqual(judged);
      const order = away.map((m, j) => [m, j] as const).toSorted((a, b) => a[0] - b[0]);
      expect([...six.other.subarray(six.first[k], six.first[k + 1])]).toEqual(order.slice(0, 6).map(([, j]) => j));
    });
    expect([...nearestOnes([0, 5], [0, 0], 6).other]).toEqual([0, 1, 1, 0]);
  });
});

describe('hexagons', () => {
  const grid = hexesOver([106.53, 29.54, 106.56, 29.57], 120);

  it('hold every position of the box in the cell whose centre is nearest', () => {
    const rng = seededRandom(5);
    const cells = Array.from({ length: grid.rows * grid.columns }, (_, cell) => centreOf(grid, cell));
    const away = (a: readonly [number, number], lon: number, lat: number) =>
      Math.hypot((a[0] - lon) / grid.degrees.lon, (a[1] - lat) / grid.degrees.lat);
    for (let k = 0; k < 300; k++) {
      const [lon, lat] = [106.53 + rng() * 0.03, 29.54 + rng() * 0.03];
      const cell = cellAt(grid, lon, lat);
      const best = Math.min(...cells.map((centre) => away(centre, lon, lat)));
      expect(away(cells[cell]!, lon, lat)).toBeCloseTo(best, 6);
      expect(best).toBeLessThanOrEqual(120 / Math.sqrt(3) + 1e-6);
    }
  });

  it('have six neighbours at their width, corners that close, and 37 within three widths', () => {
    const middle = Math.floor(grid.rows / 2) * grid.columns + Math.floor(grid.columns / 2);
    const spots = Array.from({ length: grid.rows * grid.columns }, (_, cell) => metresOf(grid, cell));
    const near = (widths: number) =>
      within(
        spots.map(([x]) => x),
        spots.map(([, y]) => y),
        widths * 120,
      );
    const around = (widths: number) => near(widths).first[middle + 1]! - near(widths).first[middle]!;
    expect([around(1), around(2), around(3)]).toEqual([7, 19, 37]);
    const ring = outlineOf(grid, middle);
    expect(ring).toHaveLength(7);
    expect(ring[0]).toEqual(ring[6]);
    ring.slice(0, 6).forEach(([lon, lat]) => {
      const [cx, cy] = centreOf(grid, middle);
      expect(cellAt(grid, cx + (lon - cx) * 0.98, cy + (lat - cy) * 0.98)).toBe(middle);
    });
  });

  it('count positions, leave out those outside, and refuse to be millions', () => {
    const [lon, lat] = centreOf(grid, 40);
    const counts = countIn(grid, [lon, lon, 0], [lat, lat, 0]);
    expect(counts[40]).toBe(2);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(2);
    expect(cellAt(grid, 0, 0)).toBe(-1);
    expect(() => hexesOver([0, 0, 50, 50], 10)).toThrow(/take wider cells/);
  });
});
