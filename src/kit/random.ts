/** A stream of numbers in [0, 1). */
export type Rng = () => number;

/**
 * A repeatable stream: same seed, same numbers on every machine. Period 2³²; for demo data, tests and simulation, never
 * for secrets. `seed` is taken modulo 2³². Source: T. Ettinger, mulberry32 (public domain).
 */
export function seededRandom(seed: number): Rng {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A whole number from `from` to `to`, both included. */
export function randomInt(rng: Rng, from: number, to: number): number {
  return from + Math.floor(rng() * (to - from + 1));
}

/** A number from `from` up to, not including, `to`. */
export function randomBetween(rng: Rng, from: number, to: number): number {
  return from + rng() * (to - from);
}

/** One of the items, each equally likely. Throws RangeError for an empty list. */
export function pickOne<T>(rng: Rng, items: readonly T[]): T {
  const index = randomInt(rng, 0, items.length - 1);
  if (items.length === 0) throw new RangeError('Cannot pick from an empty list.');
  return items[index] as T;
}

/** A new array with the items in random order (Fisher–Yates). */
export function shuffled<T>(rng: Rng, items: readonly T[]): T[] {
  const result = [...items];
  for (let k = result.length - 1; k > 0; k--) {
    const other = randomInt(rng, 0, k);
    [result[k], result[other]] = [result[other] as T, result[k] as T];
  }
  return result;
}
