import { dayKindCount, withoutSpecial } from './day-kinds.ts';

/** Counts of consecutive days; `kinds` (see `dayKinds`) and `season` may reach further, into days to be forecast. */
export interface DaySeries {
  counts: ArrayLike<number>;
  kinds: ArrayLike<number>;
  /** How much more than usual the time of the year brings, around 1; absent: unknown. */
  season?: ArrayLike<number>;
  /** What the days of the week are like in the whole that this series is a part of (see `dayFactors`); absent: all alike. */
  pool?: ArrayLike<number>;
}

export interface DayModel {
  /** Count of a usual day at the end of the history. */
  level: number;
  /** Logarithmic change a day; 0 where it is not certain. */
  slope: number;
  /** By kind of day, around 1. */
  factors: Float64Array;
  /** Variance over mean, at least 1. */
  dispersion: number;
  /** Variance of the logarithm of the level. */
  levelVariance: number;
  /** Days of history. */
  days: number;
}

/** Cases that the pool's word weighs against the series' own. */
const poolWeight = 20;
/** A day further than this many standard deviations from what was likely counts less (Noufaily 2013). */
const strange = 2.58;

/**
 * How much more than a usual day each kind of day brings: the series' own word, pulled towards the pool's where it has few
 * cases. Days are compared with the four weeks around them, so that growth is not taken for a kind of day.
 */
export function dayFactors({ counts, kinds, season, pool }: DaySeries, weights?: ArrayLike<number>): Float64Array {
  const parent = pool === undefined ? new Float64Array(dayKindCount).fill(1) : pool;
  const around = levelsAround(counts);
  const seen = new Float64Array(dayKindCount);
  const likely = new Float64Array(dayKindCount);
  for (let day = 0; day < counts.length; day++) {
    const kind = kinds[day] as number;
    const weight = (weights?.[day] ?? 1) as number;
    seen[kind] = (seen[kind] as number) + weight * (counts[day] as number);
    likely[kind] = (likely[kind] as number) + weight * (around[day] as number) * (season?.[day] ?? 1);
  }
  const own = (kind: number, towards: number) =>
    ((seen[kind] as number) + poolWeight * towards) / ((likely[kind] as number) + poolWeight);
  const factors = Float64Array.from({ length: dayKindCount }, (_, kind) => own(kind, parent[kind] as number));
  if (pool !== undefined) return factors;
  const fallback = withoutSpecial(factors);
  for (const kind of [7, 8]) factors[kind] = own(kind, fallback[kind] as number);
  return factors;
}

/** Mean of the 29 days around each day. */
function levelsAround(counts: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (let day = 0; day < counts.length; day++) sums[day + 1] = (sums[day] as number) + (counts[day] as number);
  return Float64Array.from({ length: counts.length }, (_, day) => {
    const from = Math.max(0, day - 14);
    const to = Math.min(counts.length, day + 15);
    return ((sums[to] as number) - (sums[from] as number)) / (to - from);
  });
}

/**
 * Fits level, slope, kinds of day and spread to a history: quasi-Poisson with a logarithmic link, in which a day counts half
 * as much `halfLifeDays` (> 0) earlier and strange days count less. The slope is kept only where it is twice its own error.
 * O(days). Undefined for a history without days or without a single case.
 * Sources: Farrington 1996 and Noufaily 2013 (outbreak detection in laboratories of a whole country).
 */
export function fitDays(series: DaySeries, halfLifeDays: number): DayModel | undefined {
  const days = series.counts.length;
  const age = Float64Array.from({ length: days }, (_, day) => 0.5 ** ((days - 1 - day) / halfLifeDays));
  let weights = age;
  let robust: Float64Array | undefined;
  let model: DayModel | undefined;
  for (let pass = 0; pass < 5; pass++) {
    const factors = dayFactors(series, robust);
    const line = fitLine(series, factors, weights);
    if (line === undefined) return model;
    model = { ...line, factors, days };
    const fitted = model;
    robust = Float64Array.from({ length: days }, (_, day) => {
      const likely = expectedOn(fitted, series, day);
      const off = ((series.counts[day] as number) - likely) / Math.sqrt(fitted.dispersion * Math.max(likely, 0.1));
      return Math.abs(off) > strange ? (strange / off) ** 2 : 1;
    });
    const credible = robust;
    weights = age.map((one, day) => one * (credible[day] as number));
  }
  return model;
}

/** Cases likely on a day; day 0 is the first of the history the model was fitted to, and it may lie behind its end. */
export function expectedOn(
  model: DayModel,
  { kinds, season }: Pick<DaySeries, 'kinds' | 'season'>,
  day: number,
): number {
  const ahead = day - (model.days - 1);
  return (
    model.level * Math.exp(model.slope * ahead) * (model.factors[kinds[day] as number] as number) * (season?.[day] ?? 1)
  );
}

