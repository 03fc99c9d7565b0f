import type { Grade } from '#contract/analytics-views.ts';
import { waitBuckets } from './measures.ts';
import type { Indicator } from './dictionary.ts';

/** Grade of a share by the limits of its indicator; null: not graded, or too few cases. */
export function gradeOf(
  indicator: Pick<Indicator, 'limits' | 'direction' | 'least'>,
  value: number | null,
  cases: number,
): Grade | null {
  const { limits, direction, least } = indicator;
  if (value === null || limits.length !== 4 || direction === 'none' || cases < least) return null;
  const good = (limit: number): boolean => (direction === 'up' ? value >= limit : value <= limit);
  const at = limits.findIndex(good);
  return (['A', 'B', 'C', 'D', 'E'] as const)[at === -1 ? 4 : at] ?? null;
}

/** Upper edge of a bucket of waiting times in minutes: 1, then growing by √2; null: without end. */
export function bucketEnd(bucket: number): number | null {
  return bucket >= waitBuckets - 1 ? null : 2 ** (bucket / 2);
}

const bucketStart = (bucket: number): number => (bucket === 0 ? 0 : 2 ** ((bucket - 1) / 2));

/**
 * The q-th quantile (0 to 1) of a histogram in minutes, even within its bucket; null when it is empty. The edges grow by
 * √2, so it is off by at most 41 % of its value, and by 19 % where waits lie evenly on the logarithm.
 */
export function quantile(counts: readonly number[], q: number): number | null {
  const total = counts.reduce((sum, n) => sum + n, 0);
  if (total === 0) return null;
  let before = 0;
  for (const [bucket, n] of counts.entries()) {
    if (n > 0 && before + n >= q * total) {
      const from = bucketStart(bucket);
      const to = bucketEnd(bucket) ?? from * Math.SQRT2;
      return from + (to - from) * Math.max(0, (q * total - before) / n);
    }
    before += n;
  }
  return null;
}
