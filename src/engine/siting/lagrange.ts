import { spentOn, type Purse, type SitingProblem } from './problem.ts';

/** A lower bound on what any choice of `count` places costs, and what it says of single places. */
export interface Relaxation {
  bound: number;
  /** For each place: the least any choice can cost that has it chosen, and that has it not chosen. */
  with: Float64Array;
  without: Float64Array;
}

export interface RelaxOptions {
  /** Places to choose: exactly this many (a choice of fewer never costs less), or with a purse at most. */
  count: number;
  purse: Purse | null;
  /** What the best choice known costs: steers the steps. */
  best: number;
  rounds: number;
  /** Told the choice each round suggests; answers what the best known choice costs now. */
  suggest: (chosen: readonly number[]) => number;
  /** −1 closed for good, 1 chosen for good, 0 open to choice. */
  fixed: Int8Array;
  /** Prices to begin with, one for each demand and last that of money; left at the best ones. */
  prices: Float64Array;
  stop?: () => boolean;
}

/**
 * Lagrangian relaxation of "everybody is served once" with prices moved along the subgradient (Held, Wolfe and Crowder 1974;
 * for p-median Cornuéjols, Fisher and Nemhauser 1977). A demand with price u pays whoever serves it min(0, cost − u); the
 * cheapest `count` places are chosen. What is spent beyond the purse is priced the same way, so that a place also costs its
 * money. The bound holds for whatever prices. O(links below price) a round.
 */
export function relax(problem: SitingProblem, options: RelaxOptions): Relaxation {
  const { rounds, fixed, suggest, prices, stop } = options;
  const board = makeBoard(problem, options);
  let { best } = options;
  const top = { bound: -Infinity, prices: prices.slice(), paid: new Float64Array(problem.candidates) };
  let [step, idle] = [1.5, 0];
  const now = prices.slice();
  // Improving a suggestion takes far longer than a round where links are many.
  const every = Math.max(5, Math.ceil(problem.linkCost.length / 4000));
  for (let round = 0; round < rounds && step > 0.002; round++) {
    const bound = board.price(now);
    if (bound > top.bound + 1e-7) {
      idle = bound > top.bound * 1.000_02 ? 0 : idle + 1;
      top.bound = bound;
      top.prices.set(now);
      top.paid.set(board.paid);
    } else idle++;
    if (idle >= 25) {
      [step, idle] = [step * 0.6, 0];
      now.set(top.prices);
      board.price(now);
    }
    if (round % every === 0) best = Math.min(best, suggest(board.chosen()));
    if (Math.ceil(top.bound - 1e-6) >= best || stop?.() === true) break;
    board.look(now);
    const norm = board.slackNorm();
    if (norm === 0) break;
    board.move(now, (step * (best - bound)) / norm);
  }
  prices.set(top.prices);
  return readOff(top, board, fixed);
}

/** Money in parts of what a place costs on average, so that its price moves in step with the others. */
function scaled(purse: Purse | null, candidates: number): { costs: Float64Array; budget: number } | null {
  if (purse === null) return null;
  const mean = Math.max(1e-9, Array.from(purse.costs).reduce((sum, one) => sum + one, 0) / candidates);
  return { costs: Float64Array.from(purse.costs, (cost) => cost / mean), budget: purse.budget / mean };
}

