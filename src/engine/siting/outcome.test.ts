import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerSiting } from './answer.ts';
import { evaluateChoice } from './outcome.ts';
import { anyQuestion } from './question.fixture.ts';
import type { SitingQuestion } from './question.ts';

const nobody = { people: 0, elders: 0, children: 0 };

/**
 * Five homes along a street; how many live in each is a power of two, so that any sum tells who is in it.
 *
 *   home 0: 1     home 1: 2 elders    home 2: 4    home 3: 8 children    home 4: 16
 *      └ 50 ─ A ─ 60 ┘└──── 200 ─── B ─── 70 ┘ └ 80 ┘                C ─ 90 ┘
 *   (a place there is already: 100 from home 0; nothing else within 1000)
 */
const street: SitingQuestion = {
  goal: 'cover',
  demands: { people: [1, 2, 4, 8, 16], elders: [0, 2, 0, 0, 0], children: [0, 0, 0, 8, 0] },
  weights: { others: 1, elders: 1, children: 1 },
  candidates: [1, 2, 5].map((cost) => ({ cost, capacity: null })),
  times: { first: [0, 1, 3, 4, 5, 6], candidate: [0, 0, 1, 1, 1, 2], ds: [50, 60, 200, 70, 80, 90] },
  existingDs: [100, Infinity, Infinity, Infinity, Infinity],
  limitDs: 100,
  beyondDs: 1000,
  choose: 1,
  budget: null,
};
const [a, b, c] = [0, 1, 2];

