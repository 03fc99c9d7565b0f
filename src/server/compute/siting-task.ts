import { answerSiting } from '#engine/siting/answer.ts';
import type { SitingAnswer, SitingQuestion } from '#engine/siting/question.ts';
import { openHighs } from './siting-highs.ts';
import { Stopped, taskAt, type Work } from './task.ts';

export interface SitingInput {
  question: SitingQuestion;
  /** The answer comes no later than a little after so long, with the bound it has by then. */
  seconds: number;
}

/** The pool's task: `answerSiting` with HiGHS. Progress tells (objective of the best choice, bound), in the goal's own measure. */
export const sitingTask = taskAt<SitingInput, SitingAnswer>(new URL(import.meta.url));

const everyMs = 200;

/** Runs in a worker. */
export async function run({ question, seconds }: SitingInput, work: Work): Promise<SitingAnswer> {
  // Loaded anew each time, a tenth of a second: memory that WebAssembly has taken is given back only with its instance.
  const solver = await openHighs();
  let lastMs = -Infinity;
  const answer = answerSiting(question, {
    solver,
    seconds,
    now: () => performance.now(),
    signal: {
      get aborted() {
        return isUnwanted(work);
      },
    },
    progress({ objective, bound }) {
      if (performance.now() - lastMs < everyMs) return;
      lastMs = performance.now();
      work.progress(objective, bound);
    },
  });
  work.stopIfAsked();
  return answer;
}

function isUnwanted(work: Work): boolean {
  try {
    work.stopIfAsked();
    return false;
  } catch (error) {
    if (error instanceof Stopped) return true;
    throw error;
  }
}
