import type { Matrix } from './matrix.ts';

const mostRatio = 2.5;

/**
 * How much each column tells a label from the others: 1 − share for one that tells nothing, up to 1 + share for one that
 * tells much, by the logarithm of its share among the label's features against its share among the others', smoothed by one.
 * Source: S. Wang & C. Manning, Baselines and bigrams, ACL 2012; interpolated as there.
 * @param all in how many of the rows each column stands, from `countColumns`
 * @param share 0 to 1
 */
export function bayesScale(
  matrix: Matrix,
  rows: Uint32Array,
  positive: Uint8Array,
  all: Float64Array,
  share: number,
): Float32Array {
  const inside = countColumns(matrix, rows, (row) => positive[row] === 1);
  let insideSum = 0;
  let outsideSum = 0;
  for (let k = 0; k < all.length; k += 1) {
    insideSum += (inside[k] as number) + 1;
    outsideSum += (all[k] as number) - (inside[k] as number) + 1;
  }
  const shift = Math.log(outsideSum / insideSum);
  const scale = new Float32Array(all.length);
  for (let k = 0; k < scale.length; k += 1) {
    const own = inside[k] as number;
    const ratio = Math.abs(logarithm(own + 1) - logarithm((all[k] as number) - own + 1) + shift);
    scale[k] = 1 - share + (2 * share * Math.min(ratio, mostRatio)) / mostRatio;
  }
  return scale;
}

const logarithms = Float64Array.from({ length: 1_024 }, (_, count) => Math.log(count));
const logarithm = (count: number): number => logarithms[count] ?? Math.log(count);

/** In how many of the rows each column stands. */
export function countColumns(matrix: Matrix, rows: Uint32Array, counts: (row: number) => boolean): Float64Array {
  const sum = new Float64Array(matrix.columns);
  for (const row of rows) {
    if (!counts(row)) continue;
    const end = matrix.start[row + 1] as number;
    for (let at = matrix.start[row] as number; at < end; at += 1) {
      const id = matrix.column[at] as number;
      sum[id] = (sum[id] as number) + 1;
    }
  }
  return sum;
}
