import { alongSameEdge, type Hold, type WalkGraph } from '#engine/network/graph.ts';
import { impassable } from '#engine/network/profile.ts';
import type { Walker } from './walker.ts';

/** Places one may arrive at, sorted by the nodes they hang on. */
export interface Targets {
  holds: readonly Hold[];
  /** Hooks of node k: hookFirst[k] … hookFirst[k + 1] − 1. */
  hookFirst: Uint32Array;
  hookTarget: Uint32Array;
  hookDs: Uint32Array;
  /** Targets of an edge, for what shares the edge with its origin. */
  onEdge: ReadonlyMap<number, readonly number[]>;
}

/** Hangs places on a graph. O(places + nodes). */
export function hangTargets({ first }: WalkGraph, holds: readonly Hold[]): Targets {
  const hooks = holds.flatMap((hold, target) => [
    { node: hold.from, target, ds: hold.reachFrom },
    { node: hold.to, target, ds: hold.reachTo },
  ]).filter(({ ds }) => ds !== impassable); // prettier-ignore
  const hookFirst = new Uint32Array(first.length);
  for (const { node } of hooks) hookFirst[node + 1] = (hookFirst[node + 1] as number) + 1;
  for (let k = 0; k + 1 < hookFirst.length; k++)
    hookFirst[k + 1] = (hookFirst[k + 1] as number) + (hookFirst[k] as number);
  const next = hookFirst.slice();
  const [hookTarget, hookDs] = [new Uint32Array(hooks.length), new Uint32Array(hooks.length)];
  for (const { node, target, ds } of hooks) {
    const place = next[node] as number;
    next[node] = place + 1;
    hookTarget[place] = target;
    hookDs[place] = ds;
  }
  const onEdge = new Map<number, number[]>();
  holds.forEach(({ edge }, target) => onEdge.set(edge, [...(onEdge.get(edge) ?? []), target]));
  return { holds, hookFirst, hookTarget, hookDs, onEdge };
}

/** Times to targets, asked for one origin after another. */
export interface Ways {
  /**
   * Walks from one origin.
   * @returns how many targets lie within `limitDs` deciseconds; they are the first of `found`, their times in `times`
   */
  from(origin: Hold, limitDs: number): number;
  found(): Uint32Array;
  /** Deciseconds to this target in the last walk, or `impassable`. */
  timeTo(target: number): number;
}

/** Joins a walker with targets; memory is used again for each origin. O(what is reached). */
export function makeWays(graph: WalkGraph, walker: Walker, targets: Targets): Ways {
  const { hookFirst, hookTarget, hookDs, holds, onEdge } = targets;
  const best = new Uint32Array(holds.length).fill(impassable);
  const found = new Uint32Array(holds.length);
  const [nodes, ds] = [new Uint32Array(2), new Uint32Array(2)];
  let count = 0;

  function note(target: number, at: number): void {
    if (best[target] === impassable) found[count++] = target;
    if (at < (best[target] as number)) best[target] = at;
  }

  return {
    from(origin, limitDs) {
      for (let k = 0; k < count; k++) best[found[k] as number] = impassable;
      count = 0;
      [nodes[0], nodes[1], ds[0], ds[1]] = [origin.from, origin.to, origin.leaveFrom, origin.leaveTo];
      const reached = walker.walk(nodes, ds, limitDs);
      const order = walker.reached();
      const times = walker.times();
      for (let k = 0; k < reached; k++) {
        const node = order[k] as number;
        const last = hookFirst[node + 1] as number;
        for (let hook = hookFirst[node] as number; hook < last; hook++) {
          const at = (times[node] as number) + (hookDs[hook] as number);
          if (at <= limitDs) note(hookTarget[hook] as number, at);
        }
      }
      for (const target of onEdge.get(origin.edge) ?? []) {
        const straight = alongSameEdge(graph, origin, holds[target] as Hold);
        if (straight <= limitDs) note(target, straight);
      }
      return count;
    },
    found: () => found.subarray(0, count),
    timeTo: (target) => best[target] as number,
  };
}
