import type { SitingProblem } from './problem.ts';

/** A solver of mixed-integer programs told in the LP format of CPLEX. HiGHS in the program; given from outside, so that the engine loads nothing. */
export type MipSolver = (lp: string, options: { seconds: number }) => Promise<MipResult>;

export interface MipResult {
  /** 'stopped': out of time, with or without a choice. */
  status: 'optimal' | 'infeasible' | 'stopped';
  /** Of the best choice found; null where there is none. */
  objective: number | null;
  /** Values of the variables of that choice by name; those at 0 may be missing. */
  values: ReadonlyMap<string, number>;
}

export interface CapacitatedOptions {
  /** Places to choose among those not fixed. */
  count: number;
  /** How much each demand takes, at least 0. */
  takes: ArrayLike<number>;
  /** How much each candidate can give, at least 0. */
  capacity: ArrayLike<number>;
  /** Candidates that exist already: open in every choice and not counted. */
  existing?: readonly number[];
  /** Whether a demand may be left to its `otherwise`. */
  mayLeave: boolean;
  seconds: number;
}

export interface CapacitatedAnswer {
  /** Chosen besides the existing, ascending. */
  chosen: number[];
  objective: number;
  proved: boolean;
  /** Candidate that serves each demand whole, −1 for "otherwise". */
  serves: Int32Array;
}

/**
 * Chooses `count` places so that the sum of costs is least and nobody gives more than they can; each demand is served whole by
 * one place. Solved as a mixed-integer program.
 * @returns null where no choice holds everybody (and none may be left), or none was found in time
 */
export async function solveCapacitated(
  problem: SitingProblem,
  options: CapacitatedOptions,
  solve: MipSolver,
): Promise<CapacitatedAnswer | null> {
  const result = await solve(toLp(problem, options), { seconds: options.seconds });
  if (result.objective === null) return null;
  const existing = new Set(options.existing);
  const isSet = (name: string): boolean => (result.values.get(name) ?? 0) > 0.5;
  const serves = new Int32Array(problem.otherwise.length).fill(-1);
  eachLink(problem, (i, j) => {
    if (isSet(`x${i}_${j}`)) serves[i] = j;
  });
  const chosen = Array.from({ length: problem.candidates }, (_, j) => j).filter(
    (j) => !existing.has(j) && isSet(`y${j}`),
  );
  return { chosen, objective: costOf(problem, serves), proved: result.status === 'optimal', serves };
}

function eachLink(
  { linkFirst, linkCandidate, linkCost }: SitingProblem,
  take: (demand: number, candidate: number, cost: number) => void,
): void {
  for (let i = 0; i + 1 < linkFirst.length; i++)
    for (let link = linkFirst[i] as number; link < (linkFirst[i + 1] as number); link++)
      take(i, linkCandidate[link] as number, linkCost[link] as number);
}

/** Reckoned anew from who serves whom, in whole numbers: a solver's sum is only nearly so. */
function costOf(problem: SitingProblem, serves: Int32Array): number {
  let sum = problem.otherwise.reduce((all, cost, i) => all + (serves[i] === -1 ? cost : 0), 0);
  eachLink(problem, (i, j, cost) => {
    if (serves[i] === j) sum += cost;
  });
  return sum;
}

function toLp(problem: SitingProblem, { count, takes, capacity, existing = [], mayLeave }: CapacitatedOptions): string {
  const demands = problem.otherwise.length;
  const served = Array.from({ length: demands }, (): string[] => []);
  const loads = Array.from({ length: problem.candidates }, (): string[] => []);
  const costs: string[] = [];
  const names: string[] = [];
  const opens: string[] = [];
  eachLink(problem, (i, j, cost) => {
    const name = `x${i}_${j}`;
    names.push(name);
    costs.push(`${cost} ${name}`);
    (served[i] as string[]).push(name);
    (loads[j] as string[]).push(`${takes[i]} ${name}`);
    opens.push(` o${i}_${j}: ${name} - y${j} <= 0`);
  });
  if (mayLeave)
    for (let i = 0; i < demands; i++) {
      names.push(`z${i}`);
      costs.push(`${problem.otherwise[i]} z${i}`);
      (served[i] as string[]).push(`z${i}`);
    }
  const free = Array.from({ length: problem.candidates }, (_, j) => j).filter((j) => !existing.includes(j));
  // A demand that nobody can serve and that may not be left makes the whole impossible: 0 = 1 says so.
  const once = served.map((list, i) => ` s${i}: ${list.length === 0 ? '0 y0' : list.join(' + ')} = 1`);
  const limits = loads.flatMap((list, j) =>
    list.length === 0 ? [] : [` c${j}: ${list.join(' + ')} - ${capacity[j]} y${j} <= 0`],
  );
  const chosen = free.length === 0 ? [] : [` p: ${free.map((j) => `y${j}`).join(' + ')} <= ${count}`];
  const fixed = existing.map((j) => ` e${j}: y${j} = 1`);
  const variables = [...names, ...Array.from({ length: problem.candidates }, (_, j) => `y${j}`)];
  return `Minimize\n obj: ${wrapped(costs.length === 0 ? ['0 y0'] : costs, ' + ')}\nSubject To\n${[...once, ...limits, ...opens, ...chosen, ...fixed].join('\n')}\nBinary\n${wrapped(variables, ' ')}\nEnd\n`;
}

/** Lines of at most fifty parts: readers of the format limit their length. */
function wrapped(parts: readonly string[], by: string): string {
  const lines: string[] = [];
  for (let at = 0; at < parts.length; at += 50) lines.push(parts.slice(at, at + 50).join(by));
  return lines.join(`${by.trimEnd()}\n  `);
}
