import { searchCoverFromStarts } from './cover-starts.ts';
import { partOf, type Effort } from './effort.ts';
import { solvePCentre } from './p-centre.ts';
import { solvePMedian } from './p-median.ts';
import type { SitingProblem } from './problem.ts';
import { hasRooms } from './room.ts';
import { isBeaten, searchProgramme, type Found, type Task } from './search-programme.ts';
import { searchWithRooms } from './search-room.ts';
import { translate, translateUpTo } from './translate.ts';

export function search(task: Task, effort: Effort): Found {
  const { question, count, whatIf } = task;
  if (count === 0) return { chosen: [], bound: whatIf.objective([]), method: 'nothing', another: null, nodes: 0 };
  if (hasRooms(question, question.candidates.keys())) return searchWithRooms(task, effort, searchOpen);
  return searchOpen(task, effort);
}

/** As if no place could be full: a bound for those that can. */
function searchOpen(task: Task, effort: Effort): Found {
  if (task.question.goal === 'centre') return searchCentre(task, effort);
  const first = searchSum(task, effort.solver === null ? effort : partOf(effort, 0.5));
  const isDone = first.bound === task.whatIf.objective(first.chosen) || isBeaten(task, first.bound, effort.beat);
  return isDone ? first : searchProgramme(task, effort, first);
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
