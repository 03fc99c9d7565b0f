import { solvePMedian } from './p-median.ts';
import { evaluate, siteProblem, type Link, type Purse, type SitingProblem } from './problem.ts';

export interface PCentreAnswer {
  /** Ascending. */
  chosen: number[];
  /** The most anybody pays. */
  worst: number;
  /** No choice brings the worst below this. */
  bound: number;
  proved: boolean;
  /** Candidate that serves each demand, −1 for "otherwise". */
  serves: Int32Array;
  /** Steps of the searches. */
  nodes: number;
}

export interface PCentreOptions {
  /** How many places to choose; with a purse: how many at most. */
  count: number;
  purse?: Purse | null;
  /** True ends the search with the bound it has. */
  stop?: () => boolean;
}

/**
 * Chooses `count` places so that whoever is served worst is served as well as can be. Asks, halving the costs that occur: can
 * `count` places serve everybody at this cost? (a covering question, answered with proof by `solvePMedian`). Source: Minieka 1970.
 * @throws RangeError a count outside
 */
export function solvePCentre(problem: SitingProblem, options: PCentreOptions): PCentreAnswer {
  const { stop = () => false } = options;
  const costs = [...new Set([0, ...problem.linkCost, ...problem.otherwise])].sort((a, b) => a - b);
  const start = solvePMedian(problem, options);
  let best = { chosen: start.chosen, worst: worstOf(problem, start.chosen) };
  let { nodes } = start;
  let [low, high] = [0, costs.indexOf(best.worst)];
  let known = true;
  while (low < high && known && !stop()) {
    const middle = (low + high) >> 1;
    const asked = solvePMedian(coverAt(problem, costs[middle] as number), options);
    nodes += asked.nodes;
    if (asked.objective === 0) {
      best = { chosen: asked.chosen, worst: worstOf(problem, asked.chosen) };
      high = Math.min(middle, costs.indexOf(best.worst));
    } else if (asked.bound > 0) low = middle + 1;
    else known = false;
  }
  const bound = costs[low] as number;
  const { serves } = evaluate(problem, best.chosen);
  return { ...best, bound, proved: bound === best.worst, serves, nodes };
}

/** What whoever is served worst pays. */
function worstOf({ linkFirst, linkCandidate, linkCost, otherwise }: SitingProblem, chosen: readonly number[]): number {
  const open = new Set(chosen);
  let worst = 0;
  for (let i = 0; i < otherwise.length; i++) {
    let link = linkFirst[i] as number;
    const end = linkFirst[i + 1] as number;
    while (link < end && !open.has(linkCandidate[link] as number)) link++;
    worst = Math.max(worst, link < end ? (linkCost[link] as number) : (otherwise[i] as number));
  }
  return worst;
}

/**
 * The same places, where a demand costs 1 unless it is served at this cost at most; those served so anyway are left out, and
 * those that the same places serve so are one.
 */
function coverAt(problem: SitingProblem, limit: number): SitingProblem {
  const { linkFirst, linkCandidate, linkCost, otherwise, candidates } = problem;
  const groups = new Map<string, Uint32Array>();
  for (let demand = 0; demand < otherwise.length; demand++) {
    if ((otherwise[demand] as number) <= limit) continue;
    const first = linkFirst[demand] as number;
    let end = first;
    while (end < (linkFirst[demand + 1] as number) && (linkCost[end] as number) <= limit) end++;
    const serving = linkCandidate.slice(first, end).sort();
    groups.set(serving.join(), serving);
  }
  const rows = [...groups.values()];
  const links = rows.flatMap((row, demand) => Array.from(row, (candidate): Link => ({ demand, candidate, cost: 0 })));
  return siteProblem(
    candidates,
    rows.map(() => 1),
    links,
  );
}
