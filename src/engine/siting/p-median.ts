import { makeInterchange } from './interchange.ts';
import { relax, type Relaxation } from './lagrange.ts';
import { evaluate, type SitingAnswer, type SitingProblem } from './problem.ts';

export interface PMedianOptions {
  /** How many places to choose, 1 to the number of candidates. */
  count: number;
  /** Asked between steps: true ends the search with the bound it has. */
  stop?: () => boolean;
  /** Told after each step: bound and best known cost. */
  progress?: (bound: number, objective: number) => void;
}

/**
 * Chooses `count` places so that the sum of costs is least, with proof where the search ends by itself: interchange gives
 * choices, Lagrangian prices give the bound, and what is left between them is searched by fixing places one by one (branch
 * and bound, depth first, warm prices). Costs are whole numbers, so a bound above the best less one is proof.
 * @throws RangeError a count outside
 */
export function solvePMedian(problem: SitingProblem, { count, stop, progress }: PMedianOptions): SitingAnswer {
  if (!Number.isInteger(count) || count < 1 || count > problem.candidates)
    throw new RangeError(`Expected 1 to ${problem.candidates} places to choose, found ${count}.`);
  const search = new Search(problem, count, stop ?? (() => false), progress ?? (() => undefined));
  return search.run();
}

interface Choice {
  chosen: number[];
  objective: number;
}

/** One search: the best choice so far, the runner-up, and the tree of what is fixed. */
class Search {
  private readonly problem: SitingProblem;
  private readonly count: number;
  private readonly stop: () => boolean;
  private readonly progress: (bound: number, objective: number) => void;
  private readonly interchange: ReturnType<typeof makeInterchange>;
  private readonly seen = new Set<string>();
  private best: Choice;
  private second: Choice | null = null;

  constructor(problem: SitingProblem, count: number, stop: Search['stop'], progress: Search['progress']) {
    this.problem = problem;
    this.count = count;
    this.stop = stop;
    this.progress = progress;
    this.interchange = makeInterchange(problem);
    this.best = this.interchange.improve(filled(this.interchange.greedy(count), count, problem.candidates));
  }

  run(): SitingAnswer {
    const prices = startPrices(this.problem);
    const fixed = new Int8Array(this.problem.candidates);
    const root = this.relaxed(fixed, prices, 1500);
    const bound = this.branch(fixed, prices, root);
    const { objective, serves } = evaluate(this.problem, this.best.chosen);
    const held = Math.max(0, Math.min(objective, Math.ceil(bound - 1e-6))); // never −0
    return {
      chosen: this.best.chosen,
      objective,
      bound: held,
      gap: objective === 0 ? 0 : (objective - held) / objective,
      proved: held >= objective,
      serves,
      runnerUp: this.second ?? this.anotherChoice(),
    };
  }

  private relaxed(fixed: Int8Array, prices: Float64Array, rounds: number): Relaxation {
    const suggest = (chosen: readonly number[]): number => {
      this.consider(chosen);
      return this.best.objective;
    };
    const { problem, count, stop } = this;
    return relax(problem, { count, best: this.best.objective, rounds, suggest, fixed, prices, stop });
  }

  /** Takes a suggested choice, exchanges it better, keeps it where it is the best or the next. */
  private consider(chosen: readonly number[]): void {
    const key = chosen.toSorted((a, b) => a - b).join();
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const found = this.interchange.improve(chosen);
    if (found.objective < this.best.objective) {
      this.second = this.best;
      this.best = found;
    } else if (
      found.chosen.join() !== this.best.chosen.join() &&
      found.objective < (this.second?.objective ?? Infinity)
    )
      this.second = found;
  }

  private isBeaten(bound: number): boolean {
    return Math.ceil(bound - 1e-6) >= this.best.objective;
  }

  /** The least any choice under these fixings may cost: the node's bound, or the best of what remains below it. */
  private branch(fixed: Int8Array, prices: Float64Array, relaxation: Relaxation): number {
    this.progress(relaxation.bound, this.best.objective);
    if (this.isBeaten(relaxation.bound) || this.stop()) return relaxation.bound;
    const narrowed = fixed.slice();
    for (let j = 0; j < fixed.length; j++) {
      if (fixed[j] !== 0) continue;
      if (this.isBeaten(relaxation.with[j] as number)) narrowed[j] = -1;
      else if (this.isBeaten(relaxation.without[j] as number)) narrowed[j] = 1;
    }
    const forced = narrowed.filter((state) => state === 1).length;
    const free = narrowed.filter((state) => state === 0).length;
    if (forced > this.count || forced + free < this.count) return Infinity;
    if (forced === this.count || free === 0) return this.settled(narrowed);
    const on = mostTelling(narrowed, relaxation);
    const order = (relaxation.with[on] as number) > (relaxation.without[on] as number) ? [-1, 1] : [1, -1];
    let bound = Infinity;
    for (const state of order) {
      const child = narrowed.slice();
      child[on] = state;
      const own = prices.slice();
      const below = this.relaxed(child, own, 250);
      bound = Math.min(bound, this.branch(child, own, below));
    }
    return bound;
  }

  private settled(fixed: Int8Array): number {
    const chosen = [...fixed.keys()].filter((j) => fixed[j] === 1);
    const whole = filled(chosen, this.count, fixed.length);
    this.consider(whole);
    return Math.min(evaluate(this.problem, whole).objective, this.best.objective);
  }

  /** Where no other choice was met: the best that lacks one of the chosen. */
  private anotherChoice(): Choice | null {
    let found: Choice | null = null;
    const { chosen } = this.best;
    for (const out of chosen) {
      const rest = chosen.filter((j) => j !== out);
      for (let into = 0; into < this.problem.candidates; into++) {
        if (chosen.includes(into)) continue;
        const { objective } = evaluate(this.problem, [...rest, into]);
        if (objective < (found?.objective ?? Infinity))
          found = { chosen: [...rest, into].toSorted((a, b) => a - b), objective };
      }
    }
    return found;
  }
}

/** The free place whose fixing tells most: where both sides rise, the lesser rise counts more. */
function mostTelling(fixed: Int8Array, relaxation: Relaxation): number {
  let [best, most] = [-1, -Infinity];
  for (let j = 0; j < fixed.length; j++) {
    if (fixed[j] !== 0) continue;
    const rises = [
      (relaxation.with[j] as number) - relaxation.bound,
      (relaxation.without[j] as number) - relaxation.bound,
    ];
    const telling = Math.min(1e15, Math.max(...rises)) + 1e-3 * Math.min(...rises);
    if (telling > most) [best, most] = [j, telling];
  }
  return best;
}

/** Enough places whatever they save: the lowest not yet chosen. */
function filled(chosen: readonly number[], count: number, candidates: number): number[] {
  const all = [...chosen];
  for (let j = 0; j < candidates && all.length < count; j++) if (!chosen.includes(j)) all.push(j);
  return all;
}

/** A price to begin with: the third cheapest link. */
function startPrices({ linkFirst, linkCost, otherwise }: SitingProblem): Float64Array {
  return otherwise.map((beyond, i) => {
    const link = (linkFirst[i] as number) + 2;
    return link < (linkFirst[i + 1] as number) ? (linkCost[link] as number) : beyond;
  });
}
