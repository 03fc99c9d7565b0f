import { orient2d } from 'robust-predicates';
import { AppError } from '#kit/errors.ts';
import type { LonLat } from '#kit/geo.ts';
import { forEachEdge, geometryOf, partsOf, pointKey, ringsOf } from './geometry.ts';
import type { AreaGeometry, PolygonGeometry, Ring } from './geometry.ts';
import { sideOf } from './inside.ts';
import { assertValidGeometry, crossingPoint } from './ring-problems.ts';
import { traceFaces } from './trace.ts';
import type { DirectedEdge } from './trace.ts';

/** Crossings nearer than this to an existing corner use the corner (degrees; about 1 cm), so no sliver edges arise. */
export const snapDegrees = 1e-7;

export interface Split {
  /** Two or more polygons that tile the original, westernmost first. */
  parts: PolygonGeometry[];
  /**
   * New corners on the old outline. Neighbours and the parent must take them in (`weaveCorners`), otherwise their
   * straight edges miss the rounded corner by up to one unit in the last place.
   */
  corners: LonLat[];
}

/**
 * Cuts an area along a line (at least two positions, may bend). Pieces of the line that end inside the area are
 * ignored. Both sides of the cut have exactly the same corners. Throws `bad_input` for invalid shapes and when the line
 * does not go right through, with the place.
 */
export function splitArea(geometry: AreaGeometry, line: readonly LonLat[]): Split {
  const valid = assertValidGeometry(geometry);
  assertLine(line);
  const cutter = new Map<number, LonLat[]>();
  const corners = new Map<string, LonLat>();
  const outline: DirectedEdge[] = [];
  for (const ring of ringsOf(valid)) {
    forEachEdge(ring, (a, b) => {
      const stops = stopsOnEdge(a, b, line, cutter);
      for (const stop of stops) if (!same(stop, a) && !same(stop, b)) corners.set(pointKey(stop), stop);
      outline.push(...chainOf([a, ...stops, b]));
    });
  }
  const cuts = throughgoing(insidePieces(valid, line, cutter), outline);
  const parts = traceFaces([
    ...outline,
    ...cuts.flatMap(([a, b]): DirectedEdge[] => [
      [a, b],
      [b, a],
    ]),
  ]);
  if (parts.length <= partsOf(valid).length) {
    throw new AppError('bad_input', 'The line must cross the area from edge to edge. Draw both ends outside of it.', {
      field: 'line',
      at: line[0],
    });
  }
  const polygons = parts.map((coordinates): PolygonGeometry => ({ type: 'Polygon', coordinates }));
  return { parts: polygons.sort((p, q) => westOf(p) - westOf(q)), corners: [...corners.values()] };
}

/**
 * The geometry with extra corners where a given position lies on one of its edges (within about 1 cm), so that a
 * neighbour keeps sharing every corner after a split. Returns the same object when nothing lies on its edges.
 */
export function weaveCorners(geometry: AreaGeometry, corners: readonly LonLat[]): AreaGeometry {
  let changed = false;
  const parts = partsOf(geometry).map((rings) =>
    rings.map((ring): Ring => {
      const present = new Set(ring.map(pointKey));
      const missing = corners.filter((corner) => !present.has(pointKey(corner)));
      const woven: Ring = ring.slice(0, 1);
      forEachEdge(ring, (a, b) => {
        const on = missing.filter((corner) => isBeside(corner, a, b));
        on.sort((p, q) => along(p, a, b) - along(q, a, b));
        if (on.length > 0) changed = true;
        woven.push(...on.map((p): [number, number] => [p[0], p[1]]), [b[0], b[1]]);
      });
      return woven;
    }),
  );
  if (!changed) return geometry;
  return geometry.type === 'Polygon' ? geometryOf(parts) : { type: 'MultiPolygon', coordinates: parts };
}

function assertLine(line: readonly LonLat[]): void {
  const bad = line.find(([lon, lat]) => !(Math.abs(lon) <= 180 && Math.abs(lat) <= 90));
  if (line.length < 2 || bad !== undefined) {
    throw new AppError('bad_input', 'A cutting line needs at least two positions in WGS-84 degrees.', {
      field: 'line',
    });
  }
}

