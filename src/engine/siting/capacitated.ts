import { MipWriter, type MipModel, type MipSolver } from './mip.ts';
import type { SitingProblem } from './problem.ts';

export interface CapacitatedOptions {
  /** Places to choose at most. */
  count: number;
  /** How much each demand takes, at least 0. */
  takes: ArrayLike<number>;
  /** How much each candidate can give, at least 0. */
  capacity: ArrayLike<number>;
  /** Whether a demand may be left to its `otherwise`. */
  mayLeave: boolean;
  seconds: number;
}

export interface CapacitatedAnswer {
  /** Ascending. */
  chosen: number[];
  objective: number;
  bound: number;
  proved: boolean;
  /** Candidate that serves each demand whole, −1 for "otherwise". */
  serves: Int32Array;
}

/**
 * Chooses `count` places so that the sum of costs is least and nobody gives more than they can; each demand is served whole by
 * one place (the capacitated p-median of OR-Library). Solved as a mixed-integer program. People who may be divided among places
 * are a question of `answer`.
 * @returns null where no choice holds everybody (and none may be left), or none was found in time
 */
export function solveCapacitated(
  problem: SitingProblem,
  options: CapacitatedOptions,
  solve: MipSolver,
): CapacitatedAnswer | null {
  const { model, links } = write(problem, options);
  const { objective, bound, values } = solve(model, { seconds: options.seconds });
  if (objective === null) return null;
  const isSet = (column: number): boolean => (values[column] ?? 0) > 0.5;
  const serves = new Int32Array(problem.otherwise.length).fill(-1);
  let exact = 0;
  problem.otherwise.forEach((beyond, i) => {
    const link = links[i]?.find(({ column }) => isSet(column));
    exact += link?.cost ?? beyond;
    serves[i] = link?.candidate ?? -1;
  });
  const chosen = Array.from({ length: problem.candidates }, (_, j) => j).filter(isSet);
  const held = Math.min(exact, Math.ceil(bound - 1e-4));
  return { chosen, objective: exact, bound: held, proved: held === exact, serves };
}

interface Written {
  model: MipModel;
  /** By demand. */
  links: { candidate: number; cost: number; column: number }[][];
}

/** The first columns are the candidates. */
function write(problem: SitingProblem, { count, takes, capacity, mayLeave }: CapacitatedOptions): Written {
  const { linkFirst, linkCandidate, linkCost, otherwise, candidates } = problem;
  const writer = new MipWriter();
  const places = Array.from({ length: candidates }, () => writer.column(0, 1, true));
  const loads = places.map((): [number, number][] => []);
  const links = Array.from(otherwise, (beyond, i) => {
    const here = Array.from(linkCandidate.subarray(linkFirst[i], linkFirst[i + 1]), (candidate, k) => {
      const cost = linkCost[(linkFirst[i] as number) + k] as number;
      return { candidate, cost, column: writer.column(cost, 1, true) };
    });
    for (const { candidate, column } of here) {
      loads[candidate]?.push([column, takes[i] as number]);
      writer.row(-Infinity, 0, [[column, 1], [candidate, -1]]); // prettier-ignore
    }
    const left = mayLeave ? [writer.column(beyond, 1, true)] : [];
    writer.row(
      1,
      1,
      [...here.map(({ column }) => column), ...left].map((column) => [column, 1] as const),
    );
    return here;
  });
  loads.forEach((load, j) => writer.row(-Infinity, 0, [...load, [j, -(capacity[j] as number)]]));
  writer.row(-Infinity, count, places.map((j) => [j, 1] as const)); // prettier-ignore
  return { model: writer.model, links };
}