function makeBoard(problem: SitingProblem, { count, fixed, purse }: RelaxOptions) {
  const { linkFirst, linkCandidate, linkCost, otherwise, candidates } = problem;
  const demands = otherwise.length;
  const money = scaled(purse, candidates);
  /** What choosing each place adds at these prices. */
  const paid = new Float64Array(candidates);
  const slack = new Float64Array(demands + 1);
  const forced = [...fixed.keys()].filter((j) => fixed[j] === 1);
  const free = Uint32Array.from([...fixed.keys()].filter((j) => fixed[j] === 0));
  const left = Math.min(count - forced.length, free.length);
  const chosenNow = new Uint8Array(candidates);
  let order: Uint32Array = free;
  let taken = left;

  function choose(): number {
    order = free.slice().sort((a, b) => (paid[a] as number) - (paid[b] as number) || a - b);
    chosenNow.fill(0);
    let sum = 0;
    for (const j of forced) {
      chosenNow[j] = 1;
      sum += paid[j] as number;
    }
    taken = 0;
    while (taken < left && (money === null || (paid[order[taken] as number] as number) < 0)) {
      const j = order[taken++] as number;
      chosenNow[j] = 1;
      sum += paid[j] as number;
    }
    return sum;
  }

  function priceMoney(price: number): number {
    if (money === null || price === 0) return 0;
    for (let j = 0; j < candidates; j++) paid[j] = (paid[j] as number) + price * (money.costs[j] as number);
    return -price * money.budget;
  }

  return {
    paid,
    left,
    exactly: money === null,
    order: () => order,
    /** The bound for these prices. */
    price(prices: Float64Array): number {
      paid.fill(0);
      let sum = 0;
      for (let i = 0; i < demands; i++) {
        const u = prices[i] as number;
        sum += Math.min(u, otherwise[i] as number);
        const end = linkFirst[i + 1] as number;
        for (let link = linkFirst[i] as number; link < end; link++) {
          const pays = (linkCost[link] as number) - u;
          if (pays >= 0) break;
          const j = linkCandidate[link] as number;
          paid[j] = (paid[j] as number) + pays;
        }
      }
      return sum + priceMoney(prices[demands] as number) + choose();
    },
    chosen: () => [...forced, ...order.subarray(0, taken)],
    /** How often each demand is served, less one, and what is overspent, squared and added. */
    slackNorm(): number {
      return slack.reduce((sum, one) => sum + one * one, 0);
    },
    move(prices: Float64Array, by: number): void {
      for (let i = 0; i <= demands; i++) {
        const u = prices[i] as number;
        prices[i] = Math.min(otherwise[i] ?? Infinity, Math.max(0, u + by * (slack[i] as number)));
      }
    },
    /** Fills the slack for these prices: to be asked before the norm and the move. */
    look(prices: Float64Array): void {
      for (let i = 0; i < demands; i++) {
        const u = prices[i] as number;
        let served = (otherwise[i] as number) < u ? 1 : 0;
        const end = linkFirst[i + 1] as number;
        for (let link = linkFirst[i] as number; link < end && (linkCost[link] as number) < u; link++)
          served += chosenNow[linkCandidate[link] as number] as number;
        slack[i] = 1 - served;
      }
      const over = money === null ? 0 : spentOn(money, [...forced, ...order.subarray(0, taken)]) - money.budget;
      slack[demands] = over < 0 && prices[demands] === 0 ? 0 : over;
    },
  };
}

type Board = ReturnType<typeof makeBoard>;

/** Leaving out a chosen place lets the next one in, where it still saves; letting one in pushes the last one out, where all are taken. */
function readOff(top: { bound: number; paid: Float64Array }, board: Board, fixed: Int8Array): Relaxation {
  const { paid, bound } = top;
  const { left, exactly } = board;
  const order = board
    .order()
    .slice()
    .sort((a, b) => (paid[a] as number) - (paid[b] as number) || a - b);
  let taken = 0;
  while (taken < left && (exactly || (paid[order[taken] as number] as number) < 0)) taken++;
  const last = taken < left ? 0 : left === 0 ? -Infinity : (paid[order[left - 1] as number] as number);
  const next = left < order.length ? Math.min(0, paid[order[left] as number] as number) : exactly ? Infinity : 0;
  const within = new Float64Array(fixed.length).fill(bound);
  const without = new Float64Array(fixed.length).fill(bound);
  order.forEach((j, k) => {
    if (k < taken) without[j] = bound - (paid[j] as number) + next;
    else within[j] = bound + (paid[j] as number) - last;
  });
  return { bound, with: within, without };
}
