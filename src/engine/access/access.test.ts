import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponentialDecay, gaussianDecay, linearDecay, stepDecay, type Decay } from './decay.ts';
import {
  detourRatio,
  floatingCatchment,
  gini,
  nearestSeconds,
  opportunity,
  palma,
  shareWithin,
  type Walks,
} from './measure.ts';

/** [origin, facility, seconds] */
function walksOf(origins: number, pairs: readonly (readonly [number, number, number])[]): Walks {
  const sorted = pairs.toSorted((a, b) => a[0] - b[0]);
  const first = new Uint32Array(origins + 1);
  for (const [origin] of sorted) for (let o = origin + 1; o <= origins; o++) first[o] = (first[o] as number) + 1;
  return { first, target: Uint32Array.from(sorted, ([, t]) => t), ds: Uint32Array.from(sorted, ([, , s]) => s * 10) };
}

/** Three doors and two clinics; door 2 reaches none. */
const walks = walksOf(3, [[0, 0, 120], [0, 1, 600], [1, 1, 300]]); // prettier-ignore

describe('decay', () => {
  const all: [string, Decay][] = [
    ['step', stepDecay(600)], ['linear', linearDecay(600)], ['gaussian', gaussianDecay(300, 900)], ['exponential', exponentialDecay(300)],
  ]; // prettier-ignore
  test.each(all)('%s: 1 at the door, never more for further, between 0 and 1', (_, decay) => {
    expect(decay(0)).toBe(1);
    const seconds = fc.double({ min: 0, max: 5000, noNaN: true });
    fc.assert(fc.property(seconds, seconds, (a, b) => {
      const [near, far] = [decay(Math.min(a, b)), decay(Math.max(a, b))];
      expect(near).toBeGreaterThanOrEqual(far);
      expect(far >= 0 && near <= 1).toBe(true);
    })); // prettier-ignore
  });

  test('has the values its words promise', () => {
    expect([
      stepDecay(600)(600),
      stepDecay(600)(601),
      linearDecay(600)(300),
      exponentialDecay(300)(600),
      gaussianDecay(300, 900)(900),
    ]).toEqual([1, 0, 0.5, 0.25, 0]);
    expect(gaussianDecay(300, 9_000)(300)).toBeCloseTo(0.5, 6);
  });
});

describe('reach', () => {
  test('is told by the nearest, by share of people, by what can be reached', () => {
    expect([...nearestSeconds(walks)]).toEqual([120, 300, Infinity]);
    expect([...nearestSeconds(walks, (clinic) => clinic === 1)]).toEqual([600, 300, Infinity]);
    // 1, 2 and 4 people: the share says who.
    expect(shareWithin(nearestSeconds(walks), [1, 2, 4], [120, 300, 900])).toEqual([1 / 7, 3 / 7, 3 / 7]);
    expect(shareWithin([10], [0], [300])).toEqual([null]);
    expect([...opportunity(walks, [8, 16], stepDecay(600))]).toEqual([24, 16, 0]);
    expect([...opportunity(walks, [8, 16], stepDecay(300))]).toEqual([8, 16, 0]);
  });

  test('two-step catchment divides a clinic among those who reach it', () => {
    // Clinic 0 has 10 places for 5 people; clinic 1 has 30 for 5 + 10.
    expect([...floatingCatchment(walks, [5, 10, 99], [10, 30], stepDecay(600))]).toEqual([4, 2, 0]);
  });

  const town = fc.integer({ min: 1, max: 6 }).chain((origins) => fc.record({
    people: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: origins, maxLength: origins }),
    pairs: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: origins - 1 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 899 })), { selector: ([o, f]) => `${o} ${f}`, maxLength: 20 }),
  })); // prettier-ignore

  test('two-step catchment loses nothing and invents nothing; another clinic makes nobody worse', () => {
    fc.assert(fc.property(town, ({ people, pairs }) => {
      const capacity = [3, 7, 11, 0];
      const found = walksOf(people.length, pairs);
      const given = floatingCatchment(found, people, capacity, linearDecay(900));
      const used = capacity.filter((_, f) => pairs.some(([o, to]) => to === f && (people[o] as number) > 0)).reduce((sum, c) => sum + c, 0);
      expect(people.reduce((sum, count, o) => sum + count * (given[o] as number), 0)).toBeCloseTo(used, 6);
      const more = nearestSeconds(walksOf(people.length, [...pairs, [0, 3, 5]]));
      nearestSeconds(found).forEach((before, o) => expect(more[o]).toBeLessThanOrEqual(before));
    })); // prettier-ignore
  });
});

describe('fairness', () => {
  test('0 where all have the same, near 1 where one has all', () => {
    expect(gini([3, 3, 3], [10, 20, 5])).toBeCloseTo(0, 12);
    expect(gini([0, 100], [999, 1])).toBeCloseTo(0.999, 3);
    expect(gini([1, 3], [1, 1])).toBeCloseTo(0.25, 12);
    expect([gini([], []), gini([0, 0], [1, 1])]).toEqual([null, null]);
  });

  test('Palma: the best tenth over the worst four', () => {
    expect(palma([1, 1, 1, 1, 1], [10, 10, 10, 10, 10])).toBeCloseTo(0.25, 12);
    expect(palma([1, 2, 8], [40, 50, 10])).toBeCloseTo(2, 12);
    expect(palma([0, 5], [50, 50])).toBeNull();
  });

  test('does not depend on how people are cut into groups', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 12 }), (groups) => {
      const one = [groups.map(([v]) => v), groups.map(([, n]) => n)] as const;
      const each = groups.flatMap(([v, n]) => Array.from({ length: n }, () => v));
      const ones = each.map(() => 1);
      const [a, b] = [gini(...one), gini(each, ones)];
      if (a === null) expect(b).toBeNull();
      else expect(a).toBeCloseTo(b as number, 9);
    })); // prettier-ignore
  });

  test('a detour is told only where there is a way to speak of', () => {
    expect([detourRatio(900, 300), detourRatio(100, 40), detourRatio(290, 300)]).toEqual([3, null, 1]);
  });
});
