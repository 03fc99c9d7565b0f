import type { Effort } from './effort.ts';
import type { WhatIf } from './outcome.ts';
import type { Party } from './parties.ts';
import type { Purse } from './problem.ts';
import { writeProgramme } from './programme.ts';
import type { SitingAnswer, SitingQuestion } from './question.ts';
import { shareOut } from './room.ts';

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

/** Whether nothing better than what is to be beaten is left to find. */
export function isBeaten({ question }: Task, bound: number, beat: number | null): boolean {
  return beat !== null && (question.goal === 'cover' ? bound <= beat : bound >= beat);
}

/** Columns beyond which a program would take more than half a gigabyte: then prices alone must do. */
export const mostColumns = 300_000;

/** The mixed-integer program, from the best choice known: the better of both choices, and of both bounds. */
export function searchProgramme(task: Task, effort: Effort, known: Found): Found {
  const { question, parties, whatIf, count } = task;
  if (effort.solver === null || effort.stop()) return known;
  const goal = question.goal === 'median' ? 'median' : 'cover';
  const { model, base, chosenOf, valuesOf } = writeProgramme(question, parties, {
    goal,
    count,
    within: question.limitDs,
  });
  if (model.cost.length > mostColumns) return known;
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
