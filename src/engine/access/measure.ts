import type { Decay } from './decay.ts';

/** Walks that were found: of origin o the pairs first[o] … first[o + 1] − 1. */
export interface Walks {
  first: Uint32Array;
  /** Index of the facility. */
  target: Uint32Array;
  /** Deciseconds. */
  ds: Uint32Array;
}

/** Seconds from each origin to the nearest facility that counts; Infinity where none is within the walks. O(pairs). */
export function nearestSeconds(
  { first, target, ds }: Walks,
  counts: (facility: number) => boolean = () => true,
): Float64Array {
  const nearest = new Float64Array(first.length - 1).fill(Infinity);
  eachPair({ first, target, ds }, (origin, facility, seconds) => {
    if (seconds < (nearest[origin] as number) && counts(facility)) nearest[origin] = seconds;
  });
  return nearest;
}

function eachPair(
  { first, target, ds }: Walks,
  take: (origin: number, facility: number, seconds: number) => void,
): void {
  for (let origin = 0; origin + 1 < first.length; origin++)
    for (let pair = first[origin] as number; pair < (first[origin + 1] as number); pair++)
      take(origin, target[pair] as number, (ds[pair] as number) / 10);
}

/**
 * Share of people within each limit, 0 to 1; null where there are no people at all (nobody is served or unserved).
 * @param people how many live at each origin, at least 0
 * @param limits seconds
 */
export function shareWithin(
  nearest: ArrayLike<number>,
  people: ArrayLike<number>,
  limits: readonly number[],
): (number | null)[] {
  let whole = 0;
  const within = limits.map(() => 0);
  for (let origin = 0; origin < people.length; origin++) {
    whole += people[origin] as number;
    limits.forEach((limit, k) => {
      if ((nearest[origin] as number) <= limit) within[k] = (within[k] as number) + (people[origin] as number);
    });
  }
  return within.map((count) => (whole === 0 ? null : count / whole));
}

/** What each origin can reach, each facility weighed by its size and by how far it is: cumulative with `stepDecay`, Hansen's gravity with the others. */
export function opportunity(walks: Walks, size: ArrayLike<number>, decay: Decay): Float64Array {
  const sum = new Float64Array(walks.first.length - 1);
  eachPair(walks, (origin, facility, seconds) => {
    sum[origin] = (sum[origin] as number) + (size[facility] as number) * decay(seconds);
  });
  return sum;
}

/**
 * Two-step floating catchment: each facility's capacity is shared by whoever can reach it, then each origin adds up its shares:
 * capacity a person. The capacity of facilities that somebody can reach comes out whole: Σ people × answer = Σ their capacity.
 * Source: Luo and Wang 2003; with a decay in both steps, Luo and Qi 2009.
 */
export function floatingCatchment(
  walks: Walks,
  people: ArrayLike<number>,
  capacity: ArrayLike<number>,
  decay: Decay,
): Float64Array {
  const asked = new Float64Array(capacity.length);
  eachPair(walks, (origin, facility, seconds) => {
    asked[facility] = (asked[facility] as number) + (people[origin] as number) * decay(seconds);
  });
  const share = asked.map((crowd, facility) => (crowd > 0 ? (capacity[facility] as number) / crowd : 0));
  return opportunity(walks, share, decay);
}

/**
 * Gini coefficient of a good among people: 0 everybody has the same, towards 1 one has all. Null where there are no people or
 * nothing to have.
 * @param value what each origin has for a person, at least 0
 */
export function gini(value: ArrayLike<number>, people: ArrayLike<number>): number | null {
  const order = poorestFirst(value, people);
  const whole = order.reduce((sum, o) => sum + (people[o] as number), 0);
  const goods = order.reduce((sum, o) => sum + (people[o] as number) * (value[o] as number), 0);
  if (whole === 0 || goods === 0) return null;
  let [had, area] = [0, 0];
  for (const o of order) {
    const part = ((people[o] as number) * (value[o] as number)) / goods;
    area += ((people[o] as number) / whole) * (had + part / 2);
    had += part;
  }
  return Math.max(0, 1 - 2 * area);
}

/** Palma ratio: what the best served tenth of people has over what the worst served four tenths have. Null where those have nothing. Source: Palma 2011, for incomes. */
export function palma(value: ArrayLike<number>, people: ArrayLike<number>): number | null {
  const order = poorestFirst(value, people);
  const whole = order.reduce((sum, o) => sum + (people[o] as number), 0);
  const low = goodsBetween(order, value, people, [0, 0.4 * whole]);
  return low === 0 ? null : goodsBetween(order, value, people, [0.9 * whole, whole]) / low;
}

function poorestFirst(value: ArrayLike<number>, people: ArrayLike<number>): number[] {
  return Array.from({ length: people.length }, (_, o) => o).sort(
    (a, b) => (value[a] as number) - (value[b] as number) || a - b,
  );
}

/** Goods of the people between two places of the row, counted from the poorest; whoever lies across a place is divided. */
function goodsBetween(
  order: readonly number[],
  value: ArrayLike<number>,
  people: ArrayLike<number>,
  [from, to]: readonly [number, number],
): number {
  let [passed, goods] = [0, 0];
  for (const o of order) {
    const here = people[o] as number;
    const inside = Math.max(0, Math.min(to, passed + here) - Math.max(from, passed));
    goods += inside * (value[o] as number);
    passed += here;
  }
  return goods;
}

/** How much longer one walks than a bird flies: metres walked over metres straight, at least 1; null where the straight way is below 50 m. */
export function detourRatio(walkedM: number, straightM: number): number | null {
  return straightM < 50 ? null : Math.max(1, walkedM / straightM);
}
