/**
 * Where to put facilities so that people are served best. Costs are whole numbers (people × deciseconds, say), so that a bound
 * within one of an answer proves it.
 */
export interface SitingProblem {
  /** Number of places one may choose. */
  candidates: number;
  /** Served places ("demands"): links of demand i are linkFirst[i] … linkFirst[i + 1] − 1, cheapest first, ties by lowest candidate. */
  linkFirst: Uint32Array;
  linkCandidate: Uint32Array;
  /** Whole number from 0 to 2^40: what demand i costs when this candidate serves it. */
  linkCost: Float64Array;
  /** What demand i costs when no chosen candidate serves it: served by what exists already, or not at all. At least 0. */
  otherwise: Float64Array;
}

/** What choosing costs in money; both whole numbers, so that what can be afforded is exact. */
export interface Purse {
  /** Of each candidate, at least 0. */
  costs: ArrayLike<number>;
  budget: number;
}

export function spentOn({ costs }: Purse, chosen: Iterable<number>): number {
  let sum = 0;
  for (const j of chosen) sum += costs[j] as number;
  return sum;
}

/** A link before sorting. */
export interface Link {
  demand: number;
  candidate: number;
  cost: number;
}

/**
 * Puts links in order. Links that cost no less than `otherwise` change nothing and are left out.
 * @throws RangeError a cost that is not a whole number from 0 to 2^40, or an index outside
 */
export function siteProblem(candidates: number, otherwise: ArrayLike<number>, links: Iterable<Link>): SitingProblem {
  const kept: Link[] = [];
  for (const link of links) {
    assertLink(link, candidates, otherwise.length);
    if (link.cost < (otherwise[link.demand] as number)) kept.push(link);
  }
  kept.sort((a, b) => a.demand - b.demand || a.cost - b.cost || a.candidate - b.candidate);
  const linkFirst = new Uint32Array(otherwise.length + 1);
  for (const { demand } of kept) linkFirst[demand + 1] = (linkFirst[demand + 1] as number) + 1;
  for (let i = 0; i < otherwise.length; i++) linkFirst[i + 1] = (linkFirst[i + 1] as number) + (linkFirst[i] as number);
  return {
    candidates,
    linkFirst,
    linkCandidate: Uint32Array.from(kept, ({ candidate }) => candidate),
    linkCost: Float64Array.from(kept, ({ cost }) => cost),
    otherwise: Float64Array.from(otherwise),
  };
}

function assertLink({ demand, candidate, cost }: Link, candidates: number, demands: number): void {
  const inside = candidate >= 0 && candidate < candidates && demand >= 0 && demand < demands;
  if (!inside || !Number.isInteger(cost) || cost < 0 || cost > 2 ** 40)
    throw new RangeError(
      `Expected a whole cost from 0 to 2^40 between demand 0 to ${demands - 1} and candidate 0 to ${candidates - 1}, found ${cost} between ${demand} and ${candidate}.`,
    );
}

/** The same links by candidate: of candidate j they are first[j] … first[j + 1] − 1. */
export interface ByCandidate {
  first: Uint32Array;
  demand: Uint32Array;
  cost: Float64Array;
}

export function byCandidate({ candidates, linkFirst, linkCandidate, linkCost }: SitingProblem): ByCandidate {
  const first = new Uint32Array(candidates + 1);
  for (const j of linkCandidate) first[j + 1] = (first[j + 1] as number) + 1;
  for (let j = 0; j < candidates; j++) first[j + 1] = (first[j + 1] as number) + (first[j] as number);
  const next = first.slice();
  const demand = new Uint32Array(linkCandidate.length);
  const cost = new Float64Array(linkCandidate.length);
  for (let i = 0; i + 1 < linkFirst.length; i++) {
    for (let link = linkFirst[i] as number; link < (linkFirst[i + 1] as number); link++) {
      const place = next[linkCandidate[link] as number] as number;
      next[linkCandidate[link] as number] = place + 1;
      demand[place] = i;
      cost[place] = linkCost[link] as number;
    }
  }
  return { first, demand, cost };
}

/** A choice of places with its proof. */
export interface PMedianAnswer {
  /** Chosen candidates, ascending. */
  chosen: number[];
  /** What the choice costs. */
  objective: number;
  /** No choice costs less than this. */
  bound: number;
  /** (objective − bound) / objective, 0 when proved. */
  gap: number;
  proved: boolean;
  /** Candidate that serves each demand, −1 for "otherwise". */
  serves: Int32Array;
  /** The best other choice found that differs: what one would lose. Null where there is none. */
  runnerUp: { chosen: number[]; objective: number } | null;
  /** How often the search fixed places and looked again. */
  nodes: number;
}

/** What a choice costs, and who serves whom: the cheapest chosen link, ties to the lowest candidate. O(links). */
export function evaluate(problem: SitingProblem, chosen: Iterable<number>): { objective: number; serves: Int32Array } {
  const { linkFirst, linkCandidate, linkCost, otherwise } = problem;
  const open = new Uint8Array(problem.candidates);
  for (const j of chosen) open[j] = 1;
  const serves = new Int32Array(otherwise.length).fill(-1);
  let objective = 0;
  for (let i = 0; i < otherwise.length; i++) {
    let link = linkFirst[i] as number;
    const end = linkFirst[i + 1] as number;
    while (link < end && open[linkCandidate[link] as number] === 0) link++;
    objective += link < end ? (linkCost[link] as number) : (otherwise[i] as number);
    if (link < end) serves[i] = linkCandidate[link] as number;
  }
  return { objective, serves };
}
