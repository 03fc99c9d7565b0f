/** Small numbers that would tell who somebody is are not told. */

/** Fewer than this are told as "fewer than five". */
export const smallestCell = 5;

/**
 * Counts that add up to their total, as they may be told: null for 1 to 4, and null for as many more as it takes that no
 * hidden count follows from the total and the others. The total is null when it is small itself, or when nothing else
 * would keep a hidden count. Zeros are told.
 */
export function tellCounts(counts: readonly number[]): { counts: (number | null)[]; total: number | null } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const hidden = new Set(counts.flatMap((count, k) => (count > 0 && count < smallestCell ? [k] : [])));
  const rest = counts
    .map((count, k) => ({ count, k }))
    .filter(({ count }) => count >= smallestCell)
    .toSorted((a, b) => a.count - b.count || a.k - b.k);
  while (follows(counts, hidden) && rest.length > 0) hidden.add(rest.shift()?.k ?? 0);
  const open = total >= smallestCell && !follows(counts, hidden);
  return {
    counts: counts.map((count, k) => (hidden.has(k) ? null : count)),
    total: total === 0 || open ? total : null,
  };
}

/** One count as it may be told where it adds up to nothing. */
export function tellCount(count: number): number | null {
  return count > 0 && count < smallestCell ? null : count;
}

/** True when the sum of what is hidden leaves only one possibility: a single one, all of them 1, or all of them 4. */
function follows(counts: readonly number[], hidden: ReadonlySet<number>): boolean {
  const sum = [...hidden].reduce((all, k) => all + (counts[k] ?? 0), 0);
  return hidden.size === 1 || (hidden.size > 0 && (sum === hidden.size || sum === hidden.size * (smallestCell - 1)));
}
