import { union } from 'polyclip-ts';
import { AppError } from '#kit/errors.ts';
import type { LonLat } from '#kit/geo.ts';
import { forEachEdge, partsOf, pointKey, ringsOf } from './geometry.ts';
import type { AreaGeometry, PolygonGeometry, PolygonRings } from './geometry.ts';
import { representativePoint } from './inside.ts';
import { areaM2 } from './measure.ts';
import { assertValidGeometry, findRingProblems } from './ring-problems.ts';
import { snapDegrees, weaveCorners } from './split.ts';
import { traceFaces } from './trace.ts';
import type { DirectedEdge } from './trace.ts';

/**
 * One polygon from areas that touch along edges. Corners shared by two areas cancel exactly, all corners of the common
 * outline are kept as they were, so the neighbours still fit. Areas that overlap, or meet with a gap of less than about
 * 1 cm, are joined as well. Throws `bad_input` when fewer than two are given, one is invalid, or they do not form one
 * piece (`detail.at` is a place in a piece left over).
 */
export function mergeAreas(geometries: readonly AreaGeometry[]): PolygonGeometry {
  if (geometries.length < 2) {
    throw new AppError('bad_input', `Merging needs at least two areas, found ${geometries.length}.`, {
      field: 'areas',
    });
  }
  const valid = snapped(geometries.map(assertValidGeometry));
  const corners = valid.flatMap((geometry) => ringsOf(geometry).flat());
  const woven = valid.map((geometry) => weaveCorners(geometry, corners));
  const pieces = cancelled(woven) ?? clipped(valid);
  const [only] = pieces;
  if (only === undefined || pieces.length > 1) {
    const left = pieces.at(-1) ?? [];
    throw new AppError(
      'bad_input',
      `Only areas that touch along an edge can be merged; these form ${pieces.length} separate pieces. Choose neighbours.`,
      { field: 'areas', at: representativePoint({ type: 'Polygon', coordinates: left }) },
    );
  }
  return { type: 'Polygon', coordinates: only };
}

/** Moves corners that lie within snapping distance of an earlier corner onto it. */
function snapped(geometries: AreaGeometry[]): AreaGeometry[] {
  const cells = new Map<string, LonLat>();
  const settle = (corner: LonLat): [number, number] => {
    const [x, y] = [Math.round(corner[0] / snapDegrees), Math.round(corner[1] / snapDegrees)];
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const known = cells.get(`${x + dx},${y + dy}`);
        if (known === undefined) continue;
        if (Math.hypot(known[0] - corner[0], known[1] - corner[1]) < snapDegrees) return [known[0], known[1]];
      }
    }
    cells.set(`${x},${y}`, corner);
    return [corner[0], corner[1]];
  };
  return geometries.map((geometry) => {
    const parts = partsOf(geometry).map((rings) => rings.map((ring) => ring.map(settle)));
    return { type: 'MultiPolygon', coordinates: parts };
  });
}

/** Edges that no other area runs through the opposite way: the outline of all. Directed, area on the left. */
export function openEdges(geometries: readonly AreaGeometry[]): DirectedEdge[] {
  const open = new Map<string, DirectedEdge[]>();
  for (const geometry of geometries) {
    for (const ring of ringsOf(geometry)) forEachEdge(ring, (a, b) => addEdge(open, a, b));
  }
  return [...open.values()].flat();
}

function addEdge(open: Map<string, DirectedEdge[]>, a: LonLat, b: LonLat): void {
  const [from, to] = [pointKey(a), pointKey(b)];
  if (from === to) return;
  const opposite = open.get(`${to} ${from}`);
  if (opposite !== undefined && opposite.length > 0) {
    opposite.pop();
    return;
  }
  const list = open.get(`${from} ${to}`);
  if (list === undefined) open.set(`${from} ${to}`, [[a, b]]);
  else list.push([a, b]);
}

/** The union by cancelling common edges, or undefined when the areas do not simply lie side by side. */
function cancelled(geometries: AreaGeometry[]): PolygonRings[] | undefined {
  const pieces = traceFaces(openEdges(geometries));
  const before = geometries.reduce((sum, geometry) => sum + areaM2(geometry), 0);
  const after = areaM2({ type: 'MultiPolygon', coordinates: pieces });
  if (pieces.length !== 1 || Math.abs(after - before) > 1e-9 * before) return undefined;
  return findRingProblems({ type: 'MultiPolygon', coordinates: pieces }).length === 0 ? pieces : undefined;
}

function clipped(geometries: AreaGeometry[]): PolygonRings[] {
  const [first, ...rest] = geometries.map(partsOf);
  return first === undefined ? [] : union(first, ...rest);
}
