import type { MipSolver } from './mip.ts';

export interface SearchState {
  objective: number;
  bound: number;
}

/** How long to search and with what. */
export interface Effort {
  /** True ends the search with what it has. */
  stop(): boolean;
  /** Seconds until `stop`; Infinity without a clock. */
  left(): number;
  /** The same, with a part of what is left. */
  part(share: number): Effort;
  solver: MipSolver | null;
  progress: ((state: SearchState) => void) | null;
  /** Only what does better than this, in the goal's own measure, is looked for. */
  beat: number | null;
}

export interface EffortOptions {
  signal: { readonly aborted: boolean } | undefined;
  /** Seconds since the beginning. */
  clock: () => number;
  seconds: number;
  solver: MipSolver | null;
  progress: ((state: SearchState) => void) | null;
}

export function makeEffort(options: EffortOptions): Effort {
  const { signal, clock, seconds } = options;
  const until = (end: number, solver: MipSolver | null): Effort => ({
    stop: () => signal?.aborted === true || clock() > end,
    left: () => end - clock(),
    part: (share) => until(Number.isFinite(end) ? clock() + share * (end - clock()) : end, solver),
    solver,
    progress: options.progress,
    beat: null,
  });
  return until(seconds, options.solver);
}
