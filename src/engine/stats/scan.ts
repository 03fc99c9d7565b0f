import type { Rng } from '#kit/random.ts';
import type { Neighbours } from './neighbours.ts';

/** Counts of places by day: value of place p on day d at p × days + d. */
export interface SpaceTime {
  days: number;
  counts: ArrayLike<number>;
  /** How many were likely; any scale, it is brought to the sum of the counts. A place-day that can have none has 0. */
  expected: ArrayLike<number>;
}

/** A circle of places over the last days in which more happened than elsewhere and before. */
export interface Cluster {
  centre: number;
  /** Places inside, nearest first. */
  places: number[];
  /** Lasts over the last so many days. */
  days: number;
  seen: number;
  expected: number;
  /** How much more than likely: (seen / expected) / (the same of everything outside). */
  risk: number;
  /** Logarithm of the likelihood ratio. */
  llr: number;
  /** Chance that the strongest cluster of a random town is at least as strong: (1 + better) / (1 + towns drawn). */
  p: number;
}

export interface ScanOptions {
  /** The circles: places of each centre, nearest first (see `nearestOnes`); the circle of k places is the first k of them. */
  circles: Neighbours;
  /** Longest cylinder, days; at least 1. */
  maxDays: number;
  /** A circle with more than this share of everything expected is no cluster, 0 to 1; usual 0.5. */
  maxShare?: number;
  /** Fewest cases that may be called a cluster; usual 3. */
  least?: number;
  /** Random towns drawn; 199 and above. */
  draws: number;
  rng: Rng;
}

interface Cylinder {
  centre: number;
  size: number;
  days: number;
  seen: number;
  expected: number;
  llr: number;
}

/**
 * Kulldorff's prospective space–time scan under the Poisson model: every circle of neighbouring places over every number of
 * days up to the last one. The chance of each cluster comes from `draws` towns in which the same number of cases fell by
 * what was expected. Returns the strongest cluster, then the next that shares no place with those before it, and so on;
 * those too weak to beat half of the random towns are left out. Stable: ties go to the lower centre, the smaller circle, the
 * shorter time. O(draws × (cases + places × circle × maxDays)). Sources: Kulldorff 1997, 2001.
 */
export function scan({ days, counts, expected }: SpaceTime, options: ScanOptions): Cluster[] {
  const whole = sumOf(counts);
  const likely = sumOf(expected);
  if (whole === 0 || likely === 0) return [];
  const span = Math.min(options.maxDays, days);
  const places = options.circles.first.length - 1;
  const seen = lastDays(counts, { places, days, span, scale: 1 });
  const usual = lastDays(expected, { places, days, span, scale: whole / likely });
  const likelySums = likelyOf(options.circles, usual, span);
  const look = {
    ...options,
    places,
    span,
    usual,
    likely: likelySums,
    whole,
    maxShare: options.maxShare ?? 0.5,
    least: options.least ?? 3,
  };
  const found = apart(strongest(seen, look), options.circles);
  const random = drawnMaxima(look);
  return found.map((one) => toldCluster(one, { whole, random, circles: options.circles })).filter(({ p }) => p <= 0.5);
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] as number;
  return sum;
}

/** The last `span` days, newest first. */
function lastDays(
  values: ArrayLike<number>,
  { places, days, span, scale }: { places: number; days: number; span: number; scale: number },
): Float64Array {
  const last = new Float64Array(places * span);
  for (let place = 0; place < places; place++)
    for (let back = 0; back < span; back++)
      last[place * span + back] = (values[place * days + days - 1 - back] as number) * scale;
  return last;
}

type Look = Required<Omit<ScanOptions, 'maxDays'>> & {
  places: number;
  span: number;
  usual: Float64Array;
  /** Expected of each circle over the last days: of pair k and back days at k × span + back. The same for every town. */
  likely: Float64Array;
  whole: number;
};

/** Circles as sums, once: what is expected does not change from town to town. */
function likelyOf({ first, other }: Neighbours, usual: Float64Array, span: number): Float64Array {
  const likely = new Float64Array(other.length * span);
  const days = new Float64Array(span);
  for (let centre = 0; centre + 1 < first.length; centre++) {
    days.fill(0);
    for (let pair = first[centre] as number; pair < (first[centre + 1] as number); pair++) {
      const place = other[pair] as number;
      let sum = 0;
      for (let back = 0; back < span; back++) {
        days[back] = (days[back] as number) + (usual[place * span + back] as number);
        likely[pair * span + back] = sum += days[back] as number;
      }
    }
  }
  return likely;
}

/** log likelihood ratio of `c` cases where `e` were likely, of `whole` in all; 0 where there are not more than likely. */
export function logRatio(c: number, e: number, whole: number): number {
  if (c <= e) return 0;
  const rest = whole - c;
  return c * Math.log(c / e) + (rest === 0 ? 0 : rest * Math.log(rest / (whole - e)));
}

