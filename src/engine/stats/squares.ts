import type { LonLat } from '#kit/geo.ts';
import type { Neighbours } from './neighbours.ts';

/**
 * Squares of a fixed lattice of WGS-84 degrees, `steps` to a degree: the square of a position is the same in every period,
 * in SQL (`floor((lon + 180) * steps)`) and here. Away from the equator they are narrower than high by cos(latitude).
 */
export interface Square {
  /** From 180° west, eastwards. */
  column: number;
  /** From the south pole, northwards. */
  row: number;
}

const metresPerDegree = 111_320;

/** The square a position lies in: its west and south borders belong to it. */
export function squareAt(steps: number, lon: number, lat: number): Square {
  return { column: Math.floor((lon + 180) * steps), row: Math.floor((lat + 90) * steps) };
}

/** Its middle. */
export function middleOf(steps: number, { column, row }: Square): LonLat {
  return [(column + 0.5) / steps - 180, (row + 0.5) / steps - 90];
}

/** West, south, east, north. */
export function boxOf(steps: number, { column, row }: Square): [number, number, number, number] {
  return [column / steps - 180, row / steps - 90, (column + 1) / steps - 180, (row + 1) / steps - 90];
}

/** Metres from side to side at a latitude: the middle between width and height. */
export function acrossM(steps: number, lat: number): number {
  return ((metresPerDegree / steps) * (1 + Math.cos((lat * Math.PI) / 180))) / 2;
}

/**
 * Of each square those of the list whose middle lies within `radius` squares of its own, itself too (3.2: 37 squares where
 * all are listed). No square may be listed twice. O(squares × radius²).
 */
export function squaresWithin(columns: ArrayLike<number>, rows: ArrayLike<number>, radius: number): Neighbours {
  const key = (column: number, row: number) => column * 67_108_864 + row;
  const index = new Map<number, number>();
  for (let k = 0; k < columns.length; k++) index.set(key(columns[k] as number, rows[k] as number), k);
  const offsets = offsetsWithin(radius);
  const first = new Uint32Array(columns.length + 1);
  const other = new Uint32Array(columns.length * offsets.length);
  let length = 0;
  for (let k = 0; k < columns.length; k++) {
    for (const [dx, dy] of offsets) {
      const found = index.get(key((columns[k] as number) + dx, (rows[k] as number) + dy));
      if (found !== undefined) other[length++] = found;
    }
    first[k + 1] = length;
  }
  return { first, other: other.subarray(0, length) };
}

/** How many squares a whole neighbourhood has. */
export function offsetsWithin(radius: number): [dx: number, dy: number][] {
  const reach = Math.floor(radius);
  const side = Array.from({ length: 2 * reach + 1 }, (_, k) => k - reach);
  return side.flatMap((dy) =>
    side.flatMap((dx): [number, number][] => (Math.hypot(dx, dy) <= radius ? [[dx, dy]] : [])),
  );
}

/** Squares of the list that touch one another, also at a corner, as groups of indices; the group of the lowest index first. */
export function touching(columns: ArrayLike<number>, rows: ArrayLike<number>): number[][] {
  const near = squaresWithin(columns, rows, 1.5);
  const group = new Int32Array(columns.length).fill(-1);
  const groups: number[][] = [];
  for (let start = 0; start < columns.length; start++) {
    if (group[start] !== -1) continue;
    const members = [start];
    group[start] = groups.length;
    for (let at = 0; at < members.length; at++) {
      const place = members[at] as number;
      for (let pair = near.first[place] as number; pair < (near.first[place + 1] as number); pair++) {
        const next = near.other[pair] as number;
        if (group[next] !== -1) continue;
        group[next] = groups.length;
        members.push(next);
      }
    }
    groups.push(members);
  }
  return groups;
}
