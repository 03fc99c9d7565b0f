import { atLeast, atMost, countInterval, countLaw } from './count-law.ts';
import { expectedOn, fitDays, varianceOf, type DaySeries } from './day-model.ts';
import { falseDiscovery } from './fdr.ts';

/** One series looked at on its last day. */
export interface AnomalyFinding {
  seen: number;
  /** NaN where there is too little history: then nothing else is said either. */
  expected: number;
  /** The counts that hold `share` of all days like this one. */
  low: number;
  high: number;
  side: 'more' | 'fewer';
  /** Chance of a count at least as far on that side, doubled for looking at both. */
  p: number;
  /** p after correction for the number of series looked at. */
  q: number;
}

export interface AnomalyOptions {
  /** A day so many days earlier counts half; usual 56. */
  halfLifeDays: number;
  /** Fewest days of history; usual 56. */
  minDays: number;
  /** Fewest cases in the four weeks before: with fewer a single case would be news; usual 4. */
  minCases: number;
  /** Share the interval holds, 0 to 1; usual 0.95. */
  share: number;
}

/**
 * Compares the last day of every series with what its earlier days make likely (`fitDays`) by a negative binomial tail, and
 * corrects for all of them together. `kinds` must reach the last day. O(series × days).
 */
export function anomalies(series: readonly DaySeries[], options: AnomalyOptions): AnomalyFinding[] {
  const found = series.map((one) => look(one, options));
  const q = falseDiscovery(found.map(({ p }) => p));
  return found.map((one, k) => ({ ...one, q: q[k] as number }));
}

function look(
  series: DaySeries,
  { halfLifeDays, minDays, minCases, share }: AnomalyOptions,
): Omit<AnomalyFinding, 'q'> {
  const last = series.counts.length - 1;
  const seen = series.counts[last] ?? 0;
  const before = Float64Array.from({ length: Math.max(0, last) }, (_, day) => series.counts[day] as number);
  const recent = before.slice(-28).reduce((sum, one) => sum + one, 0);
  const model = last < minDays || recent < minCases ? undefined : fitDays({ ...series, counts: before }, halfLifeDays);
  if (model === undefined) return { seen, expected: NaN, low: NaN, high: NaN, side: 'more', p: NaN };
  const expected = expectedOn(model, series, last);
  const law = countLaw(expected, varianceOf(model, expected));
  const more = atLeast(law, seen);
  const fewer = atMost(law, seen);
  const side = more <= fewer ? 'more' : 'fewer';
  return { seen, expected, ...countInterval(law, share), side, p: Math.min(1, 2 * Math.min(more, fewer)) };
}
