import type { Hold, WalkGraph } from '#engine/network/graph.ts';
import { alongSameEdge } from '#engine/network/graph.ts';
import { impassable } from '#engine/network/profile.ts';

/** The nearest places of every node, nearest first. */
export interface Nearest {
  /** How many are told of each node. */
  k: number;
  /** Of node n: source[n·k] … source[n·k + k − 1], −1 where there are no more within the limit. */
  source: Int32Array;
  /** Deciseconds, `impassable` where there are no more. */
  ds: Uint32Array;
}

/**
 * The `k` nearest of some places for every node at once: one search from all places together, in which a node is settled at
 * most k times, each time by another place. On a graph of sense 'to' the times are from the node to the place. Ties go to the
 * lowest place. O(k · arcs reached).
 * @param limitDs deciseconds, 0 to 65,535
 */
export function nearestOf({ first, arcs }: WalkGraph, places: readonly Hold[], k: number, limitDs: number): Nearest {
  const nodes = first.length - 1;
  const source = new Int32Array(nodes * k).fill(-1);
  const ds = new Uint32Array(nodes * k).fill(impassable);
  const settled = new Uint8Array(nodes);
  // One bucket for each decisecond: arcs take at least one, so nothing is offered into the bucket at hand.
  const buckets = new Map<number, number[]>();
  const offer = (node: number, place: number, at: number): void => {
    if (at > limitDs) return;
    const bucket = buckets.get(at);
    if (bucket === undefined) buckets.set(at, [place, node]);
    else bucket.push(place, node);
  };
  places.forEach((hold, place) => {
    if (hold.leaveFrom !== impassable) offer(hold.from, place, hold.leaveFrom);
    if (hold.leaveTo !== impassable) offer(hold.to, place, hold.leaveTo);
  });
  const isKnown = (node: number, place: number): boolean => {
    for (let n = 0; n < (settled[node] as number); n++) if (source[node * k + n] === place) return true;
    return false;
  };
  const settle = (at: number, place: number, node: number): void => {
    if ((settled[node] as number) >= k || isKnown(node, place)) return;
    const slot = node * k + (settled[node] as number);
    settled[node] = (settled[node] as number) + 1;
    source[slot] = place;
    ds[slot] = at;
    for (let arc = first[node] as number; arc < (first[node + 1] as number); arc++)
      offer(arcs[2 * arc] as number, place, at + (arcs[2 * arc + 1] as number));
  };
  for (let at = 0; at <= limitDs; at++) {
    for (const [place, node] of inOrder(buckets.get(at) ?? [])) settle(at, place, node);
    buckets.delete(at);
  }
  return { k, source, ds };
}

/** Pairs of place and node by place, then node: of places equally near the lowest is told. */
function inOrder(bucket: readonly number[]): (readonly [place: number, node: number])[] {
  const pairs = Array.from(
    { length: bucket.length / 2 },
    (_, n) => [bucket[2 * n] as number, bucket[2 * n + 1] as number] as const,
  );
  return pairs.length < 2 ? pairs : pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** One of the nearest places of an origin. */
export interface NearPlace {
  place: number;
  ds: number;
}

/** The nearest places of an origin, from those of both ends of its edge and those on the edge itself. At most `k`, nearest first. */
export function nearestFrom(
  graph: WalkGraph,
  nearest: Nearest,
  origin: Hold,
  onEdge: readonly { place: number; hold: Hold }[],
): NearPlace[] {
  const best = new Map<number, number>();
  const note = (place: number, ds: number): void => {
    if (ds < (best.get(place) ?? impassable)) best.set(place, ds);
  };
  const ends = [[origin.from, origin.reachFrom], [origin.to, origin.reachTo]] as const; // prettier-ignore
  for (const [node, extra] of ends) {
    if (extra === impassable) continue;
    for (let n = 0; n < nearest.k; n++) {
      const slot = node * nearest.k + n;
      if ((nearest.source[slot] as number) >= 0)
        note(nearest.source[slot] as number, (nearest.ds[slot] as number) + extra);
    }
  }
  for (const { place, hold } of onEdge) note(place, alongSameEdge(graph, hold, origin));
  return [...best]
    .map(([place, ds]) => ({ place, ds }))
    .filter(({ ds }) => ds !== impassable)
    .sort((a, b) => a.ds - b.ds || a.place - b.place)
    .slice(0, nearest.k);
}
