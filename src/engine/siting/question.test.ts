import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openHighs } from '#server/compute/siting-highs.ts';
import { answerSiting } from './answer.ts';
import { evaluateChoice } from './outcome.ts';
import { anyQuestion, everyChoice } from './question.fixture.ts';
import type { SitingAnswer, SitingQuestion } from './question.ts';

const isWorse = ({ goal }: SitingQuestion, one: number, other: number): boolean =>
  goal === 'cover' ? one < other : one > other;

function bestOf(question: SitingQuestion, choices: readonly number[][]): number {
  const all = choices.map((chosen) => evaluateChoice(question, chosen).objective);
  return question.goal === 'cover' ? Math.max(...all) : Math.min(...all);
}

function judge(question: SitingQuestion, answer: SitingAnswer): void {
  const choices = everyChoice(question);
  expect(answer.objective).toBe(bestOf(question, choices));
  expect([answer.proven, answer.gap, answer.bound]).toEqual([true, 0, answer.objective]);
  expect(choices).toContainEqual(answer.chosen);
  expect(evaluateChoice(question, answer.chosen)).toMatchObject({ newlyServed: answer.newlyServed, cost: answer.cost });
  const others = choices.filter((chosen) => answer.chosen.some((j) => !chosen.includes(j)));
  expect(answer.runnerUp === null).toBe(others.length === 0);
  if (answer.runnerUp === null) return;
  expect([answer.runnerUp.objective, answer.runnerUp.proven]).toEqual([bestOf(question, others), true]);
  expect(others).toContainEqual(answer.runnerUp.chosen);
}

/** How long each demand walks with these places open. */
function walksOf(question: SitingQuestion, chosen: readonly number[]): number[] {
  const { assignment } = evaluateChoice(question, chosen);
  const { times, existingDs, beyondDs } = question;
  return assignment.map((to, i) => {
    for (let at = times.first[i] as number; at < (times.first[i + 1] as number); at++)
      if (times.candidate[at] === to) return times.ds[at] as number;
    return Math.min(existingDs[i] as number, beyondDs);
  });
}

const solver = await openHighs();

describe.each([
  { kind: 'with room for everybody', room: false, options: {}, runs: 1500 },
  { kind: 'with places that can be full', room: true, options: {}, runs: 500 },
  { kind: 'with places that can be full, by a solver', room: true, options: { solver, fewChoices: 0 }, runs: 200 },
])('a question of where to build, $kind', ({ room, options, runs }) => {
  test('is answered as well as trying every choice answers it, with proof and the true runner-up', () => {
    fc.assert(
      fc.property(anyQuestion({ room }), (question) => judge(question, answerSiting(question, options))),
      { numRuns: runs, seed: 6 },
    );
  }, 60_000);

  test('more money, more places or another place never make it worse', () => {
    fc.assert(
      fc.property(anyQuestion({ room }), (question) => {
        const { objective } = answerSiting(question, options);
        const richer = { ...question, budget: question.budget === null ? null : question.budget + 7 };
        const wider = { ...question, choose: question.choose === null ? null : question.choose + 1 };
        for (const one of [richer, wider])
          expect(isWorse(question, answerSiting(one, options).objective, objective)).toBe(false);
      }),
      { numRuns: runs / 5, seed: 6 },
    );
  }, 60_000);

  test('the same question has the same answer', () => {
    fc.assert(
      fc.property(anyQuestion({ room }), (question) => {
        expect(answerSiting(question, options)).toEqual(answerSiting(question, options));
      }),
      { numRuns: runs / 20, seed: 6 },
    );
  });
});

describe('a choice', () => {
  test('one place more worsens nobody, an empty one changes nothing', () => {
    fc.assert(
      fc.property(anyQuestion({ room: false }), fc.nat(), (question, more) => {
        const choice = question.candidates.map((_, j) => j).filter((j) => (more >> j) % 2 === 1);
        const walks = choice.map((_, k) => walksOf(question, choice.slice(0, k)));
        walks.forEach((now, k) =>
          now.forEach((ds, i) => expect(ds).toBeLessThanOrEqual(walks[k - 1]?.[i] ?? Infinity)),
        );
        const none = evaluateChoice(question, []);
        expect(none).toMatchObject({ after: none.before, cost: 0, newlyServed: { people: 0, elders: 0, children: 0 } });
      }),
      { numRuns: 300, seed: 6 },
    );
  });
});
