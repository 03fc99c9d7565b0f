import { alongSameEdge, type Hold, type WalkGraph } from '#engine/network/graph.ts';
import { holdAt, joined, type Holds } from '#engine/network/holds.ts';
import { impassable } from '#engine/network/profile.ts';
import type { Walker } from '#engine/reach/walker.ts';

export interface BetweenAsked {
  places: Holds;
  cells: Holds;
  /** By cell: its place, −1 where it has none. */
  placeOf: ArrayLike<number>;
  /** Deciseconds, 0 to 65,535. */
  limitDs: number;
  /** Called between searches; may throw to end them. */
  between?: (() => void) | undefined;
}

/**
 * Times between each cell and the one place that is its own: from the place on a graph of sense 'from', to it on one of sense
 * 'to'. `impassable` where there is none within the limit. One search for each place that has a cell.
 */
export function timesBetween(
  graph: WalkGraph,
  walker: Walker,
  { places, cells, placeOf, limitDs, between }: BetweenAsked,
): Uint32Array {
  const times = new Uint32Array(placeOf.length).fill(impassable);
  const cellsOf = new Map<number, number[]>();
  for (let cell = 0; cell < placeOf.length; cell++) {
    const place = placeOf[cell] as number;
    if (place < 0 || !joined(cells, cell)) continue;
    const known = cellsOf.get(place);
    if (known === undefined) cellsOf.set(place, [cell]);
    else known.push(cell);
  }
  for (const [place, own] of cellsOf) {
    const start = holdAt(places, place);
    if (start === null) continue;
    between?.();
    walker.walk([start.from, start.to], [start.leaveFrom, start.leaveTo], limitDs);
    for (const cell of own) {
      const end = holdAt(cells, cell) as Hold;
      const ds = Math.min(
        plus(walker.timeOf(end.from), end.reachFrom),
        plus(walker.timeOf(end.to), end.reachTo),
        alongSameEdge(graph, start, end),
      );
      if (ds <= limitDs) times[cell] = ds;
    }
  }
  return times;
}

const plus = (a: number, b: number): number => (a === impassable || b === impassable ? impassable : a + b);
