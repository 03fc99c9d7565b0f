import { makeWhatIf, outOfReach, partiesOf, type Party, type WhatIf } from './outcome.ts';
import { solvePCentre } from './p-centre.ts';
import { solvePMedian } from './p-median.ts';
import type { Purse } from './problem.ts';
import { checkQuestion, type SitingAnswer, type SitingQuestion } from './question.ts';
import { translate, translateUpTo } from './translate.ts';

export interface AnswerOptions {
  /** Looked at between steps: aborted, the search ends with the bound it has. An AbortSignal, or anything that tells the same. */
  signal?: { readonly aborted: boolean };
  /** Told now and then, in the goal's own measure. */
  progress?: (state: SearchState) => void;
  /** Milliseconds of a clock that only runs forward; without it there is no limit of time and `seconds` is 0. */
  now?: () => number;
  /** Ends the search after so long, 60 unless told. */
  seconds?: number;
}

export interface SearchState {
  objective: number;
  bound: number;
}

/**
 * The best choice, what comes of it, and the proof: no affordable choice does better than `bound`. The same question has the
 * same answer as long as it ends by itself. More money, more places or another candidate never make the objective worse.
 * @throws RangeError a question that cannot be asked
 */
export function answerSiting(question: SitingQuestion, options: AnswerOptions = {}): SitingAnswer {
  checkQuestion(question);
  const startMs = options.now?.() ?? 0;
  const seconds = (): number => ((options.now?.() ?? 0) - startMs) / 1000;
  const limit = options.seconds ?? 60;
  const stopAt = (part: number) => (): boolean => options.signal?.aborted === true || seconds() > limit * part;
  const task = {
    question,
    ...limitsOf(question),
    whatIf: makeWhatIf(question),
    parties: partiesOf(question),
    lost: outOfReach(question),
    progress: options.progress,
  };
  // A fifth of the time is left for the runner-up.
  const found = search(task, { stop: stopAt(0.8) });
  const outcome = task.whatIf.evaluate(trimmed(task, found.chosen));
  const better = question.goal === 'cover' ? 'more' : 'less';
  const bound = (better === 'more' ? Math.max : Math.min)(found.bound, outcome.objective);
  const greater = Math.max(Math.abs(bound), Math.abs(outcome.objective));
  const next = runnerUpOf(task, outcome.chosen, found, stopAt(1));
  return {
    ...outcome,
    goal: question.goal,
    better,
    bound,
    gap: greater === 0 ? 0 : Math.abs(outcome.objective - bound) / greater,
    proven: bound === outcome.objective,
    runnerUp: next.runnerUp,
    method: found.method,
    nodes: found.nodes + next.nodes,
    seconds: seconds(),
  };
}

interface Task {
  question: SitingQuestion;
  parties: readonly Party[];
  lost: Uint8Array;
  whatIf: WhatIf;
  purse: Purse | null;
  count: number;
  progress: AnswerOptions['progress'];
}

interface Found {
  chosen: number[];
  /** In the goal's own measure. */
  bound: number;
  method: SitingAnswer['method'];
  /** Another choice met on the way. */
  another: number[] | null;
  nodes: number;
}

function limitsOf({ candidates, choose, budget }: SitingQuestion): Pick<Task, 'purse' | 'count'> {
  const costs = candidates.map(({ cost }) => cost);
  const purse = budget === null ? null : { costs, budget };
  return { purse, count: Math.min(choose ?? candidates.length, candidates.length) };
}

interface Effort {
  stop: () => boolean;
  /** Only what does better than this, in the goal's own measure, is looked for. */
  beat?: number;
}

function search(task: Task, effort: Effort): Found {
  if (task.count === 0)
    return { chosen: [], bound: task.whatIf.evaluate([]).objective, method: 'nothing', another: null, nodes: 0 };
  return task.question.goal === 'centre' ? searchCentre(task, effort) : searchSum(task, effort);
}

