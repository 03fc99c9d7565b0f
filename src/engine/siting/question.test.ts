import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerSiting } from './answer.ts';
import { evaluateChoice } from './outcome.ts';
import { anyQuestion, everyChoice } from './question.fixture.ts';
import type { SitingQuestion } from './question.ts';

const isWorse = ({ goal }: SitingQuestion, one: number, other: number): boolean =>
  goal === 'cover' ? one < other : one > other;

function bestOf(question: SitingQuestion, choices: readonly number[][]): number {
  const all = choices.map((chosen) => evaluateChoice(question, chosen).objective);
  return question.goal === 'cover' ? Math.max(...all) : Math.min(...all);
}

describe('a question of where to build', () => {
  test('is answered as well as trying every choice answers it, with proof and the true runner-up', () => {
    fc.assert(
      fc.property(anyQuestion({ room: false }), (question) => {
        const choices = everyChoice(question);
        const answer = answerSiting(question);
        expect(answer.objective).toBe(bestOf(question, choices));
        expect([answer.proven, answer.gap, answer.bound]).toEqual([true, 0, answer.objective]);
        expect(choices).toContainEqual(answer.chosen);
        expect(evaluateChoice(question, answer.chosen)).toMatchObject({
          newlyServed: answer.newlyServed,
          cost: answer.cost,
        });
        const others = choices.filter((chosen) => answer.chosen.some((j) => !chosen.includes(j)));
        expect(answer.runnerUp === null).toBe(others.length === 0);
        if (answer.runnerUp === null) return;
        expect([answer.runnerUp.objective, answer.runnerUp.proven]).toEqual([bestOf(question, others), true]);
        expect(others).toContainEqual(answer.runnerUp.chosen);
      }),
      { numRuns: 1500, seed: 6 },
    );
  }, 60_000);

  test('more money, more places or another place never make it worse', () => {
    fc.assert(
      fc.property(anyQuestion({ room: false }), (question) => {
        const { objective } = answerSiting(question);
        const richer = { ...question, budget: question.budget === null ? null : question.budget + 7 };
        const wider = { ...question, choose: question.choose === null ? null : question.choose + 1 };
        for (const one of [richer, wider])
          expect(isWorse(question, answerSiting(one).objective, objective)).toBe(false);
      }),
      { numRuns: 300, seed: 6 },
    );
  }, 60_000);

  test('the same question has the same answer', () => {
    fc.assert(
      fc.property(anyQuestion({ room: false }), (question) => {
        expect(answerSiting(question)).toEqual(answerSiting(question));
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});
