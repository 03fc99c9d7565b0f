import { tryEveryChoice } from './every-choice.ts';
import { makeInterchange } from './interchange.ts';
import { relax, type Relaxation } from './lagrange.ts';
import { evaluate, spentOn, type PMedianAnswer, type Purse, type SitingProblem } from './problem.ts';

/** Where there are more choices, prices are quicker than trying. */
const manyChoices = 1e8;

/** Links looked at before prices are reckoned: a second or less. */
const littleWork = 2e8;

export interface PMedianOptions {
  /** How many places to choose, 1 to the number of candidates; with a purse: how many at most. */
  count: number;
  purse?: Purse | null;
  /** Choices to begin with besides greedy ones; those that cannot be afforded are cut. */
  from?: readonly (readonly number[])[];
  /** Only a choice that costs less than this is looked for; the bound says no more than that there is none. */
  beat?: number;
  /** Asked between steps: true ends the search with the bound it has. */
  stop?: () => boolean;
  /** Told after each step: bound and best known cost. */
  progress?: (bound: number, objective: number) => void;
}

/**
 * Chooses `count` places so that the sum of costs is least, with proof where the search ends by itself: interchange gives
 * choices, Lagrangian prices give the bound, and what is left between them is searched by fixing places one by one (branch
 * and bound, depth first, warm prices). Costs are whole numbers, so a bound above the best less one is proof. With a purse, at
 * most `count` places are chosen for at most the budget.
 * @throws RangeError a count outside
 */
export function solvePMedian(problem: SitingProblem, options: PMedianOptions): PMedianAnswer {
  const { count } = options;
  if (!Number.isInteger(count) || count < 1 || count > problem.candidates)
    throw new RangeError(`Expected 1 to ${problem.candidates} places to choose, found ${count}.`);
  return new Search(problem, options).run();
}

interface Choice {
  chosen: number[];
  objective: number;
}

/** One search: the best choice so far, the runner-up, and the tree of what is fixed. */
class Search {
  private readonly problem: SitingProblem;
  private readonly count: number;
  private readonly purse: Purse | null;
  private readonly beat: number;
  private readonly stop: () => boolean;
  private readonly progress: (bound: number, objective: number) => void;
  private readonly interchange: ReturnType<typeof makeInterchange>;
  private readonly seen = new Set<string>();
  private best: Choice;
  private second: Choice | null = null;
  private nodes = 0;

  constructor(problem: SitingProblem, options: PMedianOptions) {
    const { count, purse = null, from = [], beat = Infinity } = options;
    this.problem = problem;
    this.count = count;
    this.purse = purse;
    this.beat = beat;
    this.stop = options.stop ?? (() => false);
    this.progress = options.progress ?? (() => undefined);
    this.interchange = makeInterchange(problem, purse === null ? undefined : { count, purse });
    this.best = this.interchange.improve(this.allowed(this.interchange.greedy(count)));
    if (purse !== null) this.consider(this.interchange.thrifty(count));
    for (const choice of from) this.consider(choice);
  }

