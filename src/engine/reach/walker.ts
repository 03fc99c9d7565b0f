import type { WalkGraph } from '#engine/network/graph.ts';
import { impassable } from '#engine/network/profile.ts';

/** Walking times from some starts to everything within a limit. One walker is used again and again: it allocates nothing for an origin. */
export interface Walker {
  /**
   * Walks from all starts at once.
   * @param nodes where, and @param ds after how many deciseconds (`impassable` starts are skipped); of equal length
   * @param limitDs deciseconds, 0 to 65,535: whatever lies further is not reached
   * @returns how many nodes were reached; they are the first of `reached`
   */
  walk(nodes: ArrayLike<number>, ds: ArrayLike<number>, limitDs: number): number;
  /** Nodes of the last walk, in no order that means anything. */
  reached(): Uint32Array;
  /** Deciseconds of the last walk to this node, or `impassable`. */
  timeOf(node: number): number;
  /** All times of the last walk, by node; to be read only until the next. */
  times(): Uint32Array;
  /** Arcs looked at since the walker was made. */
  relaxed(): number;
}

/** Times within one bucket are settled in any order and corrected: 8 deciseconds. */
const bucketBits = 3;
const longestDs = 65_535;

/**
 * Bounded shortest times over buckets (Dial 1969, with buckets of 0.8 s and correction inside a bucket, which is Δ-stepping of
 * Meyer and Sanders 2003 for one core). Integer deciseconds, so every order of settling gives the same times. O(arcs reached).
 */
export function makeWalker({ first, arcs }: WalkGraph): Walker {
  const nodeCount = first.length - 1;
  const time = new Uint32Array(nodeCount).fill(impassable);
  const reached = new Uint32Array(nodeCount);
  const heads = new Int32Array((longestDs >> bucketBits) + 2).fill(-1);
  let entryNode = new Uint32Array(1 << 14);
  let entryTime = new Uint32Array(1 << 14);
  let entryNext = new Int32Array(1 << 14);
  let [count, entries, seen] = [0, 0, 0];

  function grow(): void {
    const more = entryNode.length * 2;
    const [n, t, x] = [new Uint32Array(more), new Uint32Array(more), new Int32Array(more)];
    n.set(entryNode);
    t.set(entryTime);
    x.set(entryNext);
    [entryNode, entryTime, entryNext] = [n, t, x];
  }

  function offer(node: number, at: number): void {
    if (time[node] === impassable) reached[count++] = node;
    time[node] = at;
    if (entries === entryNode.length) grow();
    const bucket = at >> bucketBits;
    entryNode[entries] = node;
    entryTime[entries] = at;
    entryNext[entries] = heads[bucket] as number;
    heads[bucket] = entries++;
  }

  function settle(bucket: number, limit: number): void {
    for (let entry = heads[bucket] as number; entry !== -1; entry = heads[bucket] as number) {
      heads[bucket] = entryNext[entry] as number;
      const node = entryNode[entry] as number;
      const now = entryTime[entry] as number;
      if (time[node] !== now) continue; // a shorter way was found meanwhile
      const last = first[node + 1] as number;
      for (let arc = first[node] as number; arc < last; arc++) {
        const to = arcs[2 * arc] as number;
        const then = now + (arcs[2 * arc + 1] as number);
        if (then <= limit && then < (time[to] as number)) offer(to, then);
      }
      seen += last - (first[node] as number);
    }
  }

  return {
    walk(nodes, ds, limitDs) {
      const limit = Math.max(0, Math.min(longestDs, Math.floor(limitDs)));
      for (let k = 0; k < count; k++) time[reached[k] as number] = impassable;
      count = 0;
      entries = 0;
      for (let k = 0; k < nodes.length; k++) {
        const [node, at] = [nodes[k] as number, ds[k] as number];
        if (at <= limit && at < (time[node] as number)) offer(node, at);
      }
      for (let bucket = 0; bucket <= limit >> bucketBits; bucket++) if (heads[bucket] !== -1) settle(bucket, limit);
      return count;
    },
    reached: () => reached.subarray(0, count),
    timeOf: (node) => time[node] as number,
    times: () => time,
    relaxed: () => seen,
  };
}
