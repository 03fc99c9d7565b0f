import { searchCover, type Cover } from './cover-search.ts';
import { siteProblem, type Link, type SitingProblem } from './problem.ts';

export interface CoverStartsOptions {
  count: number;
  /** How often the search begins anew. */
  starts: number;
  /** Exchanges to try from each start. */
  trials: number;
  seed: number;
  stop?: () => boolean;
}

/** Taken in turn: the warmer suits few places, the cooler many (found by trial on Bronx and New York). */
const heats = [[2, 0.3], [1, 0.1]] as const; // prettier-ignore

/** Choices kept to be joined. */
const kept = 6;

/**
 * Maximal covering from several starts. After each, the best choices so far are joined: the search runs once more over the
 * places of any of them alone, where it is quick and good, so that parts of one choice come together with parts of another
 * (in the manner of tour merging: Cook and Seymour 2003). Same seed, same answer, unless stopped.
 */
export function searchCoverFromStarts(problem: SitingProblem, options: CoverStartsOptions): Cover {
  const { count, starts, trials, seed, stop = () => false } = options;
  let best: Cover[] = [];
  const keep = (cover: Cover): void => {
    const isNew = best.every(({ chosen }) => chosen.join() !== cover.chosen.join());
    if (isNew) best = [...best, cover].sort((a, b) => a.uncovered - b.uncovered).slice(0, kept);
  };
  for (let start = 0; start === 0 || (start < starts && !stop()); start++) {
    const heat = heats[start % heats.length] ?? heats[0];
    keep(searchCover(problem, { count, trials, seed: seed + start, heat, stop }));
    if (best.length < 2) continue;
    const places = [...new Set(best.flatMap(({ chosen }) => chosen))].sort((a, b) => a - b);
    const joined = searchCover(narrowed(problem, places), {
      count,
      trials: trials / 4,
      seed: seed + start,
      heat,
      stop,
    });
    keep({ chosen: joined.chosen.map((k) => places[k] as number), uncovered: joined.uncovered });
  }
  return best[0] as Cover;
}

/** The problem with these places alone; demands that the same ones cover are one. */
function narrowed({ linkFirst, linkCandidate, otherwise }: SitingProblem, places: readonly number[]): SitingProblem {
  const numberOf = new Map(places.map((j, k) => [j, k]));
  const groups = new Map<string, { covers: number[]; weight: number }>();
  otherwise.forEach((weight, i) => {
    const covers = Array.from(linkCandidate.subarray(linkFirst[i], linkFirst[i + 1])).flatMap(
      (j) => numberOf.get(j) ?? [],
    );
    const key = covers.sort((a, b) => a - b).join();
    const same = groups.get(key);
    if (same === undefined) groups.set(key, { covers, weight });
    else same.weight += weight;
  });
  const rows = [...groups.values()];
  const links = rows.flatMap(({ covers }, demand) => covers.map((candidate): Link => ({ demand, candidate, cost: 0 })));
  return siteProblem(
    places.length,
    rows.map(({ weight }) => weight),
    links,
  );
}
