import { searchCoverFromStarts } from './cover-starts.ts';
import type { Effort } from './effort.ts';
import type { WhatIf } from './outcome.ts';
import { solvePCentre } from './p-centre.ts';
import { solvePMedian } from './p-median.ts';
import type { Party } from './parties.ts';
import type { Purse, SitingProblem } from './problem.ts';
import { writeProgramme } from './programme.ts';
import type { SitingAnswer, SitingQuestion } from './question.ts';
import { hasRooms, shareOut } from './room.ts';
import { searchWithRooms } from './search-room.ts';
import { translate, translateUpTo } from './translate.ts';

/** A question made ready. */
export interface Task {
  question: SitingQuestion;
  parties: readonly Party[];
  /** By demand, 1 for whom nothing can be done. */
  lost: Uint8Array;
  whatIf: WhatIf;
  purse: Purse | null;
  /** Places at most. */
  count: number;
  /** So many choices are tried one by one where places can be full. */
  fewChoices: number;
}

export interface Found {
  chosen: number[];
  /** In the goal's own measure. */
  bound: number;
  method: SitingAnswer['method'];
  /** Another choice met on the way. */
  another: number[] | null;
  nodes: number;
}

export function search(task: Task, effort: Effort): Found {
  const { question, count, whatIf } = task;
  if (count === 0) return { chosen: [], bound: whatIf.objective([]), method: 'nothing', another: null, nodes: 0 };
  if (hasRooms(question, question.candidates.keys())) return searchWithRooms(task, effort, searchOpen);
  return searchOpen(task, effort);
}

/** As if no place could be full: a bound for those that can. */
function searchOpen(task: Task, effort: Effort): Found {
  if (task.question.goal === 'centre') return searchCentre(task, effort);
  const first = searchSum(task, effort.solver === null ? effort : { ...effort.part(0.5), beat: effort.beat });
  const isDone = first.bound === task.whatIf.objective(first.chosen) || isBeaten(task, first.bound, effort.beat);
  return isDone ? first : searchProgramme(task, effort, first);
}

function isBeaten({ question }: Task, bound: number, beat: number | null): boolean {
  return beat !== null && (question.goal === 'cover' ? bound <= beat : bound >= beat);
}

/** From so many places on, exchanging alone gets stuck. */
const manyPlaces = 10;

function manyCovers(problem: SitingProblem, count: number, stop: () => boolean): number[] {
  return searchCoverFromStarts(problem, { count, starts: 4, trials: 500_000, seed: 1, stop }).chosen;
}

function searchSum({ question, parties, lost, purse, count }: Task, { stop, beat, progress }: Effort): Found {
  const { problem, objectiveOf, costOf } = translate(question, parties, lost);
  const { chosen, bound, runnerUp, nodes } = solvePMedian(problem, {
    count, purse, stop,
    from: question.goal === 'cover' && purse === null && count >= manyPlaces ? [manyCovers(problem, count, stop)] : [],
    ...(beat === null ? {} : { beat: costOf(beat) }),
    progress: (low, cost) => progress?.({ objective: objectiveOf(cost), bound: objectiveOf(Math.max(0, low)) }),
  }); // prettier-ignore
  return { chosen, bound: objectiveOf(bound), method: 'prices', another: runnerUp?.chosen ?? null, nodes };
}

/** The least worst walk first, then the least walking of everybody among the choices that have it. */
function searchCentre({ question, parties, lost, purse, count, whatIf }: Task, { stop }: Effort): Found {
  const { problem } = translate(question, parties, lost);
  const { chosen, worst, bound, nodes } = solvePCentre(problem, { count, purse, stop });
  const kind = solvePMedian(translateUpTo(question, parties, lost, worst), { count, purse, stop, from: [chosen] });
  const isAsGood = whatIf.objective(kind.chosen) <= worst;
  return {
    chosen: isAsGood ? kind.chosen : chosen,
    bound,
    method: 'prices',
    another: kind.runnerUp?.chosen ?? null,
    nodes: nodes + kind.nodes,
  };
}

/** Walks beyond which a program would take a gigabyte: then prices alone must do. */
const mostWalks = 500_000;

/** The mixed-integer program, from the best choice known: the better of both choices, and of both bounds. */
export function searchProgramme(task: Task, effort: Effort, known: Found): Found {
  const { question, parties, whatIf, count } = task;
  if (effort.solver === null || effort.stop() || question.times.ds.length > mostWalks) return known;
  const goal = question.goal === 'median' ? 'median' : 'cover';
  const { model, base, chosenOf, valuesOf } = writeProgramme(question, parties, {
    goal,
    count,
    within: question.limitDs,
  });
  const toObjective = (cost: number): number => (goal === 'cover' ? base - cost : base + cost);
  const result = effort.solver(model, {
    seconds: effort.left(),
    stop: effort.stop,
    start: valuesOf(known.chosen, shareOut(question, parties, known.chosen)),
    progress: (bound, objective) => effort.progress?.({ objective: toObjective(objective), bound: toObjective(bound) }),
  });
  const nodes = known.nodes + result.nodes;
  // A solver reckons with a tolerance: what it claims is rounded to the nearest whole number on the safe side.
  const slack = Math.max(1e-4, Math.abs(result.bound) * 1e-8);
  const bound = toObjective(Math.ceil(result.bound - slack));
  const isCloser = Number.isFinite(bound) && (goal === 'cover' ? bound < known.bound : bound > known.bound);
  const choices = result.objective === null ? [known.chosen] : [known.chosen, chosenOf(result.values)];
  const [one, other] = choices.map((chosen) => whatIf.objective(chosen));
  const isBetter = other !== undefined && (goal === 'cover' ? other > (one as number) : other < (one as number));
  return {
    chosen: choices[isBetter ? 1 : 0] as number[],
    another: isBetter ? known.chosen : known.another,
    bound: isCloser ? bound : known.bound,
    method: isCloser ? 'programme' : known.method,
    nodes,
  };
}
