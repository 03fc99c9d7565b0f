import type { Party } from './parties.ts';
import { siteProblem, type Link, type SitingProblem } from './problem.ts';
import type { SitingQuestion } from './question.ts';

/** The question without limits of room as a problem of least cost. */
export interface Translation {
  problem: SitingProblem;
  /** The goal's own measure of what such a problem costs, and of its bound. */
  objectiveOf(cost: number): number;
  costOf(objective: number): number;
}

/**
 * O(walks). For 'cover', demands that the same candidates can cover become one.
 * @param lost by demand, 1 for whom nothing can be done: 'centre' leaves them out
 */
export function translate(question: SitingQuestion, parties: readonly Party[], lost: Uint8Array): Translation {
  const weights = weightsOf(question, parties);
  if (question.goal === 'cover') return translateCover(question, weights);
  const isMedian = question.goal === 'median';
  return {
    problem: walking(question, (demand, ds) => {
      const weight = weights[demand] as number;
      if (isMedian) return weight * ds;
      return weight === 0 || lost[demand] === 1 ? 0 : ds;
    }),
    objectiveOf: (cost) => cost,
    costOf: (objective) => objective,
  };
}

/**
 * Least walking among the choices that let nobody walk longer than `worst`: what is left open by 'centre' is decided so that
 * everybody else walks least.
 */
export function translateUpTo(
  question: SitingQuestion,
  parties: readonly Party[],
  lost: Uint8Array,
  worst: number,
): SitingProblem {
  const weights = weightsOf(question, parties);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const missed = Math.min(2 ** 39, (all + 1) * (question.beyondDs + 1));
  return walking(question, (demand, ds) => {
    const weight = weights[demand] as number;
    return weight * ds + (weight > 0 && ds > worst && lost[demand] === 0 ? missed : 0);
  });
}

function weightsOf({ demands }: SitingQuestion, parties: readonly Party[]): Float64Array {
  const weights = new Float64Array(demands.people.length);
  for (const { demand, people, weight } of parties) weights[demand] = (weights[demand] as number) + people * weight;
  return weights;
}

function walking(question: SitingQuestion, costOf: (demand: number, ds: number) => number): SitingProblem {
  const { times, existingDs, beyondDs, candidates } = question;
  const links: Link[] = [];
  const otherwise = Array.from(existingDs, (ds, demand) => costOf(demand, Math.min(ds, beyondDs)));
  for (let demand = 0; demand < otherwise.length; demand++)
    for (let at = times.first[demand] as number; at < (times.first[demand + 1] as number); at++) {
      const cost = costOf(demand, times.ds[at] as number);
      if (cost < (otherwise[demand] as number)) links.push({ demand, candidate: times.candidate[at] as number, cost });
    }
  return siteProblem(candidates.length, otherwise, links);
}

function translateCover(question: SitingQuestion, weights: Float64Array): Translation {
  const { times, existingDs, limitDs, candidates } = question;
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const merged = new Map<string, { covers: number[]; weight: number }>();
  let hopeless = 0;
  weights.forEach((weight, demand) => {
    if (weight === 0 || (existingDs[demand] as number) <= limitDs) return;
    const covers: number[] = [];
    for (let at = times.first[demand] as number; at < (times.first[demand + 1] as number); at++)
      if ((times.ds[at] as number) <= limitDs) covers.push(times.candidate[at] as number);
    if (covers.length === 0) hopeless += weight;
    const key = covers.sort((a, b) => a - b).join();
    const same = merged.get(key);
    if (same === undefined) merged.set(key, { covers, weight });
    else same.weight += weight;
  });
  const groups = [...merged.values()].filter(({ covers }) => covers.length > 0);
  const links = groups.flatMap(({ covers }, demand) => covers.map((candidate) => ({ demand, candidate, cost: 0 })));
  const otherwise = groups.map(({ weight }) => weight);
  return {
    problem: siteProblem(candidates.length, otherwise, links),
    objectiveOf: (cost) => whole - hopeless - cost,
    costOf: (objective) => whole - hopeless - objective,
  };
}
