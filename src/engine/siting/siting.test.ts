import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openHighs } from '#server/compute/siting-highs.ts';
import { solveCapacitated } from './capacitated.ts';
import { searchCover } from './cover-search.ts';
import { searchCoverFromStarts } from './cover-starts.ts';
import { hasInstances, readCpmp, readMclp, readPmed } from './or-library.fixture.ts';
import { solvePCentre } from './p-centre.ts';
import { solvePMedian } from './p-median.ts';
import { evaluate, siteProblem, type Link, type SitingProblem } from './problem.ts';

/** Every choice, one after another. */
function bestByBruteForce(problem: SitingProblem, count: number): number {
  let best = Infinity;
  const choose = (from: number, chosen: readonly number[]): void => {
    if (chosen.length === count) best = Math.min(best, evaluate(problem, chosen).objective);
    else for (let j = from; j < problem.candidates; j++) choose(j + 1, [...chosen, j]);
  };
  choose(0, []);
  return best;
}

const town = fc
  .record({ candidates: fc.integer({ min: 1, max: 8 }), demands: fc.integer({ min: 1, max: 12 }) })
  .chain(({ candidates, demands }) =>
    fc.record({
      candidates: fc.constant(candidates),
      otherwise: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: demands, maxLength: demands }),
      links: fc.uniqueArray(
        fc.record({ demand: fc.integer({ min: 0, max: demands - 1 }), candidate: fc.integer({ min: 0, max: candidates - 1 }), cost: fc.integer({ min: 0, max: 150 }) }),
        { selector: ({ demand, candidate }) => `${demand} ${candidate}`, maxLength: 60 },
      ),
      count: fc.integer({ min: 1, max: candidates }),
    }),
  ); // prettier-ignore

