import type { MipSolver } from './mip.ts';

export interface SearchState {
  objective: number;
  bound: number;
}

/** How long to search. */
interface Time {
  /** True ends the search with what it has. */
  stop(): boolean;
  /** Seconds until `stop`; Infinity without a clock. */
  left(): number;
  /** A part of what is left. */
  part(share: number): Time;
}

/** How long to search and with what. */
export interface Effort extends Time {
  solver: MipSolver | null;
  progress: ((state: SearchState) => void) | null;
  /** Only what does better than this, in the goal's own measure, is looked for. */
  beat: number | null;
}

export interface TimeOptions {
  signal: { readonly aborted: boolean } | undefined;
  /** Seconds since the beginning. */
  clock: () => number;
  /** Infinity: no limit. */
  seconds: number;
}

export function makeTime({ signal, clock, seconds }: TimeOptions): Time {
  const until = (end: number): Time => ({
    stop: () => signal?.aborted === true || clock() > end,
    left: () => end - clock(),
    part: (share) => until(Number.isFinite(end) ? clock() + share * (end - clock()) : end),
  });
  return until(seconds);
}

/** The same effort for a part of the time that is left. */
export function partOf(effort: Effort, share: number): Effort {
  return { ...effort, ...effort.part(share) };
}
