import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast, atMost, countInterval, countLaw, quantile } from './count-law.ts';
import { falseDiscovery } from './fdr.ts';
import { normalTail, twoSided } from './normal-tail.ts';

/** Within `part` of the right answer, however small it is. */
function near(found: number, right: number, part = 1e-9) {
  expect(Math.abs(found / right - 1), `${found} is not ${right}`).toBeLessThan(part);
}

describe('the normal tail', () => {
  it('agrees with scipy 1.x norm.sf, far out too', () => {
    near(normalTail(1.5), 0.06680720126885807);
    near(normalTail(3), 0.0013498980316300933);
    near(normalTail(6), 9.865876450376946e-10);
    near(normalTail(10), 7.61985302416047e-24);
    near(normalTail(-2), 0.9772498680518208);
    near(twoSided(-1.9599639845400545), 0.05);
    expect(twoSided(0)).toBe(1);
  });
});

describe('the law of a count', () => {
  it('without more spread than its mean is Poisson: scipy poisson', () => {
    const law = countLaw(4.2, 0);
    near(atLeast(law, 10), 0.011126988198972423);
    near(atMost(law, 2), 0.2102379870230975);
    expect(countInterval(law, 0.8)).toEqual({ low: 2, high: 7 });
  });

  it('with more spread is negative binomial: scipy nbinom', () => {
    const law = countLaw(4.2, 9);
    near(atLeast(law, 10), 0.058614274018176704);
    near(atMost(law, 2), 0.32830114448964814);
    expect(countInterval(law, 0.8)).toEqual({ low: 1, high: 8 });
    near(atLeast(countLaw(1500, 4000), 1700), 0.0011109356385517152, 1e-8);
  });

  it('has the mean and variance asked for, and sides that add up', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 2000, noNaN: true }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.integer({ min: 0, max: 3000 }),
        (mean, dispersion, count) => {
          const law = countLaw(mean, mean * dispersion);
          let [found, squares] = [0, 0];
          law.chance.forEach((chance, k) => {
            found += chance * (law.from + k);
            squares += chance * (law.from + k - mean) ** 2;
          });
          near(found, mean, 1e-6);
          near(squares, mean * dispersion, 1e-4);
          expect(atLeast(law, count) + atMost(law, count - 1)).toBeCloseTo(1, 9);
          const { low, high } = countInterval(law, 0.8);
          expect(atLeast(law, low) + atMost(law, high) - 1).toBeGreaterThanOrEqual(0.8 - 1e-9);
          expect(quantile(law, 0.5)).toBeGreaterThanOrEqual(low);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of a mean of nothing is nothing, and refuses what is no mean', () => {
    expect(countInterval(countLaw(0, 0), 0.95)).toEqual({ low: 0, high: 0 });
    expect(atLeast(countLaw(0, 0), 1)).toBe(0);
    expect(() => countLaw(-1, 1)).toThrow(/at least 0, found -1/);
    expect(() => countLaw(NaN, 1)).toThrow(RangeError);
  });
});

describe('the share of false finds', () => {
  it('agrees with scipy false_discovery_control', () => {
    const p = [0.1, 0.005, 0.3, 0.009, 0.2, 0.05];
    [0.15, 0.027, 0.3, 0.027, 0.24, 0.1].forEach((right, k) => near(falseDiscovery(p)[k]!, right));
    [0.3675, 0.06615, 0.735, 0.06615, 0.588, 0.245].forEach((right, k) => near(falseDiscovery(p, 'by')[k]!, right));
  });

  it('leaves out what was not tested, and knows the empty list', () => {
    expect([...falseDiscovery([NaN, 0.02, NaN])]).toEqual([NaN, 0.02, NaN]);
    expect(falseDiscovery([])).toHaveLength(0);
  });

  it('never lies below p, keeps its order, and is no less strict for any dependence', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), (p) => {
        const q = falseDiscovery(p);
        const strict = falseDiscovery(p, 'by');
        p.forEach((one, k) => {
          expect(q[k]).toBeGreaterThanOrEqual(one);
          expect(q[k]).toBeLessThanOrEqual(1);
          expect(strict[k]).toBeGreaterThanOrEqual(q[k]!);
          p.forEach((other, j) => expect(one < other && q[k]! > q[j]!).toBe(false));
        });
      }),
    );
  });
});