/** Positions on edge a–b where the line meets it, from a to b; notes each on the line's own segment as well. */
function stopsOnEdge(a: LonLat, b: LonLat, line: readonly LonLat[], cutter: Map<number, LonLat[]>): LonLat[] {
  const stops: LonLat[] = [];
  for (let s = 0; s + 1 < line.length; s++) {
    const [c, d] = [line[s], line[s + 1]];
    if (c === undefined || d === undefined) continue;
    for (const stop of meetings(a, b, c, d)) {
      const list = cutter.get(s);
      if (list === undefined) cutter.set(s, [stop]);
      else list.push(stop);
      if (!same(stop, a) && !same(stop, b)) stops.push(stop);
    }
  }
  return stops.sort((p, q) => along(p, a, b) - along(q, a, b));
}

/** Where segment c–d meets edge a–b, taking corners of the edge (then ends of the segment) instead of points close by. */
function meetings(a: LonLat, b: LonLat, c: LonLat, d: LonLat): LonLat[] {
  const near = [a, b].filter((corner) => distanceToEdge(corner, c, d) < snapDegrees);
  const ends = [c, d].filter((end) => distanceToEdge(end, a, b) < snapDegrees);
  const found = [...near, ...ends.filter((end) => !near.some((corner) => close(corner, end)))];
  if (found.length > 0) return found;
  const sides = orient2d(...a, ...b, ...c) * orient2d(...a, ...b, ...d);
  const ways = orient2d(...c, ...d, ...a) * orient2d(...c, ...d, ...b);
  return sides < 0 && ways < 0 ? [crossingPoint(a, b, c, d)] : [];
}

/** The pieces of the line between its stops that run through the inside. */
function insidePieces(geometry: AreaGeometry, line: readonly LonLat[], cutter: Map<number, LonLat[]>): DirectedEdge[] {
  const pieces: DirectedEdge[] = [];
  for (let s = 0; s + 1 < line.length; s++) {
    const [c, d] = [line[s], line[s + 1]];
    if (c === undefined || d === undefined) continue;
    const stops = (cutter.get(s) ?? []).toSorted((p, q) => along(p, c, d) - along(q, c, d));
    const inner = stops.filter((stop) => !close(stop, c) && !close(stop, d));
    const first = stops.find((stop) => close(stop, c)) ?? c;
    const last = stops.find((stop) => close(stop, d)) ?? d;
    for (const piece of chainOf([first, ...inner, last])) {
      const middle: LonLat = [(piece[0][0] + piece[1][0]) / 2, (piece[0][1] + piece[1][1]) / 2];
      if (sideOf(geometry, middle) > 0) pieces.push(piece);
    }
  }
  return pieces;
}

/** Drops pieces that hang loose at one end, again and again until none does. */
function throughgoing(pieces: DirectedEdge[], outline: DirectedEdge[]): DirectedEdge[] {
  const anchored = new Set(outline.map(([a]) => pointKey(a)));
  let kept = pieces;
  for (;;) {
    const degree = new Map<string, number>();
    for (const key of kept.flat().map(pointKey)) degree.set(key, (degree.get(key) ?? 0) + 1);
    const holds = (point: LonLat) => anchored.has(pointKey(point)) || (degree.get(pointKey(point)) ?? 0) > 1;
    const next = kept.filter(([a, b]) => holds(a) && holds(b));
    if (next.length === kept.length) return kept;
    kept = next;
  }
}

function chainOf(points: LonLat[]): DirectedEdge[] {
  const edges: DirectedEdge[] = [];
  let previous: LonLat | undefined;
  for (const point of points) {
    if (previous !== undefined && same(previous, point)) continue;
    if (previous !== undefined) edges.push([previous, point]);
    previous = point;
  }
  return edges;
}

function same(p: LonLat, q: LonLat): boolean {
  return p[0] === q[0] && p[1] === q[1];
}

function close(p: LonLat, q: LonLat): boolean {
  return Math.hypot(p[0] - q[0], p[1] - q[1]) < snapDegrees;
}

/** Place of p along a→b: 0 at a, 1 at b. */
function along(p: LonLat, a: LonLat, b: LonLat): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  return ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
}

/** On the edge within snapping distance, between its ends. */
function isBeside(p: LonLat, a: LonLat, b: LonLat): boolean {
  const place = along(p, a, b);
  return place > 0 && place < 1 && distanceToEdge(p, a, b) < snapDegrees;
}

/** Planar distance in degrees. */
function distanceToEdge(p: LonLat, a: LonLat, b: LonLat): number {
  const t = Math.max(0, Math.min(1, along(p, a, b)));
  return Math.hypot(a[0] + t * (b[0] - a[0]) - p[0], a[1] + t * (b[1] - a[1]) - p[1]);
}

function westOf(polygon: PolygonGeometry): number {
  return Math.min(...polygon.coordinates.flat().map(([lon]) => lon));
}
