import { byCandidate, type ByCandidate, type Purse, type SitingProblem } from './problem.ts';

export interface EveryChoiceOptions {
  /** Places at most. */
  count: number;
  purse: Purse | null;
  /** Only a choice that costs less is of interest. */
  beat: number;
  /** Links to look at; the search ends without an answer when they are used up. */
  work: number;
  stop: () => boolean;
}

export interface EveryChoiceAnswer {
  /** All choices were tried, or could not cost less. */
  complete: boolean;
  /** The best that costs less than `beat`, ascending; null where none was found. */
  chosen: number[] | null;
  objective: number;
  nodes: number;
}

/**
 * Tries choices one after another and leaves out those that cannot be better: what places save together is never more than
 * what each saves alone, so that the best savings left, added up, bound whatever is chosen further (submodularity: Nemhauser
 * and Wolsey 1981). The last place of a choice is found in one look at all. Quick where few places are chosen.
 */
export function tryEveryChoice(problem: SitingProblem, options: EveryChoiceOptions): EveryChoiceAnswer {
  return new Trial(problem, options).run();
}

class Trial {
  private readonly columns: ByCandidate;
  private readonly options: EveryChoiceOptions;
  private readonly costs: ArrayLike<number> | null;
  /** What each demand costs at each depth. */
  private readonly levels: Float64Array[];
  private readonly otherwise: Float64Array;
  private best: number;
  private chosen: number[] | null = null;
  private work: number;
  private nodes = 0;

  constructor(problem: SitingProblem, options: EveryChoiceOptions) {
    this.columns = byCandidate(problem);
    this.options = options;
    this.costs = options.purse?.costs ?? null;
    this.otherwise = problem.otherwise;
    this.levels = [problem.otherwise];
    this.best = options.beat;
    this.work = options.work;
  }

  run(): EveryChoiceAnswer {
    const all = Array.from({ length: this.columns.first.length - 1 }, (_, j) => j);
    const whole = this.otherwise.reduce((sum, one) => sum + one, 0);
    if (whole < this.best) this.keep([], whole);
    this.descend([], all, whole, this.options.purse?.budget ?? Infinity);
    return { complete: this.work > 0, chosen: this.chosen, objective: this.best, nodes: this.nodes };
  }

  private keep(chosen: readonly number[], objective: number): void {
    this.best = objective;
    this.chosen = chosen.toSorted((a, b) => a - b);
  }

  private descend(chosen: readonly number[], open: readonly number[], cost: number, money: number): void {
    this.nodes++;
    if (this.nodes % 16 === 0 && this.options.stop()) this.work = 0;
    const now = this.levels[chosen.length] as Float64Array;
    const ranked = this.ranked(open, now, money);
    const [first] = ranked;
    if (first === undefined || this.work <= 0) return;
    if (cost - first.saves < this.best) this.keep([...chosen, first.j], cost - first.saves);
    const left = this.options.count - chosen.length;
    if (left === 1) return;
    for (let k = 0; k + 1 < ranked.length && this.work > 0; k++) {
      if (cost - this.mostSaved(ranked, k, left, money) > this.best - 1 + 1e-6) return;
      const { j, saves, price } = ranked[k] as Ranked;
      this.enter(chosen.length + 1, now, j);
      const rest = ranked.slice(k + 1).map((one) => one.j);
      this.descend([...chosen, j], rest, cost - saves, money - price);
    }
  }

  /** Places that can be afforded and save something, the best first. */
  private ranked(open: readonly number[], now: Float64Array, money: number): Ranked[] {
    const { first, demand, cost } = this.columns;
    const ranked: Ranked[] = [];
    for (const j of open) {
      const price = this.costs?.[j] ?? 0;
      if (price > money) continue;
      const end = first[j + 1] as number;
      let saves = 0;
      for (let link = first[j] as number; link < end; link++) {
        const less = (now[demand[link] as number] as number) - (cost[link] as number);
        if (less > 0) saves += less;
      }
      this.work -= end - (first[j] as number);
      if (saves > 0) ranked.push({ j, saves, price });
    }
    return ranked.sort((a, b) => b.saves - a.saves || a.j - b.j);
  }

  /** At most this is saved by choosing among ranked[from …]: the best ones, or with money the best for their money. */
  private mostSaved(ranked: readonly Ranked[], from: number, left: number, money: number): number {
    let best = 0;
    for (let k = from; k < Math.min(ranked.length, from + left); k++) best += (ranked[k] as Ranked).saves;
    if (this.costs === null) return best;
    const thrifty = ranked.slice(from).sort((a, b) => b.saves * a.price - a.saves * b.price);
    let [sum, rest] = [0, money];
    for (const { saves, price } of thrifty) {
      if (price > rest) return Math.min(best, sum + (saves * rest) / price);
      sum += saves;
      rest -= price;
    }
    return Math.min(best, sum);
  }

  private enter(depth: number, now: Float64Array, j: number): void {
    const { first, demand, cost } = this.columns;
    const next = (this.levels[depth] ??= new Float64Array(now.length));
    next.set(now);
    for (let link = first[j] as number; link < (first[j + 1] as number); link++) {
      const i = demand[link] as number;
      if ((cost[link] as number) < (next[i] as number)) next[i] = cost[link] as number;
    }
    this.work -= now.length / 4;
  }
}

interface Ranked {
  j: number;
  saves: number;
  price: number;
}
