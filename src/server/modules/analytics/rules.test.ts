import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWords } from './dictionary.ts';
import { waitBuckets } from './measures.ts';
import { byar, standingOf, type StratumLine } from './rules-compare.ts';
import { bucketEnd, gradeOf, quantile } from './rules.ts';

describe('grades', () => {
  const up = { limits: [0.95, 0.9, 0.8, 0.7], direction: 'up' as const, least: 20 };
  const down = { limits: [0.01, 0.03, 0.06, 0.1], direction: 'down' as const, least: 20 };
  it('follow the limits, in both directions, and say nothing of a few', () => {
    expect([0.95, 0.949, 0.8, 0.7, 0.5].map((value) => gradeOf(up, value, 50))).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect([0, 0.02, 0.06, 0.1, 0.11].map((value) => gradeOf(down, value, 50))).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(gradeOf(up, 1, 19)).toBeNull();
    expect(gradeOf({ ...up, limits: [] }, 1, 50)).toBeNull();
    expect(gradeOf(up, null, 50)).toBeNull();
  });

  it('stand in order in the dictionary, and companions are indicators or waits', () => {
    const { indicators } = readWords();
    for (const { code, limits, direction, companions } of indicators.values()) {
      const sorted = limits.toSorted((a, b) => (direction === 'up' ? b - a : a - b));
      expect({ code, limits }).toEqual({ code, limits: sorted });
      expect(companions.filter((one) => !indicators.has(one) && !one.startsWith('wait_'))).toEqual([]);
    }
  });
});

describe('quantiles of a histogram', () => {
  it('are off by at most 41 % of the true one, whatever the waits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 500_000, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.9),
        (minutes, q) => {
          const counts = Array.from({ length: waitBuckets }, () => 0);
          for (const one of minutes) {
            const at = counts.findIndex((_, bucket) => one < (bucketEnd(bucket) ?? Infinity));
            counts[at] = (counts[at] ?? 0) + 1;
          }
          const truth = minutes.toSorted((a, b) => a - b)[Math.ceil(q * minutes.length) - 1] ?? 0;
          const found = quantile(counts, q) ?? 0;
          return Math.abs(found - truth) / truth <= Math.SQRT2 - 1 + 1e-9;
        },
      ),
    );
  });
  it('are absent where nobody waited', () => expect(quantile([0, 0], 0.5)).toBeNull());
});

describe('units beside one another', () => {
  const all = { cases: 10_000, late: 1000, handled: 10_000, logMinutes: 5_000_000 };
  const hard = { cases: 1000, late: 500, handled: 1000, logMinutes: 800_000 };
  const line = (cases: number, late: number, of = all): StratumLine => ({
    cases, late, handled: cases, logMinutes: (cases * of.logMinutes) / of.handled, all: of,
  }); // prettier-ignore

  it('are judged by what the same cases bring anywhere, not by their bare rate', () => {
    // Half of the hard cases are late everywhere: 50 of 100 is no worse than 10 of 100 easy ones.
    const hardUnit = standingOf([line(100, 50, hard)], 0.136);
    const easyUnit = standingOf([line(100, 10)], 0.136);
    expect([hardUnit.ratio, easyUnit.ratio]).toEqual([1, 1]);
    expect([hardUnit.band, easyUnit.band]).toEqual(['C', 'C']);
    expect(hardUnit.difficulty).toBeGreaterThan(3);
    expect(hardUnit.handleRatio).toBeCloseTo(1);
  });

  it('fall into bands only beyond chance, and few cases are not compared', () => {
    // Expected 10 of 100, standard deviation 3: 95 % ends at 15.9, 99.8 % at 19.3.
    expect([0, 3, 5, 15, 17, 20].map((late) => standingOf([line(100, late)], 0.1).band)).toEqual([
      'A', 'B', 'C', 'C', 'D', 'E',
    ]); // prettier-ignore
    expect(standingOf([line(19, 19)], 0.1)).toMatchObject({ band: null, ratio: null, low: null });
    expect(standingOf([], null)).toMatchObject({ cases: 0, band: null, difficulty: null, handleRatio: null });
  });

  it('carry the interval of the textbook', () => {
    // 10 events: exact Poisson 4.80 to 18.39.
    const [low, high] = byar(10, 1);
    expect(low).toBeCloseTo(4.79, 1);
    expect(high).toBeCloseTo(18.39, 1);
    expect(byar(0, 2)[0]).toBe(0);
  });
});
