import type { WalkGraph } from '#engine/network/graph.ts';
import { holdAt, type Holds } from '#engine/network/holds.ts';
import { makeIsochrones, type Isochrone, type IsochroneOptions } from '#engine/reach/isochrone.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { taskAt } from './task.ts';

/** Outlines around the nearest of some places; the graph had better lie in shared memory (`share`). */
export interface IsochronesInput {
  graph: WalkGraph;
  starts: Holds;
  options: IsochroneOptions;
}

/** The pool's task: `makeIsochrones` of engine/reach. */
export const isochronesTask = taskAt<IsochronesInput, Isochrone[]>(new URL(import.meta.url));

/** Runs in a worker. */
export function run({ graph, starts, options }: IsochronesInput): Isochrone[] {
  const holds = Array.from(starts.edge, (_, k) => holdAt(starts, k)).filter((hold) => hold !== null);
  return makeIsochrones(graph, makeWalker(graph), holds, options);
}
