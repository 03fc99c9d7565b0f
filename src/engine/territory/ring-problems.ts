import { orient2d } from 'robust-predicates';
import type { LonLat } from '#kit/geo.ts';
import { AppError } from '#kit/errors.ts';
import { partsOf, signedRingArea, withRightWinding } from './geometry.ts';
import type { AreaGeometry, Ring } from './geometry.ts';
import { sideOfRings } from './inside.ts';

export type RingFault =
  | 'not_a_number'
  | 'out_of_range'
  | 'too_few_points'
  | 'not_closed'
  | 'no_area'
  | 'crosses_itself'
  | 'rings_cross'
  | 'hole_outside';

export interface RingProblem {
  fault: RingFault;
  /** Where, as far as it can be shown on a map; null when the numbers themselves are broken. */
  at: LonLat | null;
  message: string;
}

/**
 * Everything that makes outlines unusable: empty or short rings, NaN, positions that are not WGS-84 degrees, open
 * rings, rings that cross or touch themselves along an edge, crossing rings, holes outside. Wrong winding is not a
 * problem (see `withRightWinding`). An empty answer means the geometry is valid. Time O(n log n) for usual outlines.
 */
export function findRingProblems(geometry: AreaGeometry): RingProblem[] {
  const parts = partsOf(geometry);
  if (parts.length === 0 || parts.some((rings) => rings.length === 0)) {
    return [{ fault: 'too_few_points', at: null, message: 'The outline has no rings; a polygon needs at least one.' }];
  }
  const simple = parts.flat().flatMap(numberProblems);
  if (simple.length > 0) return simple;
  const crossings = crossingProblems(parts.flat());
  return crossings.length > 0 ? crossings : parts.flatMap(holeProblems);
}

/**
 * The geometry with right winding, or `bad_input` with the first problem and its place in `detail.at`.
 */
export function assertValidGeometry(geometry: AreaGeometry): AreaGeometry {
  const [problem] = findRingProblems(geometry);
  if (problem !== undefined) {
    throw new AppError('bad_input', problem.message, { field: 'geometry', fault: problem.fault, at: problem.at });
  }
  return withRightWinding(geometry);
}

function numberProblems(ring: Ring): RingProblem[] {
  const bad = ring.find(([lon, lat]) => !Number.isFinite(lon) || !Number.isFinite(lat));
  if (bad !== undefined) {
    const message = `Coordinates must be numbers, found [${bad.join(', ')}].`;
    return [{ fault: 'not_a_number', at: null, message }];
  }
  const far = ring.find(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90);
  if (far !== undefined) {
    const message = `Expected longitude −180…180 and latitude −90…90 (longitude first), found ${show(far)}. Projected metres or swapped axes? Convert to WGS-84 degrees.`;
    return [{ fault: 'out_of_range', at: null, message }];
  }
  const [first] = ring;
  const last = ring.at(-1);
  if (first === undefined || last === undefined || ring.length < 4) {
    const message = `A ring needs at least 4 positions (the first repeated at the end), found ${ring.length}.`;
    return [{ fault: 'too_few_points', at: first ?? null, message }];
  }
  if (first[0] !== last[0] || first[1] !== last[1]) {
    const message = `A ring must end where it begins: begins at ${show(first)}, ends at ${show(last)}. Repeat the first position.`;
    return [{ fault: 'not_closed', at: last, message }];
  }
  if (signedRingArea(ring) === 0) {
    return [{ fault: 'no_area', at: first, message: `The ring at ${show(first)} encloses no area.` }];
  }
  return [];
}

interface Edge {
  ring: number;
  place: number;
  count: number;
  a: LonLat;
  b: LonLat;
  west: number;
  east: number;
}

