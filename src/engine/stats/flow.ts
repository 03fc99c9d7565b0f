import { median } from './season.ts';

/** Stays of things at places (units, tiers or steps), in any order. */
export interface Stays {
  /** Which thing, a whole number. */
  thing: ArrayLike<number>;
  /** Where, 0 to nodes − 1. */
  node: ArrayLike<number>;
  fromMs: ArrayLike<number>;
  /** NaN: it is still there. */
  toMs: ArrayLike<number>;
}

export interface FlowNode {
  node: number;
  /** Stays, finished or not. */
  stays: number;
  /** Still there. */
  waiting: number;
  /** Of finished stays; undefined where there are none. Milliseconds. */
  medianMs: number | undefined;
  p90Ms: number | undefined;
  /** Of all time that all finished stays took, the part that was taken here, 0 to 1: the largest is the bottleneck. */
  share: number;
  /** Things that came here again after having been elsewhere. */
  returns: number;
}

export interface FlowEdge {
  from: number;
  to: number;
  count: number;
  /** Times the thing had been at `to` before. */
  returns: number;
  /** Middle stay at `from` before it went this way, milliseconds. */
  medianMs: number;
}

export interface Flow {
  /** Those with at least one stay, the greatest share of time first. */
  nodes: FlowNode[];
  /** Most travelled first. */
  edges: FlowEdge[];
  /** hops[k]: things that moved k times. */
  hops: number[];
  /** Things that came back at least once to where they had been. */
  returned: number;
}

interface Tally {
  edges: Map<string, { from: number; to: number; waits: number[]; returns: number }>;
  returns: Map<number, number>;
  hops: number[];
  returned: number;
}

/**
 * Where things travel and where they stick. Two stays at one place directly after one another are no move. Stays of one
 * thing are taken in order of `fromMs` (ties: lower index). O(stays log stays).
 */
export function flowOf(stays: Stays): Flow {
  const order = Uint32Array.from({ length: stays.thing.length }, (_, k) => k);
  order.sort(
    (a, b) =>
      (stays.thing[a] as number) - (stays.thing[b] as number) ||
      (stays.fromMs[a] as number) - (stays.fromMs[b] as number) ||
      a - b,
  );
  const tally: Tally = { edges: new Map(), returns: new Map(), hops: [], returned: 0 };
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && stays.thing[order[end] as number] === stays.thing[order[start] as number]) end++;
    follow(stays, order.subarray(start, end), tally);
    start = end;
  }
  const edges = [...tally.edges.values()]
    .map(({ from, to, waits, returns }) => ({ from, to, count: waits.length, returns, medianMs: median(waits) }))
    .toSorted((a, b) => b.count - a.count || a.from - b.from || a.to - b.to);
  return {
    nodes: nodesOf(stays, tally.returns),
    edges,
    hops: Array.from(tally.hops, (count) => count ?? 0),
    returned: tally.returned,
  };
}

/** The way of one thing. */
function follow({ node, fromMs }: Stays, path: Uint32Array, tally: Tally): void {
  const seen = new Set<number>();
  let hops = 0;
  let back = false;
  let sinceMs = fromMs[path[0] as number] as number;
  for (let k = 0; k < path.length; k++) {
    const [to, at] = [node[path[k] as number] as number, fromMs[path[k] as number] as number];
    const from = k === 0 ? to : (node[path[k - 1] as number] as number);
    if (k > 0 && from !== to) {
      hops++;
      const again = seen.has(to);
      back ||= again;
      if (again) tally.returns.set(to, (tally.returns.get(to) ?? 0) + 1);
      const edge = edgeOf(tally, from, to);
      edge.waits.push(at - sinceMs);
      if (again) edge.returns++;
      sinceMs = at;
    }
    seen.add(to);
  }
  tally.hops[hops] = (tally.hops[hops] ?? 0) + 1;
  if (back) tally.returned++;
}

function edgeOf({ edges }: Tally, from: number, to: number) {
  const key = `${from}>${to}`;
  let edge = edges.get(key);
  if (edge === undefined) edges.set(key, (edge = { from, to, waits: [], returns: 0 }));
  return edge;
}

function nodesOf({ node, fromMs, toMs }: Stays, returns: ReadonlyMap<number, number>): FlowNode[] {
  const finished = new Map<number, number[]>();
  const waiting = new Map<number, number>();
  let whole = 0;
  for (let k = 0; k < node.length; k++) {
    const here = node[k] as number;
    const took = (toMs[k] as number) - (fromMs[k] as number);
    if (!finished.has(here)) finished.set(here, []);
    if (Number.isNaN(took)) waiting.set(here, (waiting.get(here) ?? 0) + 1);
    else {
      finished.get(here)?.push(took);
      whole += took;
    }
  }
  return [...finished]
    .map(([here, times]) => ({
      node: here,
      stays: times.length + (waiting.get(here) ?? 0),
      waiting: waiting.get(here) ?? 0,
      medianMs: times.length === 0 ? undefined : median(times),
      p90Ms: times.length === 0 ? undefined : nearestRank(times, 0.9),
      share: whole === 0 ? 0 : times.reduce((sum, one) => sum + one, 0) / whole,
      returns: returns.get(here) ?? 0,
    }))
    .toSorted((a, b) => b.share - a.share || a.node - b.node);
}

/** The value at or below which the share lies, of a list that is not empty. */
function nearestRank(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}
