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
}

/** The pool's task: outlines of what is within some times of several places. */
export const isochroneTask = taskAt<IsochroneOrder, Isochrone[]>(new URL(import.meta.url));

/** True to about 10 m. Houses beside a street lie within 60 m of it; further, an outline would join streets nobody can cross between. */
const drawing = { cellM: 20, besideM: 60 };

/** Runs in a worker. */
export function run({ graph, starts, limits }: IsochroneOrder): Isochrone[] {
  return starts.length === 0 ? [] : makeIsochrones(graph, makeWalker(graph), starts, { limits, ...drawing });
}