/** Sweep from west to east over the edges' boxes; at most one problem for each ring or pair of rings is told. */
function crossingProblems(rings: Ring[]): RingProblem[] {
  const edges = rings.flatMap(edgesOf).sort((e, f) => e.west - f.west);
  const told = new Map<string, RingProblem>();
  let open: Edge[] = [];
  for (const edge of edges) {
    open = open.filter((other) => other.east >= edge.west);
    for (const other of open) {
      const key = `${Math.min(edge.ring, other.ring)}/${Math.max(edge.ring, other.ring)}`;
      if (told.has(key)) continue;
      const at = edge.ring === other.ring ? meetingInRing(edge, other) : properCrossing(edge, other);
      if (at === undefined) continue;
      const own = edge.ring === other.ring;
      const fault = own ? 'crosses_itself' : 'rings_cross';
      const message = own ? `The outline crosses itself at ${show(at)}.` : `Two rings cross at ${show(at)}.`;
      told.set(key, { fault, at, message });
    }
    open.push(edge);
  }
  return [...told.values()];
}

function edgesOf(ring: Ring, index: number): Edge[] {
  const edges: Edge[] = [];
  for (let k = 1; k < ring.length; k++) {
    const a = ring[k - 1];
    const b = ring[k];
    if (a === undefined || b === undefined || (a[0] === b[0] && a[1] === b[1])) continue;
    const place = edges.length;
    edges.push({ ring: index, place, count: 0, a, b, west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) });
  }
  for (const edge of edges) edge.count = edges.length;
  return edges;
}

/** Neighbouring edges may share their corner but not run back over one another; all others may not even touch. */
function meetingInRing(e: Edge, f: Edge): LonLat | undefined {
  const [first, second] = e.place < f.place ? [e, f] : [f, e];
  const gap = second.place - first.place;
  if (gap === 1) return foldsBack(first, second) ? first.b : undefined;
  if (gap === first.count - 1) return foldsBack(second, first) ? first.a : undefined;
  return touch(e, f);
}

function foldsBack(before: Edge, after: Edge): boolean {
  if (orient2d(...before.a, ...before.b, ...after.b) !== 0) return false;
  const [ux, uy] = [before.b[0] - before.a[0], before.b[1] - before.a[1]];
  return ux * (after.b[0] - after.a[0]) + uy * (after.b[1] - after.a[1]) < 0;
}

/** Rings of one geometry may touch in points, not cross. */
function properCrossing(e: Edge, f: Edge): LonLat | undefined {
  const s1 = Math.sign(orient2d(...e.a, ...e.b, ...f.a));
  const s2 = Math.sign(orient2d(...e.a, ...e.b, ...f.b));
  const s3 = Math.sign(orient2d(...f.a, ...f.b, ...e.a));
  const s4 = Math.sign(orient2d(...f.a, ...f.b, ...e.b));
  return s1 * s2 < 0 && s3 * s4 < 0 ? crossingPoint(e.a, e.b, f.a, f.b) : undefined;
}

function touch(e: Edge, f: Edge): LonLat | undefined {
  const crossing = properCrossing(e, f);
  if (crossing !== undefined) return crossing;
  if (liesOn(e.a, f)) return e.a;
  if (liesOn(e.b, f)) return e.b;
  if (liesOn(f.a, e)) return f.a;
  return liesOn(f.b, e) ? f.b : undefined;
}

function liesOn(p: LonLat, { a, b }: Edge): boolean {
  const between = (x: number, u: number, v: number) => x >= Math.min(u, v) && x <= Math.max(u, v);
  return between(p[0], a[0], b[0]) && between(p[1], a[1], b[1]) && orient2d(...a, ...b, ...p) === 0;
}

/** Where the lines through a–b and c–d meet; call only when they do. */
export function crossingPoint(a: LonLat, b: LonLat, c: LonLat, d: LonLat): LonLat {
  const [rx, ry] = [b[0] - a[0], b[1] - a[1]];
  const [sx, sy] = [d[0] - c[0], d[1] - c[1]];
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / (rx * sy - ry * sx);
  return [a[0] + t * rx, a[1] + t * ry];
}

function holeProblems(rings: Ring[]): RingProblem[] {
  const [outer, ...holes] = rings;
  if (outer === undefined) return [];
  return holes.flatMap((hole): RingProblem[] => {
    const out = hole.find(([lon, lat]) => sideOfRings([outer], lon, lat) < 0);
    return out === undefined
      ? []
      : [{ fault: 'hole_outside', at: out, message: `A hole leaves its outline at ${show(out)}.` }];
  });
}

function show(point: LonLat): string {
  return `${point[0].toFixed(6)}, ${point[1].toFixed(6)}`;
}