/** The strongest cylinder of each centre that has one, strongest first. */
function strongest(seen: Float64Array, look: Look): Cylinder[] {
  const best: Cylinder[] = [];
  const busy = busyOf(seen, look.span);
  for (let centre = 0; centre < look.places; centre++) {
    const one = bestAt(centre, seen, busy, look);
    if (one !== undefined) best.push(one);
  }
  return best.toSorted((a, b) => b.llr - a.llr || a.centre - b.centre);
}

/** A place without a case adds only to what was likely: the circle before it was stronger, so it is passed over. */
function bestAt(centre: number, seen: Float64Array, busy: Uint8Array, look: Look): Cylinder | undefined {
  const { circles, span, likely, whole, maxShare, least } = look;
  const cases = new Float64Array(span);
  let best: Cylinder | undefined;
  const from = circles.first[centre] as number;
  const to = circles.first[centre + 1] as number;
  for (let pair = from; pair < to; pair++) {
    const place = circles.other[pair] as number;
    if (busy[place] === 0) continue;
    let c = 0;
    for (let back = 0; back < span; back++) {
      c += cases[back] = (cases[back] as number) + (seen[place * span + back] as number);
      const e = likely[pair * span + back] as number;
      if (c < least || c <= e || e > maxShare * whole) continue;
      const llr = logRatio(c, e, whole);
      if (llr > (best?.llr ?? 0)) best = { centre, size: pair - from + 1, days: back + 1, seen: c, expected: e, llr };
    }
  }
  return best;
}

/** 1 for places with a case in the last days. */
function busyOf(seen: Float64Array, span: number): Uint8Array {
  const busy = new Uint8Array(seen.length / span);
  for (let k = 0; k < seen.length; k++) if (seen[k] !== 0) busy[Math.floor(k / span)] = 1;
  return busy;
}

/** Of clusters that share a place, the strongest. */
function apart(cylinders: readonly Cylinder[], circles: Neighbours): Cylinder[] {
  const taken = new Set<number>();
  return cylinders.filter(({ centre, size }) => {
    const from = circles.first[centre] as number;
    const places = circles.other.subarray(from, from + size);
    if (places.some((place) => taken.has(place))) return false;
    places.forEach((place) => taken.add(place));
    return true;
  });
}

/** The strength of the strongest cluster of each random town, weakest first. */
function drawnMaxima(look: Look): Float64Array {
  const { usual, whole, draws, rng } = look;
  const reach = new Float64Array(usual.length); // reach[k]: chance of falling into one of 0 … k
  let sum = 0;
  usual.forEach((one, k) => (reach[k] = sum += one / whole));
  const guide = guideTo(reach, sum);
  const town = new Float64Array(usual.length);
  const maxima = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    town.fill(0);
    for (let k = 0; k < whole; k++) {
      const at = rng();
      if (at < sum) add(town, reach, guide[Math.floor((at / sum) * guideSteps)] as number, at);
    }
    maxima[draw] = strongestOf(town, look);
  }
  return maxima.sort();
}

const guideSteps = 16_384;

/** Where to begin to look for a chance, so that the search takes about one step (Chen and Asau 1974). */
function guideTo(reach: Float64Array, sum: number): Uint32Array {
  const guide = new Uint32Array(guideSteps);
  for (let step = 0, k = 0; step < guideSteps; step++) {
    while (k < reach.length - 1 && (reach[k] as number) <= (step / guideSteps) * sum) k++;
    guide[step] = k;
  }
  return guide;
}

function add(town: Float64Array, reach: Float64Array, begin: number, at: number): void {
  let k = begin;
  while (k < reach.length - 1 && (reach[k] as number) <= at) k++;
  town[k] = (town[k] as number) + 1;
}

function strongestOf(town: Float64Array, look: Look): number {
  let most = 0;
  const busy = busyOf(town, look.span);
  for (let centre = 0; centre < look.places; centre++)
    most = Math.max(most, bestAt(centre, town, busy, look)?.llr ?? 0);
  return most;
}

function toldCluster(
  { centre, size, days, seen, expected, llr }: Cylinder,
  { whole, random, circles }: { whole: number; random: Float64Array; circles: Neighbours },
): Cluster {
  const from = circles.first[centre] as number;
  const better = random.reduce((count, one) => count + (one >= llr - 1e-9 ? 1 : 0), 0);
  const outside = (whole - seen) / (whole - expected);
  return {
    centre,
    places: [...circles.other.subarray(from, from + size)],
    days,
    seen,
    expected,
    risk: outside === 0 ? Infinity : seen / expected / outside,
    llr,
    p: (1 + better) / (1 + random.length),
  };
}
