import { makeTime, partOf, type Effort, type SearchState } from './effort.ts';
import type { MipSolver } from './mip.ts';
import { makeWhatIf } from './outcome.ts';
import { outOfReach, partiesOf } from './parties.ts';
import { checkQuestion, type SitingAnswer, type SitingQuestion } from './question.ts';
import type { Found, Task } from './search-programme.ts';
import { search } from './search.ts';

export interface AnswerOptions {
  /** Looked at between steps: aborted, the search ends with the bound it has. An AbortSignal, or anything that tells the same. */
  signal?: { readonly aborted: boolean };
  /** Told now and then, in the goal's own measure. */
  progress?: (state: SearchState) => void;
  /** Milliseconds of a clock that only runs forward; without it there is no limit of time and `seconds` is 0. */
  now?: () => number;
  /** Ends the search after so long, 60 unless told. */
  seconds?: number;
  /** For what prices do not prove, and for places that can be full where choices are many. */
  solver?: MipSolver;
  /** Where places can be full, so many choices are tried one by one; 400 unless told. */
  fewChoices?: number;
}

/**
 * The best choice, what comes of it, and the proof: no affordable choice does better than `bound`. The same question has the
 * same answer as long as it ends by itself. More money, more places or another candidate never make the objective worse.
 * @throws RangeError a question that cannot be asked
 */
export function answerSiting(question: SitingQuestion, options: AnswerOptions = {}): SitingAnswer {
  checkQuestion(question);
  const startMs = options.now?.() ?? 0;
  const clock = (): number => ((options.now?.() ?? 0) - startMs) / 1000;
  const { signal, seconds = 60, solver = null, progress = null } = options;
  const time = makeTime({ signal, clock, seconds: options.now === undefined ? Infinity : seconds });
  const effort: Effort = { ...time, solver, progress, beat: null };
  const task = makeTask(question, options.fewChoices ?? 400);
  // A fifth of the time is left for the runner-up.
  const found = search(task, partOf(effort, 0.8));
  const outcome = task.whatIf.evaluate(trimmed(task, found.chosen));
  const better = question.goal === 'cover' ? 'more' : 'less';
  const bound = (better === 'more' ? Math.max : Math.min)(found.bound, outcome.objective);
  const greater = Math.max(Math.abs(bound), Math.abs(outcome.objective));
  const next = runnerUpOf(task, outcome.chosen, found, effort);
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
    seconds: clock(),
  };
}

function makeTask(question: SitingQuestion, fewChoices: number): Task {
  const { candidates, choose, budget } = question;
  return {
    question,
    parties: partiesOf(question),
    lost: outOfReach(question),
    whatIf: makeWhatIf(question),
    purse: budget === null ? null : { costs: candidates.map(({ cost }) => cost), budget },
    count: Math.min(choose ?? candidates.length, candidates.length),
    fewChoices,
  };
}

/** Without the places that bring nothing, the dearest first. */
function trimmed({ question: { candidates, goal }, whatIf }: Task, chosen: readonly number[]): number[] {
  const measure = (choice: readonly number[]): string =>
    goal === 'centre'
      ? `${whatIf.objective(choice)} ${whatIf.evaluate(choice).after.meanDs}`
      : `${whatIf.objective(choice)}`;
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
  effort: Effort,
): { runnerUp: SitingAnswer['runnerUp']; nodes: number } {
  const { whatIf, question } = task;
  const isBetter = (one: number, other: number): boolean => (question.goal === 'cover' ? one > other : one < other);
  const met = another !== null && chosen.some((j) => !another.includes(j)) ? [another] : [];
  let best = met.map((choice) => ({ choice, objective: whatIf.objective(choice) }))[0] ?? null;
  let [nodes, isProven] = [0, true];
  chosen.forEach((out, k) => {
    if (best !== null && effort.stop()) {
      isProven = false;
      return;
    }
    const poorer = withoutCandidate(question, out);
    const without = { ...task, question: poorer, whatIf: makeWhatIf(poorer, task.lost) };
    const share = partOf(effort, 1 / (chosen.length - k));
    const found = search(without, { ...share, progress: null, beat: best?.objective ?? null });
    nodes += found.nodes;
    const choice = found.chosen.filter((j) => j !== out);
    const objective = whatIf.objective(choice);
    if (best === null || isBetter(objective, best.objective)) best = { choice, objective };
    if (isBetter(found.bound, best.objective)) isProven = false;
  });
  if (best === null) return { runnerUp: null, nodes };
  const { cost, objective, chosen: kept } = whatIf.evaluate(trimmed(task, best.choice));
  return { runnerUp: { chosen: kept, cost, objective, proven: isProven }, nodes };
}

/** The same candidates, but nobody can walk to this one. */
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
