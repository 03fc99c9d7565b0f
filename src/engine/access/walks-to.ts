import { alongSameEdge, type Hold, type WalkGraph } from '#engine/network/graph.ts';
import { byEdge, holdAt, joined, type Holds } from '#engine/network/holds.ts';
import { impassable } from '#engine/network/profile.ts';
import type { Walker } from '#engine/reach/walker.ts';
import { Growing } from '#engine/network/osm-ways.ts';
import type { Walks } from './measure.ts';

export interface WalksAsked {
  cells: Holds;
  places: Holds;
  /** Deciseconds, 0 to 65,535: pairs beyond are left out. */
  limitDs: number;
  /** Told after each place: how many are done. */
  progress?: ((done: number) => void) | undefined;
}

/**
 * Every walk from a cell to a place within the limit, sorted by cell, then place: one bounded search from each place, so the
 * cost grows with the places, not with the cells. On a graph of sense 'to' the times are from cell to place.
 * O(places · arcs reached + pairs).
 */
export function walksTo(graph: WalkGraph, walker: Walker, { cells, places, limitDs, progress }: WalksAsked): Walks {
  const hooks = hooksOf(graph, cells);
  const onEdge = byEdge(cells);
  const pairs = { cell: new Growing(Uint32Array), place: new Growing(Uint32Array), ds: new Growing(Uint32Array) };
  const best = new Uint32Array(cells.edge.length).fill(impassable);
  for (let place = 0; place < places.edge.length; place++) {
    const hold = holdAt(places, place);
    if (hold !== null)
      eachCell({ graph, walker, hooks, onEdge, cells, best }, hold, limitDs, (cell, ds) => {
        pairs.cell.push(cell);
        pairs.place.push(place);
        pairs.ds.push(ds);
      });
    progress?.(place + 1);
  }
  return byCell(cells.edge.length, pairs.cell.taken(), pairs.place.taken(), pairs.ds.taken());
}

interface Ground {
  graph: WalkGraph;
  walker: Walker;
  hooks: Hooks;
  onEdge: ReadonlyMap<number, readonly number[]>;
  cells: Holds;
  /** By cell, all `impassable` between two searches. */
  best: Uint32Array;
}

function eachCell(
  { graph, walker, hooks, onEdge, cells, best }: Ground,
  place: Hold,
  limitDs: number,
  take: (cell: number, ds: number) => void,
): void {
  const found: number[] = [];
  const note = (cell: number, ds: number): void => {
    if (ds > limitDs || ds >= (best[cell] as number)) return;
    if (best[cell] === impassable) found.push(cell);
    best[cell] = ds;
  };
  walker.walk([place.from, place.to], [place.leaveFrom, place.leaveTo], limitDs);
  for (const node of walker.reached()) {
    const at = walker.timeOf(node);
    for (let hook = hooks.first[node] as number; hook < (hooks.first[node + 1] as number); hook++)
      note(hooks.cell[hook] as number, at + (hooks.ds[hook] as number));
  }
  for (const cell of onEdge.get(place.edge) ?? []) note(cell, alongSameEdge(graph, place, holdAt(cells, cell) as Hold));
  for (const cell of found) {
    take(cell, best[cell] as number);
    best[cell] = impassable;
  }
}

/** Cells by the nodes they hang on. */
interface Hooks {
  first: Uint32Array;
  cell: Uint32Array;
  ds: Uint32Array;
}

function hooksOf({ first: arcs }: WalkGraph, cells: Holds): Hooks {
  const first = new Uint32Array(arcs.length);
  eachHook(cells, (node) => (first[node + 1] = (first[node + 1] as number) + 1));
  for (let k = 0; k + 1 < first.length; k++) first[k + 1] = (first[k + 1] as number) + (first[k] as number);
  const next = first.slice();
  const [cell, ds] = [new Uint32Array(first.at(-1) as number), new Uint32Array(first.at(-1) as number)];
  eachHook(cells, (node, k, extra) => {
    const hook = next[node] as number;
    next[node] = hook + 1;
    cell[hook] = k;
    ds[hook] = extra;
  });
  return { first, cell, ds };
}

function eachHook(cells: Holds, take: (node: number, cell: number, ds: number) => void): void {
  for (let k = 0; k < cells.edge.length; k++) {
    if (!joined(cells, k)) continue;
    if (cells.reachFrom[k] !== impassable) take(cells.from[k] as number, k, cells.reachFrom[k] as number);
    if (cells.reachTo[k] !== impassable) take(cells.to[k] as number, k, cells.reachTo[k] as number);
  }
}

/** Sorted by cell; within a cell they stay in order of places, since they were found so. */
function byCell(cells: number, cell: Uint32Array, place: Uint32Array, ds: Uint32Array): Walks {
  const first = new Uint32Array(cells + 1);
  for (const k of cell) first[k + 1] = (first[k + 1] as number) + 1;
  for (let k = 0; k < cells; k++) first[k + 1] = (first[k + 1] as number) + (first[k] as number);
  const next = first.slice();
  const walks: Walks = { first, target: new Uint32Array(cell.length), ds: new Uint32Array(cell.length) };
  for (let pair = 0; pair < cell.length; pair++) {
    const slot = next[cell[pair] as number] as number;
    next[cell[pair] as number] = slot + 1;
    walks.target[slot] = place[pair] as number;
    walks.ds[slot] = ds[pair] as number;
  }
  return walks;
}
