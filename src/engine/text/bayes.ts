import type { Matrix } from './matrix.ts';

const share = 0.4;
const mostRatio = 2.5;

/**
 * How much each column tells a label from the others: 1 − 0.4 for one that tells nothing, up to 1 + 0.4 for one that tells
 * much, by the logarithm of its share among the label's features against its share among the others', smoothed by one.
 * Source: S. Wang & C. Manning, Baselines and bigrams, ACL 2012; interpolated as there.
 * @param all rows of the matrix by column, from `countColumns`
 */
export function bayesScale(matrix: Matrix, rows: Uint32Array, positive: Uint8Array, all: Float64Array): Float32Array {
  const inside = countColumns(matrix, rows, (row) => positive[row] === 1);
  let insideSum = 0;
  let outsideSum = 0;
  for (let k = 0; k < all.length; k += 1) {
    insideSum += (inside[k] as number) + 1;
    outsideSum += (all[k] as number) - (inside[k] as number) + 1;
  }
  return Float32Array.from(all, (count, k) => {
    const own = inside[k] as number;
    const ratio = Math.abs(Math.log(((own + 1) * outsideSum) / ((count - own + 1) * insideSum)));
    return 1 - share + (2 * share * Math.min(ratio, mostRatio)) / mostRatio;
  });
}

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
