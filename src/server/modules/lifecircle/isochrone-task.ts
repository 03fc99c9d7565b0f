import type { Hold, WalkGraph } from '#engine/network/graph.ts';
import { makeIsochrones, type Isochrone } from '#engine/reach/isochrone.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { taskAt } from '#server/compute/index.ts';

interface IsochroneOrder {
  /** In shared memory. */
  graph: WalkGraph;
  starts: readonly Hold[];
  /** Seconds. */
  limits: readonly number[];
  /** How far from a street a home still counts in the run, metres. */
  besideM: number;
}

/** The pool's task: outlines of what is within some times of several places. */
export const isochroneTask = taskAt<IsochroneOrder, Isochrone[]>(new URL(import.meta.url));

/** Side of a cell in metres: outlines are true to about half of it. */
const cellM = 20;

/** Runs in a worker. */
export function run({ graph, starts, limits, besideM }: IsochroneOrder): Isochrone[] {
  return starts.length === 0 ? [] : makeIsochrones(graph, makeWalker(graph), starts, { limits, cellM, besideM });
}
