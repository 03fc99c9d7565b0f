import { holdOf, type Hold, type WalkGraph } from './graph.ts';
import { edgeIsOpen } from './profile.ts';
import type { Snapper } from './snap.ts';

/**
 * Many places as they hang on one graph, struct of arrays (see `Hold`): so they go to a worker without being copied one by
 * one. A place that no edge is near enough to has edge −1 and zeros.
 */
export interface Holds {
  edge: Int32Array;
  share: Float64Array;
  from: Uint32Array;
  to: Uint32Array;
  leaveFrom: Uint32Array;
  leaveTo: Uint32Array;
  reachFrom: Uint32Array;
  reachTo: Uint32Array;
  offsetDs: Uint32Array;
  /** Metres of open ground between the place and its edge; Infinity where there is none near enough. */
  offsetM: Float64Array;
}

/** Places in WGS-84 degrees. */
export interface Points {
  lon: ArrayLike<number>;
  lat: ArrayLike<number>;
}

/**
 * Hangs places on the nearest edge this walker may use, no further than `limitM` metres. Those beyond it stay unjoined
 * (`joined` tells), never silently moved.
 * @param snapper of the graph's own network
 */
export function hangPlaces(graph: WalkGraph, snapper: Snapper, { lon, lat }: Points, limitM: number): Holds {
  const holds = noHolds(lon.length);
  const usable = usableBy(graph);
  for (let k = 0; k < lon.length; k++) {
    const found = snapper.snap(lon[k] as number, lat[k] as number, limitM, usable);
    if (found === null) continue;
    setHold(holds, k, holdOf(graph, found));
    holds.offsetM[k] = found.offsetM;
  }
  return holds;
}

/** An edge is of use to a walker who may take it one way at least. */
export function usableBy({ network, profile }: WalkGraph): (edge: number) => boolean {
  return (edge) => edgeIsOpen(network, profile, edge, true) || edgeIsOpen(network, profile, edge, false);
}

function noHolds(length: number): Holds {
  const whole = (): Uint32Array => new Uint32Array(length);
  return {
    edge: new Int32Array(length).fill(-1), share: new Float64Array(length), from: whole(), to: whole(),
    leaveFrom: whole(), leaveTo: whole(), reachFrom: whole(), reachTo: whole(), offsetDs: whole(),
    offsetM: new Float64Array(length).fill(Infinity),
  }; // prettier-ignore
}

function setHold(holds: Holds, k: number, hold: Hold): void {
  holds.edge[k] = hold.edge;
  holds.share[k] = hold.share;
  holds.from[k] = hold.from;
  holds.to[k] = hold.to;
  holds.leaveFrom[k] = hold.leaveFrom;
  holds.leaveTo[k] = hold.leaveTo;
  holds.reachFrom[k] = hold.reachFrom;
  holds.reachTo[k] = hold.reachTo;
  holds.offsetDs[k] = hold.offsetDs;
}

/** The same places at the same points of the same network, as another walker's graph has them. */
export function rehang(graph: WalkGraph, holds: Holds): Holds {
  const again = noHolds(holds.edge.length);
  for (let k = 0; k < holds.edge.length; k++) {
    if (!joined(holds, k)) continue;
    const [edge, share, offsetM] = [holds.edge[k] as number, holds.share[k] as number, holds.offsetM[k] as number];
    setHold(again, k, holdOf(graph, { edge, share, offsetM }));
    again.offsetM[k] = offsetM;
  }
  return again;
}

/** Place `k` by itself; null where it is not joined. */
export function holdAt(holds: Holds, k: number): Hold | null {
  if (!joined(holds, k)) return null;
  return {
    edge: holds.edge[k] as number,
    share: holds.share[k] as number,
    from: holds.from[k] as number,
    to: holds.to[k] as number,
    leaveFrom: holds.leaveFrom[k] as number,
    leaveTo: holds.leaveTo[k] as number,
    reachFrom: holds.reachFrom[k] as number,
    reachTo: holds.reachTo[k] as number,
    offsetDs: holds.offsetDs[k] as number,
  };
}

/** Is place `k` near enough to the network? */
export function joined({ edge }: Holds, k: number): boolean {
  return (edge[k] as number) >= 0;
}

/** The same places on the graph of the other sense: what left now reaches. Nothing is copied. */
export function turnHolds(holds: Holds): Holds {
  const { leaveFrom, leaveTo, reachFrom, reachTo } = holds;
  return { ...holds, leaveFrom: reachFrom, leaveTo: reachTo, reachFrom: leaveFrom, reachTo: leaveTo };
}

/** Places of each edge, for those that share their edge with another. */
export function byEdge(holds: Holds, counts: (place: number) => boolean = () => true): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (let k = 0; k < holds.edge.length; k++) {
    if (!joined(holds, k) || !counts(k)) continue;
    const edge = holds.edge[k] as number;
    const known = places.get(edge);
    if (known === undefined) places.set(edge, [k]);
    else known.push(k);
  }
  return places;
}
