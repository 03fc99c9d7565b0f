/** How likely each count is, as a table; counts outside the table have a chance below 1e-18 of the most likely one. */
export interface CountLaw {
  /** The first count of the table. */
  readonly from: number;
  /** Chance of `from`, `from + 1`, …; they add up to 1. */
  readonly chance: Float64Array;
}

const negligible = 1e-18;

/**
 * The law of a count with this mean (≥ 0) and variance. Where the variance exceeds the mean it is negative binomial, where
 * it does not it is Poisson: a count cannot spread less here, since that would call small changes strange. The table is
 * walked out from the most likely count by the ratio of neighbours, so that no gamma function is needed.
 * O(spread). @throws RangeError for a mean that is negative or not a number
 */
export function countLaw(mean: number, variance: number): CountLaw {
  if (!(mean >= 0) || !Number.isFinite(mean))
    throw new RangeError(`countLaw: expected a mean of at least 0, found ${mean}.`);
  if (mean === 0) return { from: 0, chance: Float64Array.of(1) };
  const size = variance > mean * (1 + 1e-9) ? (mean * mean) / (variance - mean) : Infinity;
  const step = (k: number) => (size === Infinity ? mean / (k + 1) : ((k + size) / (k + 1)) * (mean / (mean + size))); // chance(k + 1) / chance(k)
  const mode = size === Infinity ? Math.floor(mean) : Math.max(0, Math.floor((mean * (size - 1)) / size));
  const down: number[] = [];
  for (let k = mode - 1, chance = 1; k >= 0; k--) {
    chance /= step(k);
    if (chance < negligible) break;
    down.push(chance);
  }
  const up: number[] = [];
  for (let k = mode, chance = 1; ; k++) {
    chance *= step(k);
    if (chance < negligible) break;
    up.push(chance);
  }
  const raw = [...down.toReversed(), 1, ...up];
  const whole = raw.reduce((sum, one) => sum + one, 0);
  return { from: mode - down.length, chance: Float64Array.from(raw, (one) => one / whole) };
}

/** Chance of `count` or more. */
export function atLeast({ from, chance }: CountLaw, count: number): number {
  let sum = 0;
  for (let k = chance.length - 1; k >= Math.max(0, count - from); k--) sum += chance[k] as number;
  return Math.min(1, sum);
}

/** Chance of `count` or fewer. */
export function atMost({ from, chance }: CountLaw, count: number): number {
  let sum = 0;
  for (let k = 0; k <= Math.min(chance.length - 1, count - from); k++) sum += chance[k] as number;
  return Math.min(1, sum);
}

/** The smallest count with at least the share `share` (0 to 1) at or below it. */
export function quantile({ from, chance }: CountLaw, share: number): number {
  let sum = 0;
  for (let k = 0; k < chance.length; k++) {
    sum += chance[k] as number;
    if (sum >= share - 1e-12) return from + k;
  }
  return from + chance.length - 1;
}

/**
 * The counts that hold the share `share` of chance between them, half of the rest on each side. A count jumps, so the
 * interval holds a little more than asked, never less.
 */
export function countInterval(law: CountLaw, share: number): { low: number; high: number } {
  return { low: quantile(law, (1 - share) / 2), high: quantile(law, (1 + share) / 2) };
}
