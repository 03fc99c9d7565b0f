import type * as z from 'zod';
import type { proofView } from '#contract/planning-views.ts';
import type { SitingData } from './siting-data.ts';

export interface Progress {
  /** 0 to 1; nobody knows how long a proof takes, so it is the share of the time given. */
  share: number;
  bestObjective: number | null;
  bound: number | null;
}

export interface Solved {
  /** Keys of the chosen candidates, in the order of the question. */
  chosen: string[];
  proof: z.output<typeof proofView>;
}

/** Answers a question away from the main thread; stops at `seconds` with the bound it has. @throws the reason of `signal` */
export type SitingSolver = (
  data: SitingData,
  options: { seconds: number; signal: AbortSignal; progress: (now: Progress) => void },
) => Promise<Solved>;

interface Work {
  controller: AbortController;
  progress: Progress;
  ended: Promise<void>;
}

/** What is being reckoned just now. Nothing of it is kept: when the program ends, the scenario is a draft as before. */
export interface Works {
  /** False when this one is being reckoned already. */
  start(id: string, work: (signal: AbortSignal, tell: (now: Progress) => void) => Promise<void>): boolean;
  progressOf(id: string): Progress | null;
  /** Why the last try failed; told until the next one begins. */
  failureOf(id: string): string | null;
  /** Resolves once it has ended. False when there was nothing to stop. */
  cancel(id: string): Promise<boolean>;
  /** Resolves when nothing is being reckoned. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** @param explain code for people of what went wrong; null: nothing to tell, it was stopped */
export function createWorks(explain: (id: string, error: unknown) => string | null): Works {
  const running = new Map<string, Work>();
  const failures = new Map<string, string>();
  async function cancel(id: string): Promise<boolean> {
    const work = running.get(id);
    if (work === undefined) return false;
    work.controller.abort();
    await work.ended;
    return true;
  }
  return {
    start(id, run) {
      if (running.has(id)) return false;
      failures.delete(id);
      const controller = new AbortController();
      const work: Work = {
        controller,
        progress: { share: 0, bestObjective: null, bound: null },
        ended: Promise.resolve(),
      };
      running.set(id, work);
      work.ended = run(controller.signal, (now) => {
        work.progress = now;
      })
        .catch((error: unknown) => {
          const code = controller.signal.aborted ? null : explain(id, error);
          if (code !== null) failures.set(id, code);
        })
        .finally(() => running.delete(id));
      return true;
    },
    progressOf: (id) => running.get(id)?.progress ?? null,
    failureOf: (id) => failures.get(id) ?? null,
    cancel,
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map(({ ended }) => ended));
    },
    async stop() {
      await Promise.all([...running.keys()].map(cancel));
    },
  };
}
