import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellCircles, tellCounts } from './rules-cells.ts';

const table = fc.array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 40 })), {
  minLength: 1,
  maxLength: 5,
});

/** Every table of counts that an outsider cannot tell from the one told: same zeros, same shown counts, same total. */
function couldBe(told: ReturnType<typeof tellCounts>, max: number): number[][] {
  const hidden = told.counts.flatMap((count, k) => (count === null ? [k] : []));
  const found: number[][] = [];
  const fill = (counts: number[], left: readonly number[]): void => {
    const [k, ...rest] = left;
    if (k === undefined) {
      const total = counts.reduce((sum, count) => sum + count, 0);
      if (told.total === null || total === told.total) found.push(counts);
      return;
    }
    for (let count = 1; count <= max; count++) fill(counts.with(k, count), rest);
  };
  fill(
    told.counts.map((count) => count ?? 0),
    hidden,
  );
  return found;
}

describe('small counts', () => {
  it('are never told, nor follow from what is told: each hidden one could be at least two numbers', () => {
    fc.assert(
      fc.property(table, (counts) => {
        const told = tellCounts(counts);
        told.counts.forEach((count, k) => {
          if (count !== null) expect(count).toBe(counts[k]);
          if (count !== null) expect(count === 0 || count >= 5).toBe(true);
        });
        const hidden = told.counts.flatMap((count, k) => (count === null ? [k] : []));
        if (hidden.length > 3) return; // the search for the others would be long; the rule is the same
        const others = couldBe(told, 45);
        for (const k of hidden) expect(new Set(others.map((one) => one[k])).size).toBeGreaterThan(1);
      }),
      { numRuns: 200 },
    );
  });

  it('are shown whole where nothing is small', () => {
    expect(tellCounts([12, 0, 7])).toEqual({ counts: [12, 0, 7], total: 19 });
    expect(tellCounts([12, 3, 7])).toEqual({ counts: [12, null, null], total: 22 });
    expect(tellCounts([3])).toEqual({ counts: [null], total: null });
  });
});

describe('circles around one place', () => {
  const pairs = Array.from({ length: 30 }, (_, inner) =>
    Array.from({ length: 30 }, (_none, ring) => [inner, ring] as const),
  ).flat();
  const toldAs = ([inner, ring]: readonly [number, number]): string =>
    JSON.stringify(tellCircles([inner, inner + ring]));

  it('tell no number of 1 to 4, neither within the small one nor between the two', () => {
    const alike = Map.groupBy(pairs, toldAs);
    for (const pair of pairs.filter(([inner, ring]) => inner + ring <= 20))
      pair.forEach((count, k) => {
        const others = new Set((alike.get(toldAs(pair)) ?? []).map((one) => one[k]));
        if (count > 0 && count < 5) expect(others.size, String(pair)).toBeGreaterThan(1);
      });
  });

  it('tell what is not small', () => {
    expect(tellCircles([0, 12])).toEqual([
      { count: 0, atLeast: false },
      { count: 12, atLeast: false },
    ]);
    expect(tellCircles([3, 12])[1]).toEqual({ count: 12, atLeast: false });
    expect(tellCircles([7, 8])[1]).toEqual({ count: 7, atLeast: true });
  });
});
