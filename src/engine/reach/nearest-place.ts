import { alongSameEdge, type Hold, type WalkGraph } from '#engine/network/graph.ts';
import { byEdge, holdAt, joined, type Holds } from '#engine/network/holds.ts';
import { impassable } from '#engine/network/profile.ts';
import type { Walker } from './walker.ts';

/** The nearest place of each origin. */
export interface NearestPlace {
  /** Deciseconds, `impassable` where there is none within the limit. */
  ds: Uint32Array;
  /** Index of the place, −1 where there is none. */
  place: Int32Array;
}

export interface NearestAsked {
  places: Holds;
  origins: Holds;
  /** Which places count; all unless stated. */
  counts?: (place: number) => boolean;
  /** Deciseconds, 0 to 65,535. */
  limitDs: number;
}

/**
 * The nearest place of many origins by one search from all places together: on a graph of sense 'to' the times are from origin
 * to place. Of places equally near the lowest is told. O(arcs reached + origins), whatever the number of places.
 */
export function nearestPlace(graph: WalkGraph, walker: Walker, asked: NearestAsked): NearestPlace {
  const { places, origins, limitDs } = asked;
  const counts = asked.counts ?? (() => true);
  const starts = startsOf(places, counts);
  const count = walker.walk(starts.node, starts.ds, limitDs);
  const label = labelReached(graph, walker, starts, count);
  const found: NearestPlace = {
    ds: new Uint32Array(origins.edge.length).fill(impassable),
    place: new Int32Array(origins.edge.length).fill(-1),
  };
  const times = walker.times();
  for (let k = 0; k < origins.edge.length; k++) {
    if (!joined(origins, k)) continue;
    const [from, to] = [origins.from[k] as number, origins.to[k] as number];
    const [overFrom, overTo] = [origins.reachFrom[k] as number, origins.reachTo[k] as number];
    if (times[from] !== impassable && overFrom !== impassable)
      note(found, k, label[from] as number, (times[from] as number) + overFrom);
    if (times[to] !== impassable && overTo !== impassable)
      note(found, k, label[to] as number, (times[to] as number) + overTo);
    if ((found.ds[k] as number) > limitDs) forget(found, k);
  }
  besideEachOther(graph, asked, byEdge(places, counts), found);
  return found;
}

/** The nearer stays, of equals the lower. */
function note({ ds, place }: NearestPlace, k: number, candidate: number, at: number): void {
  const known = ds[k] as number;
  if (at > known || (at === known && candidate > (place[k] as number))) return;
  ds[k] = at;
  place[k] = candidate;
}

function forget({ ds, place }: NearestPlace, k: number): void {
  ds[k] = impassable;
  place[k] = -1;
}

/** Origins with a place on their own edge may go straight there. */
function besideEachOther(
  graph: WalkGraph,
  { places, origins, limitDs }: NearestAsked,
  onEdge: ReadonlyMap<number, readonly number[]>,
  found: NearestPlace,
): void {
  const has = new Uint8Array(graph.network.edgeFrom.length);
  for (const edge of onEdge.keys()) has[edge] = 1;
  for (let k = 0; k < origins.edge.length; k++) {
    if (!joined(origins, k) || has[origins.edge[k] as number] === 0) continue;
    const origin = holdAt(origins, k) as Hold;
    for (const place of onEdge.get(origin.edge) ?? []) {
      const straight = alongSameEdge(graph, holdAt(places, place) as Hold, origin);
      if (straight <= limitDs) note(found, k, place, straight);
    }
  }
}

interface Starts {
  node: number[];
  ds: number[];
  place: number[];
}

function startsOf(places: Holds, counts: (place: number) => boolean): Starts {
  const starts: Starts = { node: [], ds: [], place: [] };
  const add = (node: number, ds: number, place: number): void => {
    if (ds === impassable) return;
    starts.node.push(node);
    starts.ds.push(ds);
    starts.place.push(place);
  };
  for (let k = 0; k < places.edge.length; k++) {
    if (!joined(places, k) || !counts(k)) continue;
    add(places.from[k] as number, places.leaveFrom[k] as number, k);
    add(places.to[k] as number, places.leaveTo[k] as number, k);
  }
  return starts;
}

/**
 * Which place each node was reached from, once its time is known: nodes in order of time hand their label on along every arc
 * that is exactly on time. An arc takes at least one decisecond, so a label is complete before it is handed on.
 */
function labelReached({ first, arcs }: WalkGraph, walker: Walker, starts: Starts, count: number): Int32Array {
  const times = walker.times();
  const label = new Int32Array(first.length - 1).fill(-1);
  const offer = (node: number, place: number): void => {
    const known = label[node] as number;
    if (known < 0 || place < known) label[node] = place;
  };
  starts.node.forEach((node, k) => times[node] === starts.ds[k] && offer(node, starts.place[k] as number));
  for (const node of byTime(walker.reached().subarray(0, count), times)) {
    const [now, place] = [times[node] as number, label[node] as number];
    const last = first[node + 1] as number;
    for (let arc = first[node] as number; arc < last; arc++) {
      const to = arcs[2 * arc] as number;
      if (times[to] === now + (arcs[2 * arc + 1] as number)) offer(to, place);
    }
  }
  return label;
}

/** Nodes by their times, by counting. */
function byTime(nodes: Uint32Array, times: Uint32Array): Uint32Array {
  let longest = 0;
  for (const node of nodes) longest = Math.max(longest, times[node] as number);
  const next = new Uint32Array(longest + 2);
  for (const node of nodes) next[(times[node] as number) + 1] = (next[(times[node] as number) + 1] as number) + 1;
  for (let t = 0; t <= longest; t++) next[t + 1] = (next[t + 1] as number) + (next[t] as number);
  const order = new Uint32Array(nodes.length);
  for (const node of nodes) {
    const place = next[times[node] as number] as number;
    next[times[node] as number] = place + 1;
    order[place] = node;
  }
  return order;
}
