/**
 * How much a place counts that is `seconds` away: 1 at the door, never more for further, 0 to 1, the same for the same. The
 * contract of every function here; one test runs all of them.
 */
export type Decay = (seconds: number) => number;

/** Counts whole up to `limit` seconds, then not at all. */
export function stepDecay(limit: number): Decay {
  return (seconds) => (seconds <= limit ? 1 : 0);
}

/** Falls evenly from 1 at the door to 0 at `limit` seconds. */
export function linearDecay(limit: number): Decay {
  return (seconds) => (limit <= 0 ? (seconds <= 0 ? 1 : 0) : Math.max(0, Math.min(1, 1 - seconds / limit)));
}

/**
 * Falls as a bell that is half after `half` seconds, cut and stretched so that it is 0 at `limit` seconds.
 * Source: Dai 2010 (Gaussian two-step floating catchment), here by its half-value.
 */
export function gaussianDecay(half: number, limit: number): Decay {
  const bell = (seconds: number): number => 2 ** -((seconds / half) ** 2);
  const rest = bell(limit);
  return (seconds) =>
    seconds >= limit ? 0 : Math.max(0, Math.min(1, (bell(Math.max(0, seconds)) - rest) / (1 - rest)));
}

/** Halves every `half` seconds, without end. Source: Hansen 1959, exponential form. */
export function exponentialDecay(half: number): Decay {
  return (seconds) => 2 ** -(Math.max(0, seconds) / half);
}
