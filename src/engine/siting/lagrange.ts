import type { SitingProblem } from './problem.ts';

/** A lower bound on what any choice of `count` places costs, and what it says of single places. */
export interface Relaxation {
  bound: number;
  /** For each place: the least any choice can cost that has it chosen, and that has it not chosen. */
  with: Float64Array;
  without: Float64Array;
}

export interface RelaxOptions {
  /** Places to choose: exactly this many (a choice of fewer never costs less). */
  count: number;
  /** What the best choice known costs: steers the steps. */
  best: number;
  rounds: number;
  /** Told the choice each round suggests; answers what the best known choice costs now. */
  suggest: (chosen: readonly number[]) => number;
  /** −1 closed for good, 1 chosen for good, 0 open to choice. */
  fixed: Int8Array;
  /** Prices to begin with; left at the best ones. */
  prices: Float64Array;
  stop?: () => boolean;
}

/**
 * Lagrangian relaxation of "everybody is served once" with prices moved along the subgradient (Held, Wolfe and Crowder 1974;
 * for p-median Cornuéjols, Fisher and Nemhauser 1977). A demand with price u pays whoever serves it min(0, cost − u); the
 * cheapest `count` places are chosen. The bound holds for whatever prices. O(links below price) a round.
 */
export function relax(problem: SitingProblem, options: RelaxOptions): Relaxation {
  const { count, rounds, fixed, suggest, prices, stop } = options;
  const board = makeBoard(problem, count, fixed);
  let { best } = options;
  const top = { bound: -Infinity, prices: prices.slice(), reduced: new Float64Array(problem.candidates) };
  let [step, idle] = [1.5, 0];
  const now = prices.slice();
  for (let round = 0; round < rounds && step > 0.002; round++) {
    const bound = board.price(now);
    if (bound > top.bound + 1e-7) {
      idle = bound > top.bound * 1.000_02 ? 0 : idle + 1;
      top.bound = bound;
      top.prices.set(now);
      top.reduced.set(board.reduced);
    } else idle++;
    if (idle >= 25) {
      [step, idle] = [step * 0.6, 0];
      now.set(top.prices);
      board.price(now);
    }
    if (round % 5 === 0) best = Math.min(best, suggest(board.chosen()));
    if (Math.ceil(top.bound - 1e-6) >= best || stop?.() === true) break;
    board.look(now);
    const norm = board.slackNorm();
    if (norm === 0) break;
    board.move(now, (step * (best - bound)) / norm);
  }
  prices.set(top.prices);
  return readOff(top, board, fixed);
}

function makeBoard(problem: SitingProblem, count: number, fixed: Int8Array) {
  const { linkFirst, linkCandidate, linkCost, otherwise, candidates } = problem;
  const demands = otherwise.length;
  const reduced = new Float64Array(candidates);
  const slack = new Float64Array(demands);
  const forced = [...fixed.keys()].filter((j) => fixed[j] === 1);
  const free = Uint32Array.from([...fixed.keys()].filter((j) => fixed[j] === 0));
  const left = Math.min(count - forced.length, free.length);
  const chosenNow = new Uint8Array(candidates);
  let order: Uint32Array = free;

  function choose(): number {
    order = free.slice().sort((a, b) => (reduced[a] as number) - (reduced[b] as number) || a - b);
    chosenNow.fill(0);
    let sum = 0;
    for (const j of forced) {
      chosenNow[j] = 1;
      sum += reduced[j] as number;
    }
    for (let k = 0; k < left; k++) {
      chosenNow[order[k] as number] = 1;
      sum += reduced[order[k] as number] as number;
    }
    return sum;
  }

  return {
    reduced,
    forced,
    left,
    order: () => order,
    /** The bound for these prices. */
    price(prices: Float64Array): number {
      reduced.fill(0);
      let sum = 0;
      for (let i = 0; i < demands; i++) {
        const u = prices[i] as number;
        sum += Math.min(u, otherwise[i] as number);
        const end = linkFirst[i + 1] as number;
        for (let link = linkFirst[i] as number; link < end; link++) {
          const pays = (linkCost[link] as number) - u;
          if (pays >= 0) break;
          const j = linkCandidate[link] as number;
          reduced[j] = (reduced[j] as number) + pays;
        }
      }
      return sum + choose();
    },
    chosen: () => [...forced, ...order.subarray(0, left)],
    /** How often each demand is served, less one, squared and added. */
    slackNorm(): number {
      return slack.reduce((sum, one) => sum + one * one, 0);
    },
    move(prices: Float64Array, by: number): void {
      for (let i = 0; i < demands; i++) {
        const u = prices[i] as number;
        prices[i] = Math.min(otherwise[i] as number, Math.max(0, u + by * (slack[i] as number)));
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
    },
  };
}

type Board = ReturnType<typeof makeBoard>;

/** Leaving out a chosen place lets the next one in; letting one in pushes the last one out. */
function readOff(top: { bound: number; reduced: Float64Array }, board: Board, fixed: Int8Array): Relaxation {
  const { reduced, bound } = top;
  const order = board
    .order()
    .slice()
    .sort((a, b) => (reduced[a] as number) - (reduced[b] as number) || a - b);
  const last = order[board.left - 1];
  const next = order[board.left];
  const within = new Float64Array(fixed.length).fill(bound);
  const without = new Float64Array(fixed.length).fill(bound);
  order.forEach((j, k) => {
    if (k < board.left)
      without[j] = next === undefined ? Infinity : bound - (reduced[j] as number) + (reduced[next] as number);
    else within[j] = last === undefined ? Infinity : bound + (reduced[j] as number) - (reduced[last] as number);
  });
  return { bound, with: within, without };
}
