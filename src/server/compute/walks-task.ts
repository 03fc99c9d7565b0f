import type { Walks } from '#engine/access/measure.ts';
import { walksTo } from '#engine/access/walks-to.ts';
import type { WalkGraph } from '#engine/network/graph.ts';
import type { Holds } from '#engine/network/holds.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { taskAt, type Work } from './task.ts';

/** All walks from cells to places within a limit; graph and cells had better lie in shared memory (`share`). */
export interface WalksInput {
  graph: WalkGraph;
  cells: Holds;
  places: Holds;
  /** Deciseconds, 0 to 65,535. */
  limitDs: number;
}

/** The pool's task: `walksTo` of engine/access. Progress counts places. */
export const walksTask = taskAt<WalksInput, Walks>(new URL(import.meta.url));

/** Runs in a worker. */
export function run({ graph, cells, places, limitDs }: WalksInput, work: Work): Walks {
  const total = places.edge.length;
  const progress = (done: number): void => {
    work.stopIfAsked();
    work.progress(done, total);
  };
  return walksTo(graph, makeWalker(graph), { cells, places, limitDs, progress });
}
