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

/** What may be told of how many there are within a circle. */
export interface ToldWithin {
  /** Null: 1 to 4. */
  count: number | null;
  /** True: that many and 1 to 4 more. */
  atLeast: boolean;
}

/**
 * Counts within circles around one place, the smallest circle first, as they may be told together: null for 1 to 4. Where
 * a wider circle holds only 1 to 4 more than the last count told, it tells that count and that there are some more, so that
 * no difference gives away a single one.
 */
export function tellCircles(counts: readonly number[]): ToldWithin[] {
  let told = 0;
  return counts.map((count) => {
    const more = count - told;
    if (more > 0 && more < smallestCell) return told === 0 ? few : { count: told, atLeast: true };
    told = count;
    return { count, atLeast: false };
  });
}

const few: ToldWithin = { count: null, atLeast: false };

/** True when the sum of what is hidden leaves only one possibility: a single one, all of them 1, or all of them 4. */
function follows(counts: readonly number[], hidden: ReadonlySet<number>): boolean {
  const sum = [...hidden].reduce((all, k) => all + (counts[k] ?? 0), 0);
  return hidden.size === 1 || (hidden.size > 0 && (sum === hidden.size || sum === hidden.size * (smallestCell - 1)));
}
