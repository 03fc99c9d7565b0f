import {
  evaluateClass,
  type ClassPlaces,
  type ClassReach,
  type EvaluateOptions,
  type PeopleCells,
} from '#engine/access/evaluate.ts';
import type { WalkGraph } from '#engine/network/graph.ts';
import { taskAt, type Work } from './task.ts';

/** One class of facilities for all cells; graphs and cells had better lie in shared memory (`share`). */
export interface EvaluateInput {
  graph: WalkGraph;
  cells: PeopleCells;
  places: ClassPlaces;
  options: Omit<EvaluateOptions, 'between'>;
}

/** The pool's task: `evaluateClass` of engine/access. */
export const evaluateTask = taskAt<EvaluateInput, ClassReach>(new URL(import.meta.url));

/** Runs in a worker. */
export function run({ graph, cells, places, options }: EvaluateInput, work: Work): ClassReach {
  return evaluateClass(graph, cells, places, { ...options, between: () => work.stopIfAsked() });
}