  run(): PMedianAnswer {
    const bound = this.tryEvery() ? this.toBeat() : this.byPrices();
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
      nodes: this.nodes,
    };
  }

  /** Whether all choices could be tried, or left out, with little work. */
  private tryEvery(): boolean {
    const { problem, count, purse, stop } = this;
    if (howMany(problem.candidates, count, purse) > manyChoices) return false;
    const found = tryEveryChoice(problem, { count, purse, stop, beat: this.toBeat(), work: littleWork });
    this.nodes += found.nodes;
    if (found.chosen !== null) this.consider(found.chosen);
    return found.complete;
  }

  private byPrices(): number {
    const prices = startPrices(this.problem);
    const fixed = new Int8Array(this.problem.candidates);
    const root = this.relaxed(fixed, prices, 1500);
    return this.branch(fixed, prices, root);
  }

  private relaxed(fixed: Int8Array, prices: Float64Array, rounds: number): Relaxation {
    const suggest = (chosen: readonly number[]): number => {
      this.consider(chosen);
      return this.toBeat();
    };
    const { problem, count, purse, stop } = this;
    this.nodes++;
    return relax(problem, { count, purse, best: this.toBeat(), rounds, suggest, fixed, prices, stop });
  }

  /** Takes a suggested choice, exchanges it better, keeps it where it is the best or the next. */
  private consider(chosen: readonly number[]): void {
    const key = chosen.toSorted((a, b) => a - b).join();
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const found = this.interchange.improve(this.allowed(chosen));
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
    return Math.ceil(bound - 1e-6) >= this.toBeat();
  }

  private toBeat(): number {
    return Math.min(this.best.objective, this.beat);
  }

  /** As many places as asked for; with a purse, those that can be afforded, in the order given. */
  private allowed(chosen: readonly number[]): number[] {
    if (this.purse === null) return filled(chosen, this.count, this.problem.candidates);
    let left = this.purse.budget;
    const kept: number[] = [];
    for (const j of chosen) {
      const cost = this.purse.costs[j] as number;
      if (cost > left || kept.length === this.count) continue;
      left -= cost;
      kept.push(j);
    }
    return kept;
  }

  /** The least any choice under these fixings may cost: the node's bound, or the best of what remains below it. */
  private branch(fixed: Int8Array, prices: Float64Array, relaxation: Relaxation): number {
    this.progress(relaxation.bound, this.best.objective);
    if (this.isBeaten(relaxation.bound) || this.stop()) return relaxation.bound;
    const narrowed = this.narrowed(fixed, relaxation);
    if (narrowed === null) return Infinity;
    if (this.isSettled(narrowed)) return this.settled(narrowed);
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

  /** Closes and chooses for good what the bound and the money allow to; null where nothing is left that could be chosen. */
  private narrowed(fixed: Int8Array, relaxation: Relaxation): Int8Array | null {
    const narrowed = fixed.slice();
    for (let j = 0; j < fixed.length; j++) {
      if (fixed[j] !== 0) continue;
      if (this.isBeaten(relaxation.with[j] as number)) narrowed[j] = -1;
      else if (this.isBeaten(relaxation.without[j] as number)) narrowed[j] = 1;
    }
    const forced = indexesOf(narrowed, 1);
    if (forced.length > this.count) return null;
    if (this.purse === null) return forced.length + indexesOf(narrowed, 0).length < this.count ? null : narrowed;
    const left = this.purse.budget - spentOn(this.purse, forced);
    for (const j of indexesOf(narrowed, 0)) if ((this.purse.costs[j] as number) > left) narrowed[j] = -1;
    return left < 0 ? null : narrowed;
  }

  /** Nothing is left to choose, or all that is left can be had. */
  private isSettled(fixed: Int8Array): boolean {
    const [forced, free] = [indexesOf(fixed, 1), indexesOf(fixed, 0)];
    if (forced.length === this.count || free.length === 0) return true;
    const { purse, count } = this;
    return (
      purse !== null && forced.length + free.length <= count && spentOn(purse, [...forced, ...free]) <= purse.budget
    );
  }

  private settled(fixed: Int8Array): number {
    const forced = indexesOf(fixed, 1);
    const whole = this.allowed(forced.length === this.count ? forced : [...forced, ...indexesOf(fixed, 0)]);
    this.consider(whole);
    return Math.min(evaluate(this.problem, whole).objective, this.best.objective);
  }

  /** Where no other choice was met: the best that lacks one of the chosen. */
  private anotherChoice(): Choice | null {
    let found: Choice | null = null;
    const { chosen } = this.best;
    const { purse } = this;
    for (const out of chosen) {
      const rest = chosen.filter((j) => j !== out);
      for (let into = 0; into < this.problem.candidates; into++) {
        if (chosen.includes(into)) continue;
        if (purse !== null && spentOn(purse, [...rest, into]) > purse.budget) continue;
        const { objective } = evaluate(this.problem, [...rest, into]);
        if (objective < (found?.objective ?? Infinity))
          found = { chosen: [...rest, into].toSorted((a, b) => a - b), objective };
      }
    }
    return found;
  }
}

/** How many choices there are, about: with a purse, of as many places as it buys of the middling ones. */
function howMany(candidates: number, count: number, purse: Purse | null): number {
  const middling = purse === null ? 0 : Array.from(purse.costs).sort((a, b) => a - b)[candidates >> 1];
  const chosen = Math.min(count, middling ? Math.ceil((purse?.budget ?? 0) / middling) : count);
  let choices = 1;
  for (let k = 0; k < chosen; k++) choices *= (candidates - k) / (k + 1);
  return choices;
}

function indexesOf(fixed: Int8Array, state: number): number[] {
  return [...fixed.keys()].filter((j) => fixed[j] === state);
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

/** Prices to begin with: the third cheapest link, and none for money. */
function startPrices({ linkFirst, linkCost, otherwise }: SitingProblem): Float64Array {
  const prices = new Float64Array(otherwise.length + 1);
  otherwise.forEach((beyond, i) => {
    const link = (linkFirst[i] as number) + 2;
    prices[i] = link < (linkFirst[i + 1] as number) ? (linkCost[link] as number) : beyond;
  });
  return prices;
}
