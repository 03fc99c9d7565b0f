/** `bh`: tests that are independent or rise and fall together, as neighbours do; `by`: any dependence, much stricter. */
export type FdrMethod = 'bh' | 'by';

/**
 * The q value of each p value (0 to 1): the smallest share of false finds among all finds at which this one is still a
 * find. Taking every q ≤ 0.05 as found keeps the expected share of false ones at 5 % at most, however many were tested.
 * A p that is not a number was not tested: it stays NaN and does not count. Ties have one q. O(n log n).
 * Sources: Benjamini and Hochberg 1995; Benjamini and Yekutieli 2001.
 */
export function falseDiscovery(p: ArrayLike<number>, method: FdrMethod = 'bh'): Float64Array {
  const q = new Float64Array(p.length).fill(NaN);
  const tested = Uint32Array.from({ length: p.length }, (_, k) => k).filter((k) => !Number.isNaN(p[k] as number));
  tested.sort((a, b) => (p[a] as number) - (p[b] as number) || a - b);
  const count = tested.length;
  let factor = 1;
  if (method === 'by') for (let k = 2; k <= count; k++) factor += 1 / k;
  let least = 1;
  for (let rank = count; rank >= 1; rank--) {
    const index = tested[rank - 1] as number;
    least = Math.min(least, (p[index] as number) * ((count * factor) / rank));
    q[index] = least;
  }
  return q;
}
