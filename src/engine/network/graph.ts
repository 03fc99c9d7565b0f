import { edgeIsOpen, edgeTimes, impassable, splitTimes, type WalkProfile } from './profile.ts';
import type { Network } from './network.ts';
import type { Snap } from './snap.ts';

/**
 * A network as one kind of walker meets it: for each node the arcs that leave it, target and time side by side so that one
 * line of cache holds both.
 */
export interface WalkGraph {
  network: Network;
  profile: WalkProfile;
  /** 'from': arcs as walked, times are from where one starts. 'to': arcs turned round, times are to where one is going. */
  sense: 'from' | 'to';
  /** Arcs of node k: first[k] … first[k + 1] − 1. */
  first: Uint32Array;
  /** Of arc a: arcs[2a] the node it leads to, arcs[2a + 1] deciseconds, at least 1. */
  arcs: Uint32Array;
}

/** Sorts the edges that may be walked by the node they leave. O(edges). */
export function compileGraph(network: Network, profile: WalkProfile, sense: WalkGraph['sense'] = 'from'): WalkGraph {
  const times = edgeTimes(network, profile);
  const first = new Uint32Array(network.nodeLon.length + 1);
  const count = (node: number): void => void (first[node + 1] = (first[node + 1] as number) + 1);
  eachArc(network, times, sense, count);
  for (let k = 0; k + 1 < first.length; k++) first[k + 1] = (first[k + 1] as number) + (first[k] as number);
  const arcs = new Uint32Array(2 * (first.at(-1) as number));
  const next = first.slice();
  eachArc(network, times, sense, (from, to, ds) => {
    const arc = next[from] as number;
    next[from] = arc + 1;
    arcs[2 * arc] = to;
    arcs[2 * arc + 1] = ds;
  });
  return { network, profile, sense, first, arcs };
}

function eachArc(
  { edgeFrom, edgeTo }: Network,
  times: Uint32Array,
  sense: WalkGraph['sense'],
  take: (from: number, to: number, ds: number) => void,
): void {
  const turned = sense === 'to' ? 1 : 0;
  for (let e = 0; e < edgeFrom.length; e++) {
    const [a, b] = [edgeFrom[e] as number, edgeTo[e] as number];
    const out = times[2 * e + turned] as number;
    const back = times[2 * e + 1 - turned] as number;
    if (out !== impassable) take(a, b, out);
    if (back !== impassable) take(b, a, back);
  }
}

/** How a snapped place hangs on the graph: deciseconds between it and both ends of its edge, `impassable` where closed. */
export interface Hold {
  edge: number;
  share: number;
  from: number;
  to: number;
  /** From the place to the ends (sense 'from'), or from the ends to the place (sense 'to'). */
  leaveFrom: number;
  leaveTo: number;
  /** The other way round. */
  reachFrom: number;
  reachTo: number;
  /** The open ground between place and edge, walked on the flat: part of the four above. */
  offsetDs: number;
}

/** Both ends of the edge a place hangs on, with times; the ground between place and edge is walked at the flat speed. */
export function holdOf(
  { network, profile, sense }: WalkGraph,
  { edge, share, offsetM }: Pick<Snap, 'edge' | 'share' | 'offsetM'>,
): Hold {
  const split = splitTimes(network, profile, edge, share);
  const offsetDs = Math.round((offsetM / profile.flatMs) * 10);
  const whole = edgeTimesOf(network, profile, edge);
  const ds = (seconds: number, open: boolean): number => (open ? Math.round(seconds * 10) + offsetDs : impassable);
  const leaving = { leaveFrom: ds(split.toStart, whole.backward), leaveTo: ds(split.toEnd, whole.forward) };
  const reaching = { reachFrom: ds(split.fromStart, whole.forward), reachTo: ds(split.fromEnd, whole.backward) };
  const ends = { edge, share, from: network.edgeFrom[edge] as number, to: network.edgeTo[edge] as number, offsetDs };
  if (sense === 'from') return { ...ends, ...leaving, ...reaching };
  return {
    ...ends,
    leaveFrom: reaching.reachFrom,
    leaveTo: reaching.reachTo,
    reachFrom: leaving.leaveFrom,
    reachTo: leaving.leaveTo,
  };
}

function edgeTimesOf(network: Network, profile: WalkProfile, edge: number): { forward: boolean; backward: boolean } {
  return { forward: edgeIsOpen(network, profile, edge, true), backward: edgeIsOpen(network, profile, edge, false) };
}

/** Deciseconds straight along the edge both places hang on, `impassable` where they hang on different ones or it is closed that way. */
export function alongSameEdge({ network, profile, sense }: WalkGraph, a: Hold, b: Hold): number {
  if (a.edge !== b.edge) return impassable;
  const [start, end] = sense === 'from' ? [a, b] : [b, a];
  const forward = start.share <= end.share;
  if (!edgeIsOpen(network, profile, a.edge, forward)) return impassable;
  const [one, other] = [
    splitTimes(network, profile, a.edge, start.share),
    splitTimes(network, profile, a.edge, end.share),
  ];
  const seconds = forward ? one.toEnd - other.toEnd : one.toStart - other.toStart;
  return Math.max(0, Math.round(seconds * 10)) + a.offsetDs + b.offsetDs;
}
