/** Do two shapes share ground? For questions between areas and shapes that come from elsewhere (warnings, plumes). */
import { orient2d } from 'robust-predicates';
import type { LonLat } from '#kit/geo.ts';
import { forEachEdge, ringsOf, type AreaGeometry, type Bbox } from './geometry.ts';
import { representativePoint, sideOf, type Side } from './inside.ts';
import { bboxOf } from './measure.ts';

/** How a lies to b: `apart` (no common ground), `within` (a wholly in b), `meets` (a part of a lies in b). */
export type Meeting = 'apart' | 'within' | 'meets';

type Edge = readonly [LonLat, LonLat];

/** Common borders alone are no common ground. Time O(edges of a × edges of b near a). */
export function meetingOf(a: AreaGeometry, b: AreaGeometry): Meeting {
  const box = bboxOf(a);
  if (!boxesMeet(box, bboxOf(b))) return 'apart';
  const edgesA = edgesOf(a);
  const near = edgesOf(b).filter(([p, q]) => boxesMeet(box, boxOfEdge(p, q)));
  if (edgesA.some((e) => near.some((f) => cross(e, f)))) return 'meets';
  const sides: Side[] = pointsOf(edgesA).map((point) => sideOf(b, point));
  if (!sides.some((side) => side !== 0)) sides.push(sideOf(b, representativePoint(a)));
  const inside = sides.some((side) => side > 0);
  const hollow = pointsOf(near).some((point) => sideOf(a, point) > 0);
  if (!inside) return hollow ? 'meets' : 'apart';
  return hollow || sides.some((side) => side < 0) ? 'meets' : 'within';
}

function edgesOf(geometry: AreaGeometry): Edge[] {
  const edges: Edge[] = [];
  for (const ring of ringsOf(geometry)) forEachEdge(ring, (a, b) => edges.push([a, b]));
  return edges;
}

/** Corners and middles: an edge that touches only with its corners still lies on one side. */
function pointsOf(edges: readonly Edge[]): LonLat[] {
  return edges.flatMap(([a, b]) => [a, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const]);
}

function boxOfEdge(a: LonLat, b: LonLat): Bbox {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
}

function boxesMeet(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** Edges that go through one another; touching is no crossing. */
function cross([a, b]: Edge, [c, d]: Edge): boolean {
  if (!boxesMeet(boxOfEdge(a, b), boxOfEdge(c, d))) return false;
  const s1 = orient2d(...a, ...b, ...c) * orient2d(...a, ...b, ...d);
  const s2 = orient2d(...c, ...d, ...a) * orient2d(...c, ...d, ...b);
  return s1 < 0 && s2 < 0;
}
