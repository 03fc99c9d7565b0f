/**
 * The plane on which the demo town is drawn: metres east and north of 106.55° E, 29.56° N. All drawing is done here;
 * positions become degrees once, at the end, so that shared corners stay shared.
 */
import type { Position } from './geojson.ts';

export type Xy = readonly [x: number, y: number];

const origin = { lon: 106.55, lat: 29.56 };
const metresPerDegree = { lon: 96_907, lat: 110_859 }; // at 29.56° N on WGS-84

/**
 * Bends straight lines into the curves of a hill town. Smooth, without folds (its derivative stays below 0.6), and the
 * same for all layers, so rivers, streets and outlines keep fitting.
 */
export function bent([x, y]: Xy): Xy {
  const dx =
    62 * Math.sin(y / 560 + 0.9) +
    26 * Math.sin(y / 190 + 0.4) +
    14 * Math.sin((x + y) / 120) +
    6 * Math.sin(y / 61 - x / 95);
  const dy =
    58 * Math.sin(x / 690 - 0.5) +
    24 * Math.sin(x / 210 + 1.1) +
    13 * Math.sin((x - 1.3 * y) / 130) +
    6 * Math.sin(x / 67 + y / 110);
  return [x + dx, y + dy];
}

/** The place that `bent` moves to this one, to a millimetre: its bends are gentle, so a few rounds of correcting suffice. */
export function unbent(place: Xy): Xy {
  let at = place;
  for (let round = 0; round < 24; round++) {
    const [x, y] = bent(at);
    at = [at[0] + place[0] - x, at[1] + place[1] - y];
  }
  return at;
}

/** Metres on the plane, after bending, of a position in degrees. */
export function fromPosition([lon, lat]: readonly [lon: number, lat: number]): Xy {
  return [(lon - origin.lon) * metresPerDegree.lon, (lat - origin.lat) * metresPerDegree.lat];
}

/** Degrees, rounded to 6 decimals (0.1 m). */
export function toPosition([x, y]: Xy): Position {
  return [round6(origin.lon + x / metresPerDegree.lon), round6(origin.lat + y / metresPerDegree.lat)];
}

function round6(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

export function distance(a: Xy, b: Xy): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** The point at share t (0–1) of the way from a to b. */
export function between(a: Xy, b: Xy, t: number): Xy {
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

/** Consecutive pairs of a line; with `closed` also last → first. */
export function pairsOf<T>(items: readonly T[], closed = false): [T, T][] {
  const pairs: [T, T][] = [];
  items.forEach((item, k) => {
    const next = items[k + 1] ?? (closed ? items[0] : undefined);
    if (next !== undefined) pairs.push([item, next]);
  });
  return pairs;
}

/** A smooth line through the given points (Catmull–Rom), with points at most about `stepM` apart. */
export function smooth(points: readonly Xy[], stepM: number): Xy[] {
  const first = points[0];
  if (first === undefined) return [];
  const line: Xy[] = [first];
  pairsOf(points).forEach(([b, c], k) => {
    const a = points[k - 1] ?? b;
    const d = points[k + 2] ?? c;
    const pieces = Math.max(1, Math.ceil(distance(b, c) / stepM));
    for (let n = 1; n <= pieces; n++) line.push(catmullRom(a, b, c, d, n / pieces));
  });
  return line;
}

function catmullRom(a: Xy, b: Xy, c: Xy, d: Xy, t: number): Xy {
  const at = (p: number, q: number, r: number, s: number) =>
    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t * t + (3 * q - p - 3 * r + s) * t * t * t);
  return [at(a[0], b[0], c[0], d[0]), at(a[1], b[1], c[1], d[1])];
}

/** The same line with points at most `stepM` apart on its straight pieces. */
export function densified(points: readonly Xy[], stepM: number): Xy[] {
  const line = points.slice(0, 1);
  for (const [a, b] of pairsOf(points)) {
    const pieces = Math.max(1, Math.ceil(distance(a, b) / stepM));
    for (let n = 1; n <= pieces; n++) line.push(n === pieces ? b : between(a, b, n / pieces));
  }
  return line;
}

/** Signed area in m², positive when the (unclosed) ring runs counterclockwise. */
export function ringArea(ring: readonly Xy[]): number {
  return pairsOf(ring, true).reduce((sum, [a, b]) => sum + (a[0] * b[1] - b[0] * a[1]) / 2, 0);
}

export function ringCentre(ring: readonly Xy[]): Xy {
  const [ox, oy] = ring[0] ?? [0, 0];
  let [x, y, weight] = [0, 0, 0];
  for (const [a, b] of pairsOf(ring, true)) {
    const cross = (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy);
    x += (a[0] + b[0] - 2 * ox) * cross;
    y += (a[1] + b[1] - 2 * oy) * cross;
    weight += 3 * cross;
  }
  return weight === 0 ? [ox, oy] : [ox + x / weight, oy + y / weight];
}

/** Even-odd rule; the ring is not closed. Plain loops here and below: these two run millions of times. */
export function isInRing(ring: readonly Xy[], [x, y]: Xy): boolean {
  let inside = false;
  let a = ring[ring.length - 1];
  for (const b of ring) {
    if (a !== undefined && a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
      inside = !inside;
    a = b;
  }
  return inside;
}

/** Distance in metres to a line, or with `closed` to a ring's border. */
export function distanceToLine([x, y]: Xy, line: readonly Xy[], closed = false): number {
  let nearest = Infinity;
  let a = closed ? line[line.length - 1] : line[0];
  for (const b of line) {
    if (a === undefined) break;
    const dx = b[0] - a[0];
    const dy = b[1] - a[1];
    const t = Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy || 1)));
    const offX = a[0] + t * dx - x;
    const offY = a[1] + t * dy - y;
    nearest = Math.min(nearest, offX * offX + offY * offY);
    a = b;
  }
  return Math.sqrt(nearest);
}