describe('a street of five homes', () => {
  test('the most people: home 4, where 16 live; next best are the 12 of homes 2 and 3', () => {
    expect(answerSiting(street)).toMatchObject({
      chosen: [c],
      cost: 5,
      objective: 17,
      bound: 17,
      proven: true,
      better: 'more',
      newlyServed: { people: 16, elders: 0, children: 0 },
      before: { within: { people: 1 }, beyond: { people: 30, elders: 2, children: 8 } },
      after: { within: { people: 17, elders: 0, children: 0 }, beyond: { people: 14 }, farthestDs: 100 },
      assignment: [-1, -2, -2, -2, c],
      loads: [16],
      runnerUp: { chosen: [b], objective: 13, cost: 2, proven: true },
    });
  });

  test('elders first: ten times the weight brings the two of home 1 before the sixteen', () => {
    const answer = answerSiting({ ...street, weights: { others: 1, elders: 10, children: 1 } });
    expect(answer).toMatchObject({ chosen: [a], objective: 21, newlyServed: { people: 2, elders: 2, children: 0 } });
    expect(answer.runnerUp).toMatchObject({ chosen: [c], objective: 17 });
  });

  test('whoever has no weight is neither served nor counted', () => {
    const answer = answerSiting({ ...street, weights: { others: 0, elders: 0, children: 1 } });
    expect(answer).toMatchObject({
      chosen: [b],
      objective: 8,
      after: { within: { people: 8, elders: 0, children: 8 } },
    });
    expect(answer.assignment).toEqual([-1, b, b, b, -2]);
  });

  test('a budget of four buys A and B, not C; one of eight buys all', () => {
    expect(answerSiting({ ...street, choose: null, budget: 4 })).toMatchObject({
      chosen: [a, b],
      cost: 3,
      objective: 15,
      runnerUp: { chosen: [b], objective: 13, cost: 2, proven: true },
    });
    expect(answerSiting({ ...street, choose: null, budget: 8 })).toMatchObject({ chosen: [a, b, c], objective: 31 });
    expect(answerSiting({ ...street, choose: 2, budget: 8 })).toMatchObject({ chosen: [b, c], objective: 29 });
  });

  test('a place that brings nothing is not built, whatever may be spent', () => {
    const twice = { ...street, candidates: [...street.candidates, { cost: 1, capacity: null }] };
    expect(answerSiting({ ...twice, choose: 4 }).chosen).toEqual([a, b, c]);
  });

  test('ten seats at C: six of home 4 stay without, so the twelve of B come first', () => {
    const full = {
      ...street,
      candidates: street.candidates.map(({ cost }, j) => ({ cost, capacity: j === c ? 10 : null })),
    };
    expect(answerSiting(full)).toMatchObject({ chosen: [b], objective: 13, runnerUp: { chosen: [c], objective: 11 } });
    expect(answerSiting({ ...full, choose: 2 })).toMatchObject({
      chosen: [b, c],
      objective: 23,
      loads: [14, 10],
      divided: [
        { demand: 4, candidate: c, people: 10 },
        { demand: 4, candidate: -2, people: 6 },
      ],
    });
  });

  test('the least walking together: deciseconds times people, nobody as the longest walk', () => {
    const answer = answerSiting({ ...street, goal: 'median' });
    // 1 × 100 + (2 + 4 + 8) × 1000 + 16 × 90
    expect(answer).toMatchObject({ chosen: [c], objective: 15_540, bound: 15_540, better: 'less' });
    expect(answer.after.meanDs).toBe(15_540 / 31);
    expect(answer.before.meanDs).toBe(30_100 / 31);
  });

  test('whoever walks farthest: all three places bring it from nowhere to 90; whom nothing can reach is left out', () => {
    expect(answerSiting({ ...street, goal: 'centre', choose: 3 })).toMatchObject({ chosen: [a, b, c], objective: 90 });
    const island: SitingQuestion = {
      ...street,
      goal: 'centre',
      choose: 3,
      demands: { people: [1, 2, 4, 8, 16, 32], elders: [0, 2, 0, 0, 0, 0], children: [0, 0, 0, 8, 0, 0] },
      times: { ...street.times, first: [0, 1, 3, 4, 5, 6, 6] },
      existingDs: [...Array.from(street.existingDs), Infinity],
    };
    expect(answerSiting(island)).toMatchObject({ objective: 90, after: { beyond: { people: 32 } } });
  });

  test('trying: taking C away and putting A there shows at once what it costs and whom it serves', () => {
    expect(evaluateChoice(street, [c, a])).toMatchObject({
      cost: 6,
      objective: 19,
      newlyServed: { people: 18, elders: 2 },
    });
    expect(evaluateChoice(street, [a])).toMatchObject({ cost: 1, objective: 3, newlyServed: { people: 2, elders: 2 } });
    expect(evaluateChoice(street, [])).toMatchObject({ cost: 0, objective: 1, newlyServed: nobody });
    expect(() => evaluateChoice(street, [3])).toThrow('Expected a candidate from 0 to 2, found 3.');
  });

  test('refuses what cannot be asked, and says what was expected', () => {
    const asked = (wish: Partial<SitingQuestion>) => () => answerSiting({ ...street, ...wish });
    expect(asked({ choose: null })).toThrow('Expected a number of places or a budget, found neither.');
    expect(asked({ beyondDs: 99 })).toThrow(
      'Expected deciseconds looked up as a whole number from 100 to 10000000, found 99.',
    );
    expect(asked({ existingDs: [1] })).toThrow('Expected 5 existing walks, found 1.');
    expect(asked({ demands: { ...street.demands, elders: [2, 2, 0, 0, 0] } })).toThrow('elders of demand 0');
    expect(asked({ candidates: [{ cost: 0.5, capacity: null }] })).toThrow('the cost of candidate 0');
  });
});

describe('people of places that can be full', () => {
  test('no place serves more than it has room for', () => {
    fc.assert(
      fc.property(anyQuestion({ room: true }), (question) => {
        const chosen = [...question.candidates.keys()];
        const { loads } = evaluateChoice(question, chosen);
        loads.forEach((load, k) => expect(load).toBeLessThanOrEqual(question.candidates[k]?.capacity ?? Infinity));
      }),
      { numRuns: 200, seed: 6 },
    );
  });
});
