import { byCandidate, spentOn, type ByCandidate, type Purse, type SitingProblem } from './problem.ts';

/** Improves choices by exchanging one place for another. Holds memory for one problem. */
export interface Interchange {
  /** Adds places one by one, each time the one that saves most (ties to the lowest), until `count` are chosen or nothing more can be afforded. */
  greedy(count: number, from?: readonly number[]): number[];
  /** As greedy, where what counts is how much a place saves for its money. */
  thrifty(count: number): number[];
  /** Exchanges until no single exchange saves anything: the choice, ascending, and what it costs. With a purse it also adds while it can. */
  improve(chosen: readonly number[]): { chosen: number[]; objective: number };
}

/**
 * Fast interchange of Whitaker 1983 as told by Resende and Werneck 2007: for a place coming in, the saving with every place
 * going out is known after one look at its links. O(links) for a round of all places.
 * @param limits with a purse: how many places at most, and the money; choices handed in must be affordable
 */
export function makeInterchange(problem: SitingProblem, limits?: { count: number; purse: Purse }): Interchange {
  const columns = byCandidate(problem);
  const state = makeState(problem);
  const purse = limits?.purse ?? null;

  function grow(count: number, from: readonly number[], worth: (saved: number, j: number) => number): number[] {
    const chosen = [...from];
    while (chosen.length < count) {
      state.begin(chosen);
      const left = purse === null ? Infinity : purse.budget - spentOn(purse, chosen);
      const best = bestAddition(columns, state, (j) => (purse?.costs[j] ?? 0) <= left, worth);
      if (best < 0) break;
      chosen.push(best);
    }
    return chosen.toSorted((a, b) => a - b);
  }

  return {
    greedy: (count, from = []) => grow(count, from, (saved) => saved),
    thrifty: (count) => grow(count, [], (saved, j) => saved / Math.max(1, purse?.costs[j] ?? 1)),
    improve(chosen) {
      let now = [...chosen];
      for (;;) {
        state.begin(now);
        const swap = bestSwap(columns, state, purse);
        const grown = swap === null && limits !== undefined ? grow(limits.count, now, (saved) => saved) : now;
        if (swap === null && grown.length === now.length) {
          state.begin(now);
          return { chosen: now.toSorted((a, b) => a - b), objective: state.objective() };
        }
        now = swap === null ? grown : now.map((j) => (j === swap.out ? swap.into : j));
      }
    },
  };
}

interface State {
  open: Uint8Array;
  /** Who serves each demand cheapest (−1: otherwise), at what cost, and the next best cost. */
  nearest: Int32Array;
  cost: Float64Array;
  second: Float64Array;
  /** What it would cost to take each open place away. */
  loss: Float64Array;
  begin(chosen: readonly number[]): void;
  objective(): number;
}

function makeState(problem: SitingProblem): State {
  const demands = problem.otherwise.length;
  const open = new Uint8Array(problem.candidates);
  const nearest = new Int32Array(demands);
  const [cost, second] = [new Float64Array(demands), new Float64Array(demands)];
  const loss = new Float64Array(problem.candidates);
  return {
    open, nearest, cost, second, loss,
    begin(chosen) {
      open.fill(0);
      loss.fill(0);
      for (const j of chosen) open[j] = 1;
      for (let i = 0; i < demands; i++) twoNearest(problem, open, i, { nearest, cost, second, loss });
    },
    objective: () => cost.reduce((sum, one) => sum + one, 0),
  }; // prettier-ignore
}

type Nearest = Pick<State, 'nearest' | 'cost' | 'second' | 'loss'>;

function twoNearest(
  problem: SitingProblem,
  open: Uint8Array,
  i: number,
  { nearest, cost, second, loss }: Nearest,
): void {
  const { linkFirst, linkCandidate, linkCost, otherwise } = problem;
  const end = linkFirst[i + 1] as number;
  nearest[i] = -1;
  cost[i] = otherwise[i] as number;
  second[i] = otherwise[i] as number;
  for (let link = linkFirst[i] as number; link < end; link++) {
    const j = linkCandidate[link] as number;
    if (open[j] === 0) continue;
    if (nearest[i] !== -1) {
      second[i] = linkCost[link] as number;
      break;
    }
    nearest[i] = j;
    cost[i] = linkCost[link] as number;
  }
  const j = nearest[i] as number;
  if (j >= 0) loss[j] = (loss[j] as number) + (second[i] as number) - (cost[i] as number);
}

function bestAddition(
  { first, demand, cost }: ByCandidate,
  state: State,
  affords: (j: number) => boolean,
  worth: (saved: number, j: number) => number,
): number {
  let [best, most] = [-1, -1];
  for (let j = 0; j + 1 < first.length; j++) {
    if (state.open[j] === 1 || !affords(j)) continue;
    let saved = 0;
    for (let link = first[j] as number; link < (first[j + 1] as number); link++)
      saved += Math.max(0, (state.cost[demand[link] as number] as number) - (cost[link] as number));
    if (worth(saved, j) > most) [best, most] = [j, worth(saved, j)];
  }
  return best;
}

function bestSwap(columns: ByCandidate, state: State, purse: Purse | null): { into: number; out: number } | null {
  const opened = [...state.open.keys()].filter((j) => state.open[j] === 1);
  const left = purse === null ? Infinity : purse.budget - spentOn(purse, opened);
  const costOf = (j: number): number => purse?.costs[j] ?? 0;
  const extra = new Float64Array(state.open.length);
  let [into, out, most] = [-1, -1, 1e-9];
  for (let f = 0; f + 1 < columns.first.length; f++) {
    if (state.open[f] === 1) continue;
    for (const r of opened) extra[r] = 0;
    const gain = gainsWith(columns, state, f, extra);
    for (const r of opened) {
      const saved = gain - (state.loss[r] as number) + (extra[r] as number);
      if (saved > most && costOf(f) <= left + costOf(r)) [into, out, most] = [f, r, saved];
    }
  }
  return into < 0 ? null : { into, out };
}

/** What place `f` saves by itself; into `extra`, what its coming softens the going of each place served now. */
function gainsWith({ first, demand, cost }: ByCandidate, state: State, f: number, extra: Float64Array): number {
  let gain = 0;
  for (let link = first[f] as number; link < (first[f + 1] as number); link++) {
    const i = demand[link] as number;
    const here = cost[link] as number;
    const now = state.cost[i] as number;
    if (here < now) gain += now - here;
    const r = state.nearest[i] as number;
    const next = state.second[i] as number;
    if (r >= 0 && here < next) extra[r] = (extra[r] as number) + next - Math.max(here, now);
  }
  return gain;
}
