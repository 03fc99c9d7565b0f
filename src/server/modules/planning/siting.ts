/** Asks the engine in a worker, and says what it found in the words of the contract. */
import type { SitingAnswer } from '#engine/siting/question.ts';
import { sitingTask, type ComputePool } from '#server/compute/index.ts';
import { questionOf } from './question-of.ts';
import type { SitingData } from './siting-data.ts';
import type { SitingSolver, Solved } from './work.ts';

/** The share of the time given that has passed. */
const shareOf = (startMs: number, seconds: number): number =>
  Math.min(1, (performance.now() - startMs) / (seconds * 1000));

/** A solver that reckons in the pool's workers. */
export function makeSolver(compute: Pick<ComputePool, 'run'>): SitingSolver {
  return async (data, { seconds, signal, progress }) => {
    const startMs = performance.now();
    const answer = await compute.run(
      sitingTask,
      { question: questionOf(data), seconds },
      {
        signal,
        onProgress: (objective, bound) =>
          progress({
            share: shareOf(startMs, seconds),
            bestObjective: told(data, objective),
            bound: told(data, bound),
          }),
      },
    );
    return toSolved(data, answer);
  };
}

/** The goal's own measure as it is told: seconds instead of deciseconds; null while nothing is known. */
function told({ goal }: Pick<SitingData, 'goal'>, value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return goal === 'cover' ? value : Math.round(value / 10);
}

/** How many choices there are of so many places, at most 2^53; null when there are more, or when money decides. */
export function choicesOf({ candidates, choose, budgetYuan }: SitingData): number | null {
  if (choose === null || budgetYuan !== null) return null;
  let choices = 1;
  for (let k = 0; k < Math.min(choose, candidates.length); k++) {
    choices = (choices * (candidates.length - k)) / (k + 1);
    if (choices > Number.MAX_SAFE_INTEGER) return null;
  }
  return Math.round(choices);
}

/** Places by their keys, deciseconds as seconds. */
export function toSolved(data: SitingData, answer: SitingAnswer): Solved {
  const keysOf = (chosen: readonly number[]): string[] => chosen.map((j) => data.candidates[j]?.key ?? '');
  const { runnerUp } = answer;
  const isPriced = data.candidates.every(({ costYuan }) => costYuan !== null);
  return {
    chosen: keysOf(answer.chosen),
    proof: {
      goal: answer.goal,
      better: answer.better,
      objective: told(data, answer.objective) ?? 0,
      bound: told(data, answer.bound) ?? 0,
      gap: answer.gap,
      proven: answer.proven,
      runnerUp:
        runnerUp === null
          ? null
          : {
              chosen: keysOf(runnerUp.chosen),
              objective: told(data, runnerUp.objective) ?? 0,
              costYuan: isPriced ? runnerUp.cost : null,
              proven: runnerUp.proven,
            },
      method: answer.method,
      candidates: data.candidates.length,
      choices: choicesOf(data),
      nodes: answer.nodes,
      seconds: Math.round(answer.seconds * 10) / 10,
    },
  };
}
