import { falseDiscovery, type FdrMethod } from './fdr.ts';
import type { Neighbours } from './neighbours.ts';
import { twoSided } from './normal-tail.ts';

/** What the place and those around it hold together, against the whole: 3 hot at q ≤ 0.01, 2 at 0.05, 1 at 0.1; below 0 cold; 0 neither. */
export type HeatClass = -3 | -2 | -1 | 0 | 1 | 2 | 3;

export interface GiStar {
  /** Standard deviations from what the mean of all places makes likely; NaN where nothing can be said. */
  z: Float64Array;
  /** Chance of a z at least as far from 0 if values lay anywhere at random. */
  p: Float64Array;
  /** p after correction for the number of places looked at. */
  q: Float64Array;
  heat: Int8Array;
  /** Places in each neighbourhood, itself among them. */
  around: Uint32Array;
  /** Sum of the values in each neighbourhood. */
  sum: Float64Array;
}

const steps = [0.01, 0.05, 0.1] as const;

/** The class of a q value (0 to 1) on the side of its z. */
function heatOf(z: number, q: number): HeatClass {
  const level = steps.findIndex((limit) => q <= limit);
  return level < 0 ? 0 : (((3 - level) * Math.sign(z)) as HeatClass);
}

/**
 * Getis-Ord Gi* with weights of 1 inside the neighbourhood, 0 outside. The place itself belongs to its neighbourhood
 * (`near` must list it). Nothing is said (z NaN, class 0) where all values are equal, where a neighbourhood is everything,
 * or where fewer than `minAround` places lie around: the z of counts, which are skewed, is trusted from about 30 on.
 * `minAround` is the caller's, as a place with 8 even neighbours may do. O(pairs).
 * Sources: Getis and Ord 1992; Ord and Getis 1995, formula 14; Caldas de Castro and Singer 2006 for the correction.
 */
export function giStar(
  values: ArrayLike<number>,
  near: Neighbours,
  { minAround = 1, method = 'bh' }: { minAround?: number; method?: FdrMethod } = {},
): GiStar {
  const n = values.length;
  let total = 0;
  let squares = 0;
  for (let k = 0; k < n; k++) {
    total += values[k] as number;
    squares += (values[k] as number) ** 2;
  }
  const mean = total / n;
  const spread = Math.sqrt(Math.max(0, squares / n - mean * mean));
  const z = new Float64Array(n).fill(NaN);
  const sum = new Float64Array(n);
  const around = new Uint32Array(n);
  for (let place = 0; place < n; place++) {
    const from = near.first[place] as number;
    const to = near.first[place + 1] as number;
    for (let pair = from; pair < to; pair++)
      sum[place] = (sum[place] as number) + (values[near.other[pair] as number] as number);
    const w = to - from;
    around[place] = w;
    const even = Math.sqrt((w * (n - w)) / (n - 1));
    if (w >= minAround && w > 0 && w < n && spread > 1e-12 * Math.max(1, Math.abs(mean)))
      z[place] = ((sum[place] as number) - mean * w) / (spread * even);
  }
  const p = z.map((one) => (Number.isNaN(one) ? NaN : twoSided(one)));
  const q = falseDiscovery(p, method);
  const heat = Int8Array.from(z, (one, k) => heatOf(one, q[k] as number));
  return { z, p, q, heat, around, sum };
}
