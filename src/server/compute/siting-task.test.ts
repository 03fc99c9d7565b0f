import { afterAll, describe, expect, test } from 'vitest';
import type { SitingQuestion } from '#engine/siting/question.ts';
import { createComputePool } from './pool.ts';
import { sitingTask } from './siting-task.ts';

const pool = createComputePool({ size: 1 });
afterAll(() => pool.close());

/** Homes along a street, a candidate at every other home: home i and candidate j are |i − j| apart. */
function street(homes: number, room: number | null): SitingQuestion {
  const places = Math.floor(homes / 2);
  const walks = Array.from({ length: homes }, (_, i) =>
    Array.from({ length: places }, (_w, j) => Math.abs(i - 2 * j) * 10),
  );
  return {
    goal: 'median',
    demands: {
      people: walks.map((_, i) => 1 + ((i * 7) % 5)),
      elders: walks.map(() => 1),
      children: walks.map(() => 0),
    },
    weights: { others: 1, elders: 2, children: 1 },
    candidates: Array.from({ length: places }, (_, j) => ({ cost: 100 + ((j * 37) % 11), capacity: room })),
    times: {
      first: Array.from({ length: homes + 1 }, (_, i) => i * places),
      candidate: walks.flatMap((row) => [...row.keys()]),
      ds: walks.flat(),
    },
    existingDs: walks.map(() => Infinity),
    limitDs: 60,
    beyondDs: 10_000,
    choose: 4,
    budget: null,
  };
}

describe('a question of siting in a worker', () => {
  test('places that can be full are chosen with proof by the solver', async () => {
    const seen: number[][] = [];
    const question = street(40, 30);
    const answer = await pool.run(sitingTask, { question, seconds: 30 }, { onProgress: (...now) => seen.push(now) });
    expect(answer).toMatchObject({ proven: true, gap: 0 });
    expect(answer.chosen).toHaveLength(4);
    expect(Math.max(...answer.loads)).toBeLessThanOrEqual(30);
    for (const [objective, bound] of seen) expect(bound).toBeLessThanOrEqual((objective as number) + 1);
  }, 60_000);

  test('the same question has the same answer but for the seconds it took', async () => {
    const question = street(30, null);
    const [one, other] = await Promise.all([1, 2].map(() => pool.run(sitingTask, { question, seconds: 30 })));
    expect({ ...one, seconds: 0 }).toEqual({ ...other, seconds: 0 });
    expect(one?.proven).toBe(true);
  }, 60_000);

  test('out of time it says what it has not proved', async () => {
    const answer = await pool.run(sitingTask, { question: street(160, 25), seconds: 0 });
    expect(answer.bound).toBeLessThanOrEqual(answer.objective);
    expect(answer.proven).toBe(answer.bound === answer.objective);
  }, 60_000);

  test('whoever no longer wants the answer is not kept waiting', async () => {
    const controller = new AbortController();
    const running = pool.run(sitingTask, { question: street(400, 40), seconds: 60 }, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('never mind')), 300);
    await expect(running).rejects.toThrow('never mind');
  }, 20_000);
});