function searchSum({ question, parties, lost, purse, count, progress }: Task, { stop, beat }: Effort): Found {
  const { problem, objectiveOf, costOf } = translate(question, parties, lost);
  const { chosen, bound, runnerUp, nodes } = solvePMedian(problem, {
    count, purse, stop,
    ...(beat === undefined ? {} : { beat: costOf(beat) }),
    progress: (low, cost) => progress?.({ objective: objectiveOf(cost), bound: objectiveOf(Math.max(0, low)) }),
  }); // prettier-ignore
  return { chosen, bound: objectiveOf(bound), method: 'prices', another: runnerUp?.chosen ?? null, nodes };
}

/** The least worst walk first, then the least walking of everybody among the choices that have it. */
function searchCentre({ question, parties, lost, purse, count, whatIf }: Task, { stop }: Effort): Found {
  const { chosen, worst, bound, nodes } = solvePCentre(translate(question, parties, lost).problem, {
    count,
    purse,
    stop,
  });
  const kind = solvePMedian(translateUpTo(question, parties, lost, worst), { count, purse, stop, from: [chosen] });
  const isAsGood = whatIf.evaluate(kind.chosen).objective <= worst;
  return {
    chosen: isAsGood ? kind.chosen : chosen,
    bound,
    method: 'prices',
    another: kind.runnerUp?.chosen ?? null,
    nodes: nodes + kind.nodes,
  };
}

/** Without the places that bring nothing, the dearest first. */
function trimmed({ question: { candidates, goal }, whatIf }: Task, chosen: readonly number[]): number[] {
  const measure = (choice: readonly number[]): string => {
    const { objective, after } = whatIf.evaluate(choice);
    return goal === 'centre' ? `${objective} ${after.meanDs}` : `${objective}`;
  };
  const costOf = (j: number): number => candidates[j]?.cost ?? 0;
  const wanted = measure(chosen);
  let kept = [...chosen];
  for (const j of chosen.toSorted((a, b) => costOf(b) - costOf(a) || b - a)) {
    const rest = kept.filter((one) => one !== j);
    if (measure(rest) === wanted) kept = rest;
  }
  return kept;
}

/** Whoever differs does without at least one of the places chosen: so each is left out in turn. */
function runnerUpOf(
  task: Task,
  chosen: readonly number[],
  { another }: Found,
  stop: () => boolean,
): { runnerUp: SitingAnswer['runnerUp']; nodes: number } {
  const isMore = task.question.goal === 'cover';
  let best: { chosen: number[]; cost: number; objective: number } | null = null;
  let [nodes, isProven] = [0, true];
  const consider = (choice: readonly number[]): void => {
    const { objective, cost, chosen: sorted } = task.whatIf.evaluate(choice);
    if (best === null || (isMore ? objective > best.objective : objective < best.objective))
      best = { chosen: sorted, cost, objective };
  };
  if (another !== null && chosen.some((j) => !another.includes(j))) consider(another);
  for (const out of chosen) {
    const without = { ...task, question: withoutCandidate(task.question, out), progress: undefined };
    const beat = (best as { objective: number } | null)?.objective;
    const found = search(without, beat === undefined ? { stop } : { stop, beat });
    nodes += found.nodes;
    consider(found.chosen.filter((j) => j !== out));
    const now = (best as unknown as { objective: number }).objective;
    if (isMore ? found.bound > now : found.bound < now) isProven = false;
  }
  if (best === null) return { runnerUp: null, nodes };
  const { objective, chosen: choice } = best as { objective: number; chosen: number[] };
  const kept = trimmed(task, choice);
  const { cost } = task.whatIf.evaluate(kept);
  return { runnerUp: { chosen: kept, cost, objective, proven: isProven }, nodes };
}

function withoutCandidate(question: SitingQuestion, out: number): SitingQuestion {
  const { times } = question;
  const first = [0];
  const [candidate, ds]: [number[], number[]] = [[], []];
  for (let demand = 0; demand + 1 < times.first.length; demand++) {
    for (let at = times.first[demand] as number; at < (times.first[demand + 1] as number); at++) {
      if (times.candidate[at] === out) continue;
      candidate.push(times.candidate[at] as number);
      ds.push(times.ds[at] as number);
    }
    first.push(candidate.length);
  }
  return { ...question, times: { first, candidate, ds } };
}
