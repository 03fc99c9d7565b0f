import { describe, expect, it } from 'vitest';
import { seededRandom } from '#kit/random.ts';
import { drawnCount } from './draws.fixture.ts';
import { giStar } from './gi-star.ts';
import { nearestOnes, within } from './neighbours.ts';
import { acrossM, boxOf, middleOf, squareAt, squaresWithin, touching } from './squares.ts';

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

describe('squares', () => {
  it('are those of SQL, hold their own middle, and end at their borders', () => {
    const square = squareAt(2000, 106.5371, 29.5544);
    expect(square).toEqual({ column: 573_074, row: 239_108 });
    expect(squareAt(2000, ...(middleOf(2000, square) as [number, number]))).toEqual(square);
    const [west, south, east, north] = boxOf(2000, square);
    expect(west).toBeLessThanOrEqual(106.5371);
    expect(east).toBeGreaterThan(106.5371);
    expect(north - south).toBeCloseTo(0.0005, 9);
    expect(acrossM(2000, 29.55)).toBeCloseTo(52, 0);
  });

  it('have 37 within 3.2 of them, fewer at an edge, and agree with looking at every pair', () => {
    const { x, y } = field(12);
    const columns = x.map((one) => one / 100);
    const rows = y.map((one) => one / 100);
    const near = squaresWithin(columns, rows, 3.2);
    const judge = within(x, y, 320);
    expect(near.first).toEqual(judge.first);
    expect(near.first[6 * 12 + 6 + 1]! - near.first[6 * 12 + 6]!).toBe(37);
    expect(near.first[1]!).toBe(13);
    const list = (of: typeof near, k: number) =>
      [...of.other.subarray(of.first[k], of.first[k + 1])].toSorted((a, b) => a - b);
    for (let k = 0; k < 144; k++) expect(list(near, k)).toEqual(list(judge, k));
  });

  it('make groups of those that touch, also at a corner', () => {
    expect(touching([0, 1, 5, 6, 9], [0, 1, 5, 5, 0])).toEqual([[0, 1], [2, 3], [4]]);
    expect(touching([], [])).toEqual([]);
  });
});
