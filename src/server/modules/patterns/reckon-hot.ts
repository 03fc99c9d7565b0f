import { giStar } from '#engine/stats/gi-star.ts';
import { squaresWithin, touching } from '#engine/stats/squares.ts';

/** Squares of the area, those without a case too. */
export interface HotInput {
  columns: Int32Array;
  rows: Int32Array;
  seen: Uint32Array;
  radiusCells: number;
  leastAround: number;
}

export interface HotOutput {
  z: Float64Array;
  q: Float64Array;
  heat: Int8Array;
  around: Uint32Array;
  /** Cases in each neighbourhood. */
  sum: Float64Array;
  /** Squares (indices) of each hot spot: hot at q ≤ 0.05 and touching one another; the one with most cases above its share first. */
  spots: number[][];
}

/** Hot and cold squares by Gi*, and the spots that hot ones make. */
export function reckonHot({ columns, rows, seen, radiusCells, leastAround }: HotInput): HotOutput {
  const near = squaresWithin(columns, rows, radiusCells);
  const { z, q, heat, around, sum } = giStar(seen, near, { minAround: leastAround });
  const hot = Array.from(heat.keys()).filter((k) => (heat[k] as number) >= 2);
  const groups = touching(
    hot.map((k) => columns[k] as number),
    hot.map((k) => rows[k] as number),
  ).map((members) => members.map((member) => hot[member] as number));
  const mean = seen.reduce((total, one) => total + one, 0) / Math.max(1, seen.length);
  const above = (spot: readonly number[]): number => spot.reduce((total, k) => total + (seen[k] as number) - mean, 0);
  return { z, q, heat, around, sum, spots: groups.toSorted((a, b) => above(b) - above(a)) };
}
