import { median } from './season.ts';

/** Things that happened, in any order; positions in metres on a plane. */
export interface Happenings {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Whole number; only happenings of one kind are ever one place. */
  kind: ArrayLike<number>;
  atMs: ArrayLike<number>;
  /** When it was closed; NaN while it is open. */
  closedMs: ArrayLike<number>;
  /** Who handled it; −1 for nobody yet. */
  handler: ArrayLike<number>;
}

/** A place where one kind of thing came back. */
export interface Recurrence {
  kind: number;
  /** Middle of its happenings, metres. */
  x: number;
  y: number;
  /** Indices, first to last. */
  members: number[];
  /** Milliseconds from each to the next. */
  gapsMs: number[];
  /** Times it came back after every earlier one had been closed: what closing did not solve. */
  backAfterClosing: number;
  /** Middle time from a closing to the next return; undefined where none came back after closing. */
  medianBackMs: number | undefined;
  /** Different handlers, in order of appearance. */
  handlers: number[];
  open: number;
}

interface Spot {
  members: number[];
  x: number;
  y: number;
  lastMs: number;
}

interface Limits {
  radiusM: number;
  withinMs: number;
}

/** Of one kind, by the square of `radiusM` metres their first member lies in. */
type Squares = Map<number, Spot[]>;

/**
 * Places at which the same kind came back at least `least` times: nobody further than `radiusM` from the first of them, so
 * that a place cannot creep along a street, and no two neighbours in time further apart than `withinMs`. Taken in order of
 * time (ties: lower index); a happening goes to the nearest place that is still alive. Most frequent first. O(n log n).
 */
export function recurrences(things: Happenings, { least, ...limits }: Limits & { least: number }): Recurrence[] {
  const order = Uint32Array.from({ length: things.x.length }, (_, k) => k);
  order.sort((a, b) => (things.atMs[a] as number) - (things.atMs[b] as number) || a - b);
  const byKind = new Map<number, Squares>();
  const spots: Spot[] = [];
  for (const index of order) {
    const squares = listedAt(byKind, things.kind[index] as number, (): Squares => new Map());
    const found = nearestSpot(squares, things, index, limits);
    if (found === undefined) {
      const [x, y] = [things.x[index] as number, things.y[index] as number];
      const spot = { members: [index], x, y, lastMs: things.atMs[index] as number };
      spots.push(spot);
      const square = squareOf(Math.floor(x / limits.radiusM), Math.floor(y / limits.radiusM));
      listedAt(squares, square, (): Spot[] => []).push(spot);
    } else {
      found.members.push(index);
      found.lastMs = things.atMs[index] as number;
    }
  }
  return spots
    .filter(({ members }) => members.length >= least)
    .map((spot) => told(spot, things))
    .toSorted((a, b) => b.members.length - a.members.length || (a.members[0] as number) - (b.members[0] as number));
}

function listedAt<V>(map: Map<number, V>, key: number, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function squareOf(column: number, row: number): number {
  return column * 67_108_864 + row;
}

function nearestSpot(
  squares: Squares,
  { x, y, atMs }: Happenings,
  index: number,
  { radiusM, withinMs }: Limits,
): Spot | undefined {
  const [px, py, now] = [x[index] as number, y[index] as number, atMs[index] as number];
  const [column, row] = [Math.floor(px / radiusM), Math.floor(py / radiusM)];
  let best: Spot | undefined;
  let bestM = Infinity;
  for (let k = 0; k < 9; k++)
    for (const spot of squares.get(squareOf(column + (k % 3) - 1, row + Math.floor(k / 3) - 1)) ?? []) {
      const away = Math.hypot(spot.x - px, spot.y - py);
      if (away <= radiusM && now - spot.lastMs <= withinMs && away < bestM) [best, bestM] = [spot, away];
    }
  return best;
}

function told({ members }: Spot, { x, y, kind, atMs, closedMs, handler }: Happenings): Recurrence {
  const gapsMs: number[] = [];
  const backMs: number[] = [];
  let closed = -Infinity;
  members.forEach((index, k) => {
    const before = members[k - 1];
    const at = atMs[index] as number;
    if (before !== undefined) {
      gapsMs.push(at - (atMs[before] as number));
      if (closed <= at) backMs.push(at - closed);
    }
    const end = closedMs[index] as number;
    closed = Number.isNaN(end) ? Infinity : Math.max(closed, end);
  });
  return {
    kind: kind[members[0] as number] as number,
    x: meanOf(members, x),
    y: meanOf(members, y),
    members,
    gapsMs,
    backAfterClosing: backMs.length,
    medianBackMs: backMs.length === 0 ? undefined : median(backMs),
    handlers: [...new Set(members.map((index) => handler[index] as number).filter((who) => who >= 0))],
    open: members.filter((index) => Number.isNaN(closedMs[index] as number)).length,
  };
}

function meanOf(members: readonly number[], values: ArrayLike<number>): number {
  return members.reduce((sum, index) => sum + (values[index] as number), 0) / members.length;
}
