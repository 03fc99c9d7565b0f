import { partOf, type Effort } from './effort.ts';
import { spentOn } from './problem.ts';
import { writeProgramme } from './programme.ts';
import { shareOut } from './room.ts';
import { isBeaten, mostColumns, searchProgramme, type Found, type Task } from './search-programme.ts';

/**
 * Places that can be full. Few choices are all tried. Otherwise the answer as if nothing could be full bounds this one; its
 * choice is exchanged better with people divided by room; and a solver, where there is one, closes the gap.
 */
export function searchWithRooms(task: Task, effort: Effort, searchOpen: (task: Task, effort: Effort) => Found): Found {
  const all = choicesOf(task, task.fewChoices);
  if (all !== null) return tryAll(task, all);
  const open = searchOpen(task, { ...partOf(effort, 0.2), solver: null });
  const start = exchanged(task, partOf(effort, 0.3), open.chosen);
  const known = { ...open, chosen: start.chosen, another: start.another };
  const isDone = known.bound === task.whatIf.objective(known.chosen) || isBeaten(task, known.bound, effort.beat);
  if (effort.solver === null || isDone) return known;
  return task.question.goal === 'centre'
    ? centreByProgrammes(task, effort, known)
    : searchProgramme(task, effort, known);
}

/** Every choice that can be afforded, or null where they are too many. Smaller ones first. */
function choicesOf({ question, count, purse }: Task, most: number): number[][] | null {
  if (most < 1) return null;
  const all: number[][] = [[]];
  for (let at = 0; at < all.length; at++) {
    const chosen = all[at] as number[];
    if (chosen.length === count) continue;
    for (let j = (chosen.at(-1) ?? -1) + 1; j < question.candidates.length; j++) {
      const more = [...chosen, j];
      if (purse !== null && spentOn(purse, more) > purse.budget) continue;
      if (all.push(more) > most) return null;
    }
  }
  return all;
}

function isBetterThan({ question: { goal } }: Task, one: number, other: number): boolean {
  return goal === 'cover' ? one > other : one < other;
}

function tryAll(task: Task, all: readonly number[][]): Found {
  const objectives = all.map((chosen) => task.whatIf.objective(chosen));
  let best = 0;
  objectives.forEach((objective, k) => {
    if (isBetterThan(task, objective, objectives[best] as number)) best = k;
  });
  const [chosen, bound] = [all[best] as number[], objectives[best] as number];
  return { chosen, bound, method: 'every-choice', another: null, nodes: all.length };
}

/** Adds, then exchanges one place for another while that is better: the first exchange that is, lowest numbers first. */
function exchanged(
  task: Task,
  { stop }: Effort,
  from: readonly number[],
): { chosen: number[]; another: number[] | null } {
  let best = { chosen: [...from], objective: task.whatIf.objective(from) };
  let another: number[] | null = null;
  for (let isMoving = true; isMoving && !stop();) {
    isMoving = false;
    for (const chosen of neighbours(task, best.chosen)) {
      if (stop()) break;
      const objective = task.whatIf.objective(chosen);
      if (!isBetterThan(task, objective, best.objective)) continue;
      another = best.chosen;
      best = { chosen, objective };
      isMoving = true;
      break;
    }
  }
  return { chosen: best.chosen, another };
}

function* neighbours({ question, count, purse }: Task, chosen: readonly number[]): Generator<number[]> {
  const outs = chosen.length < count ? [-1, ...chosen] : chosen;
  for (const out of outs)
    for (let into = 0; into < question.candidates.length; into++) {
      if (chosen.includes(into)) continue;
      const next = [...chosen.filter((j) => j !== out), into];
      if (purse === null || spentOn(purse, next) <= purse.budget) yield next;
    }
}

/** Halves the walks that occur: can everybody be served within this one? Each asked as a covering with rooms. */
function centreByProgrammes(task: Task, effort: Effort, known: Found): Found {
  const { question, parties, lost, whatIf, count } = task;
  const counted = parties.filter(({ demand }) => lost[demand] === 0).map((party) => ({ ...party, weight: 1 }));
  const everybody = counted.reduce((sum, { people }) => sum + people, 0);
  const { beyondDs, times, existingDs } = question;
  const walks = [...new Set([0, ...Array.from(times.ds), ...Array.from(existingDs), beyondDs])]
    .filter((ds) => ds <= beyondDs)
    .sort((a, b) => a - b);
  let [chosen, nodes] = [known.chosen, known.nodes];
  let low = walks.findIndex((ds) => ds >= known.bound);
  let high = walks.indexOf(whatIf.objective(chosen));
  while (low < high && !effort.stop()) {
    const within = walks[(low + high) >> 1] as number;
    const { model, base, chosenOf, valuesOf } = writeProgramme(question, counted, { goal: 'cover', count, within });
    if (model.cost.length > mostColumns) break;
    const start = valuesOf(chosen, shareOut(question, parties, chosen));
    const result = effort.solver?.(model, { seconds: effort.left(), stop: effort.stop, start });
    nodes += result?.nodes ?? 0;
    if (result === undefined) break;
    if (result.objective !== null && base - result.objective > everybody - 0.5) {
      chosen = chosenOf(result.values);
      high = Math.min((low + high) >> 1, walks.indexOf(whatIf.objective(chosen)));
    } else if (base - result.bound < everybody - 0.5) low = ((low + high) >> 1) + 1;
    else break;
  }
  return { ...known, chosen, bound: walks[low] as number, method: 'programme', nodes };
}
