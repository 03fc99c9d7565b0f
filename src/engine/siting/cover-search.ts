import { randomInt, seededRandom, type Rng } from '#kit/random.ts';
import { byCandidate, type ByCandidate, type SitingProblem } from './problem.ts';

export interface CoverSearchOptions {
  count: number;
  /** Exchanges to try. */
  trials: number;
  seed: number;
  /** How much of a middling demand may be lost at first and at last; 2 and 0.3 unless told. */
  heat?: readonly [hot: number, cold: number];
  /** Where to begin; places chosen greedily otherwise. */
  from?: readonly number[];
  stop?: () => boolean;
}

export interface Cover {
  /** Ascending. */
  chosen: number[];
  /** Weight of what is not covered. */
  uncovered: number;
}

/**
 * Maximal covering by annealing over exchanges: a chosen place for one nearby or anywhere. What an exchange would do is known
 * from the links of the place coming in alone: each demand remembers how often it is covered and, as one number, by whom
 * when it is once. Costs of links count as 0: a demand is covered or costs its `otherwise`. Same seed, same answer.
 * Source: Kirkpatrick, Gelatt and Vecchi 1983; O(links of a place) a trial.
 */
export function searchCover(problem: SitingProblem, options: CoverSearchOptions): Cover {
  const { count, trials, seed, from, stop } = options;
  const rng = seededRandom(seed);
  const columns = byCandidate(problem);
  const board = makeBoard(problem, columns);
  for (const j of from ?? []) board.add(j);
  while (board.size() < count) board.add(board.mostGain());
  const best = { chosen: board.chosen(), uncovered: board.uncovered() };
  if (count >= problem.candidates) return best;
  const [hot, cold] = temperatures(problem, options.heat ?? [2, 0.3]);
  const cooling = (cold / hot) ** (1 / Math.max(1, trials));
  let heat = hot;
  for (let trial = 1; trial <= trials; trial++, heat *= cooling) {
    if (trial % 4096 === 0 && stop?.() === true) break;
    const out = board.anyOpen(rng);
    const into = proposed(problem, columns, out, rng);
    if (board.isOpen(into)) continue;
    const change = board.change(out, into);
    if (change < 0 && rng() >= Math.exp(change / heat)) continue;
    board.drop(out);
    board.add(into);
    if (board.uncovered() >= best.uncovered) continue;
    best.chosen = board.chosen();
    best.uncovered = board.uncovered();
  }
  return { chosen: best.chosen.toSorted((a, b) => a - b), uncovered: best.uncovered };
}

function temperatures({ otherwise }: SitingProblem, heat: readonly [number, number]): [hot: number, cold: number] {
  const whole = otherwise.reduce((sum, weight) => sum + weight, 0);
  const mean = whole / Math.max(1, otherwise.length);
  return [Math.max(0.2, heat[0] * mean), Math.max(0.1, heat[1] * mean)];
}

/** Mostly a place that serves a neighbour of what `out` serves; at times one anywhere, so that nothing is out of reach. */
function proposed(
  { linkFirst, linkCandidate, candidates }: SitingProblem,
  { first, demand }: ByCandidate,
  out: number,
  rng: Rng,
): number {
  let place = out;
  const hops = rng() < 0.8 ? randomInt(rng, 1, 2) : 0;
  for (let hop = 0; hop < hops; hop++) {
    const [begin, end] = [first[place] as number, first[place + 1] as number];
    if (begin === end) break;
    const i = demand[randomInt(rng, begin, end - 1)] as number;
    place = linkCandidate[randomInt(rng, linkFirst[i] as number, (linkFirst[i + 1] as number) - 1)] as number;
  }
  return place === out ? randomInt(rng, 0, candidates - 1) : place;
}

function makeBoard({ otherwise, candidates }: SitingProblem, { first, demand }: ByCandidate) {
  const openAt = new Int32Array(candidates).fill(-1);
  const opened: number[] = [];
  const times = new Uint16Array(otherwise.length);
  /** All places that cover a demand, xored: where it is covered once, the one that does. */
  const by = new Uint32Array(otherwise.length);
  /** What each open place covers alone. */
  const alone = new Float64Array(candidates);
  let uncovered = otherwise.reduce((sum, weight) => sum + weight, 0);

  const gainOf = (j: number): number => {
    let gain = 0;
    for (let link = first[j] as number; link < (first[j + 1] as number); link++) {
      const i = demand[link] as number;
      if (times[i] === 0) gain += otherwise[i] as number;
    }
    return gain;
  };

  return {
    size: () => opened.length,
    chosen: () => [...opened],
    uncovered: () => uncovered,
    isOpen: (j: number) => (openAt[j] as number) >= 0,
    anyOpen: (rng: Rng) => opened[randomInt(rng, 0, opened.length - 1)] as number,
    /** Weight that would be covered more (or, negative, less) with `into` for `out`. */
    change(out: number, into: number): number {
      let sum = -(alone[out] as number);
      for (let link = first[into] as number; link < (first[into + 1] as number); link++) {
        const i = demand[link] as number;
        const covered = times[i] as number;
        if (covered === 0 || (covered === 1 && by[i] === out)) sum += otherwise[i] as number;
      }
      return sum;
    },
    add(j: number): void {
      openAt[j] = opened.push(j) - 1;
      for (let link = first[j] as number; link < (first[j + 1] as number); link++) {
        const i = demand[link] as number;
        const weight = otherwise[i] as number;
        const before = times[i] as number;
        if (before === 0) {
          uncovered -= weight;
          alone[j] = (alone[j] as number) + weight;
        } else if (before === 1) alone[by[i] as number] = (alone[by[i] as number] as number) - weight;
        times[i] = before + 1;
        by[i] = ((by[i] as number) ^ j) >>> 0;
      }
    },
    drop(j: number): void {
      const place = openAt[j] as number;
      const last = opened.pop() as number;
      openAt[j] = -1;
      if (last !== j) {
        opened[place] = last;
        openAt[last] = place;
      }
      for (let link = first[j] as number; link < (first[j + 1] as number); link++) {
        const i = demand[link] as number;
        const weight = otherwise[i] as number;
        const after = (times[i] as number) - 1;
        times[i] = after;
        by[i] = ((by[i] as number) ^ j) >>> 0;
        if (after === 0) uncovered += weight;
        else if (after === 1) alone[by[i] as number] = (alone[by[i] as number] as number) + weight;
      }
      alone[j] = 0;
    },
    /** The closed place that would cover most, the lowest of equals. */
    mostGain(): number {
      let [found, most] = [-1, -1];
      for (let j = 0; j < candidates; j++) {
        const gain = (openAt[j] as number) >= 0 ? -1 : gainOf(j);
        if (gain > most) [found, most] = [j, gain];
      }
      return found;
    },
  };
}