describe('p-median', () => {
  test('finds what trying everything finds, and proves it', () => {
    fc.assert(
      fc.property(town, ({ candidates, otherwise, links, count }) => {
        const problem = siteProblem(candidates, otherwise, links);
        const answer = solvePMedian(problem, { count });
        expect(answer.objective).toBe(bestByBruteForce(problem, count));
        expect([answer.proved, answer.bound, answer.gap]).toEqual([true, answer.objective, 0]);
        expect([answer.chosen.length, new Set(answer.chosen).size]).toEqual([count, count]);
        const again = evaluate(problem, answer.chosen);
        expect([again.objective, [...again.serves]]).toEqual([answer.objective, [...answer.serves]]);
        if (answer.runnerUp !== null) {
          expect(answer.runnerUp.objective).toBe(evaluate(problem, answer.runnerUp.chosen).objective);
          expect(answer.runnerUp.objective).toBeGreaterThanOrEqual(answer.objective);
          expect(answer.runnerUp.chosen).not.toEqual(answer.chosen);
        }
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  test('more places never cost more, and the same question has the same answer', () => {
    fc.assert(
      fc.property(town, ({ candidates, otherwise, links }) => {
        const problem = siteProblem(candidates, otherwise, links);
        const costs = Array.from({ length: candidates }, (_, k) => solvePMedian(problem, { count: k + 1 }).objective);
        expect(costs).toEqual(costs.toSorted((a, b) => b - a));
        expect(solvePMedian(problem, { count: 1 })).toEqual(solvePMedian(problem, { count: 1 }));
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  test('stopped early it tells the bound it has, never a proof it has not', () => {
    const links: Link[] = Array.from({ length: 900 }, (_, k) => ({
      demand: k % 30,
      candidate: Math.floor(k / 30),
      cost: (k * 7919) % 101,
    }));
    const problem = siteProblem(
      30,
      Array.from({ length: 30 }, () => 500),
      links,
    );
    const [early, whole] = [solvePMedian(problem, { count: 6, stop: () => true }), solvePMedian(problem, { count: 6 })];
    expect(early.bound).toBeLessThanOrEqual(whole.objective);
    expect(early.objective).toBeGreaterThanOrEqual(whole.objective);
    expect(early.proved).toBe(early.bound === early.objective);
  });

  test('refuses what cannot be asked', () => {
    const problem = siteProblem(2, [5], [{ demand: 0, candidate: 1, cost: 1 }]);
    expect(() => solvePMedian(problem, { count: 3 })).toThrow('Expected 1 to 2 places to choose, found 3.');
    expect(() => siteProblem(2, [5], [{ demand: 0, candidate: 1, cost: 0.5 }])).toThrow('Expected a whole cost');
    expect(() => siteProblem(2, [5], [{ demand: 1, candidate: 1, cost: 1 }])).toThrow('between 1 and 1');
  });

  // The others of pmed1 to pmed20 take seconds: bench/siting proves them all.
  test.skipIf(!hasInstances).each([1, 2, 3, 4, 5, 8, 10, 11, 13, 15, 18, 20])(
    'pmed%i: the published optimum, proved',
    (which) => {
      const { size, count, links, known } = readPmed(which);
      const answer = solvePMedian(
        siteProblem(
          size,
          Array.from({ length: size }, () => 2 ** 20),
          links,
        ),
        { count },
      );
      expect([answer.objective, answer.proved]).toEqual([known, true]);
    },
  );
});

describe('maximal covering', () => {
  test('finds what trying everything finds in small towns', () => {
    fc.assert(
      fc.property(town, ({ candidates, otherwise, links, count }) => {
        const problem = siteProblem(
          candidates,
          otherwise,
          links.map((link) => ({ ...link, cost: 0 })),
        );
        const { chosen, uncovered } = searchCover(problem, { count, trials: 3000, seed: 7 });
        expect(uncovered).toBe(bestByBruteForce(problem, count));
        expect(evaluate(problem, chosen).objective).toBe(uncovered);
        expect(searchCover(problem, { count, trials: 3000, seed: 7 })).toEqual({ chosen, uncovered });
        const joined = searchCoverFromStarts(problem, { count, starts: 3, trials: 400, seed: 7 });
        expect(joined.uncovered).toBe(uncovered);
        expect(evaluate(problem, joined.chosen).objective).toBe(uncovered);
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  test.skipIf(!hasInstances)(
    'New York, 70 places of 400 m: within 1 % of the best known after a million trials',
    () => {
      const { size, count, links, known, people } = readMclp('NewYork', 70, 400);
      const whole = people.reduce((sum, one) => sum + one, 0);
      const { uncovered } = searchCover(siteProblem(size, people, links), { count, trials: 1_000_000, seed: 1 });
      expect((whole - uncovered) / known).toBeGreaterThan(0.99);
    },
  );
});

describe('p-centre', () => {
  test('makes the worst as good as trying everything does, and proves it', () => {
    fc.assert(
      fc.property(town, ({ candidates, otherwise, links, count }) => {
        const problem = siteProblem(candidates, otherwise, links);
        const paid = (chosen: readonly number[]): number => {
          const { serves } = evaluate(problem, chosen);
          return Math.max(
            0,
            ...otherwise.map(
              (cost, i) => links.find(({ demand, candidate }) => demand === i && candidate === serves[i])?.cost ?? cost,
            ),
          );
        };
        let best = Infinity;
        const choose = (from: number, chosen: readonly number[]): void => {
          if (chosen.length === count) best = Math.min(best, paid(chosen));
          else for (let j = from; j < candidates; j++) choose(j + 1, [...chosen, j]);
        };
        choose(0, []);
        const answer = solvePCentre(problem, { count });
        expect([answer.worst, answer.bound, answer.proved]).toEqual([best, best, true]);
        expect(paid(answer.chosen)).toBe(best);
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});

describe('places that can be full', async () => {
  const solve = await openHighs();
  const base = { takes: [1, 1, 1], capacity: [2, 2], seconds: 10, mayLeave: false };
  const links: Link[] = [0, 1, 2].flatMap((demand) => [
    { demand, candidate: 0, cost: 1 },
    { demand, candidate: 1, cost: 10 },
  ]);
  const problem = siteProblem(2, [100, 100, 100], links);

  test('the third goes further; with one place it is left, or the question has no answer', () => {
    expect(solveCapacitated(problem, { ...base, count: 2 }, solve)).toMatchObject({
      chosen: [0, 1],
      objective: 12,
      proved: true,
    });
    expect(solveCapacitated(problem, { ...base, count: 1, mayLeave: true }, solve)).toMatchObject({
      chosen: [0],
      objective: 102,
    });
    expect(solveCapacitated(problem, { ...base, count: 1 }, solve)).toBeNull();
  });

  test.skipIf(!hasInstances).each([1, 2])(
    'pmedcap%i: the published best, proved',
    (which) => {
      const { size, count, links: all, known, demand, capacity } = readCpmp(which);
      const instance = siteProblem(
        size,
        demand.map(() => 2 ** 20),
        all,
      );
      const answer = solveCapacitated(
        instance,
        { count, takes: demand, capacity: demand.map(() => capacity), seconds: 60, mayLeave: false },
        solve,
      );
      expect([answer?.objective, answer?.proved]).toEqual([known, true]);
    },
    90_000,
  );
});