/** Variance of the count of a day with this expectation: of counting itself, and of not knowing the level better. */
export function varianceOf({ dispersion, levelVariance }: DayModel, expected: number): number {
  return dispersion * expected + levelVariance * expected * expected;
}

interface Sums {
  w: number;
  wt: number;
  wtt: number;
}

/** Level and slope by iteratively weighted least squares. */
function fitLine(
  series: DaySeries,
  factors: ArrayLike<number>,
  weights: ArrayLike<number>,
): Omit<DayModel, 'factors' | 'days'> | undefined {
  const days = series.counts.length;
  const offset = Float64Array.from(
    { length: days },
    (_, day) => (factors[series.kinds[day] as number] as number) * (series.season?.[day] ?? 1),
  );
  let cases = 0;
  let likely = 0;
  for (let day = 0; day < days; day++) {
    cases += (weights[day] as number) * (series.counts[day] as number);
    likely += (weights[day] as number) * (offset[day] as number);
  }
  if (cases === 0 || likely === 0) return undefined;
  const flat = { a: Math.log(cases / likely), b: 0 };
  const steep = slope(series.counts, offset, weights, flat.a);
  const spread = (line: { a: number; b: number }) => dispersionOf(series.counts, offset, weights, line);
  const sure = steep !== undefined && Math.abs(steep.b) > 2 * Math.sqrt(spread(steep) * steep.bVariance);
  const line = sure ? steep : flat;
  const dispersion = spread(line);
  return {
    level: Math.exp(line.a),
    slope: line.b,
    dispersion,
    levelVariance: dispersion * (sure ? steep.aVariance : flatVariance(offset, weights, flat.a)),
  };
}

/** The line through logarithms, time measured backwards from the last day; undefined where it does not settle. */
function slope(
  counts: ArrayLike<number>,
  offset: ArrayLike<number>,
  weights: ArrayLike<number>,
  start: number,
): { a: number; b: number; aVariance: number; bVariance: number } | undefined {
  let [a, b] = [start, 0];
  let sums: Sums = { w: 0, wt: 0, wtt: 0 };
  for (let pass = 0; pass < 12; pass++) {
    sums = { w: 0, wt: 0, wtt: 0 };
    let [r, rt] = [0, 0];
    for (let day = 0; day < counts.length; day++) {
      const t = day - counts.length + 1;
      const mean = Math.exp(a + b * t) * (offset[day] as number);
      const weight = (weights[day] as number) * mean;
      const off = (weights[day] as number) * ((counts[day] as number) - mean);
      sums = { w: sums.w + weight, wt: sums.wt + weight * t, wtt: sums.wtt + weight * t * t };
      r += off;
      rt += off * t;
    }
    const det = sums.w * sums.wtt - sums.wt ** 2;
    if (!(det > 1e-9)) return undefined;
    const [da, db] = [(sums.wtt * r - sums.wt * rt) / det, (sums.w * rt - sums.wt * r) / det];
    a += Math.max(-1, Math.min(1, da));
    b += Math.max(-0.05, Math.min(0.05, db));
    if (Math.abs(da) + Math.abs(db) < 1e-9) break;
  }
  const det = sums.w * sums.wtt - sums.wt ** 2;
  const steady = Math.abs(b) * 7 < Math.LN2; // a week may not double or halve what is likely
  return steady && Number.isFinite(a) ? { a, b, aVariance: sums.wtt / det, bVariance: sums.w / det } : undefined;
}

/** Variance of a weighted mean's logarithm where counts spread like Poisson. */
function flatVariance(offset: ArrayLike<number>, weights: ArrayLike<number>, a: number): number {
  let [w, ww] = [0, 0];
  for (let day = 0; day < offset.length; day++) {
    const mean = Math.exp(a) * (offset[day] as number);
    w += (weights[day] as number) * mean;
    ww += (weights[day] as number) ** 2 * mean;
  }
  return ww / (w * w);
}

function dispersionOf(
  counts: ArrayLike<number>,
  offset: ArrayLike<number>,
  weights: ArrayLike<number>,
  { a, b }: { a: number; b: number },
): number {
  let [off, whole, squares] = [0, 0, 0];
  for (let day = 0; day < counts.length; day++) {
    const mean = Math.exp(a + b * (day - counts.length + 1)) * (offset[day] as number);
    if (mean <= 0) continue;
    off += ((weights[day] as number) * ((counts[day] as number) - mean) ** 2) / mean;
    whole += weights[day] as number;
    squares += (weights[day] as number) ** 2;
  }
  const days = squares === 0 ? 0 : (whole * whole) / squares; // as many days as count fully
  return days > 9 ? Math.max(1, ((off / whole) * days) / (days - 8)) : Math.max(1, whole === 0 ? 1 : off / whole);
}
