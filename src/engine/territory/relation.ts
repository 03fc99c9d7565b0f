/** A quick, exact judgement for pairs of neighbours, so that the costly clipping is left to the doubtful few. */
import { orient2d } from 'robust-predicates';
import type { LonLat } from '#kit/geo.ts';
import { forEachEdge, ringsOf } from './geometry.ts';
import type { AreaGeometry, Ring } from './geometry.ts';
import { sideOfRings } from './inside.ts';

export type Relation = 'apart' | 'inside' | 'unsure';

type Edge = readonly [LonLat, LonLat];

/**
 * How a lies to b: `apart` (interiors do not meet), `inside` (a within b), or `unsure`. Sure only for single rings whose
 * edges are either common to both or do not touch except in common corners: then every other edge lies wholly inside or
 * wholly outside the other shape, and its middle tells which. Time O(edges of a × edges of b).
 */
export function relationOf(a: AreaGeometry, b: AreaGeometry): Relation {
  const [ringA, ringB] = [onlyRing(a), onlyRing(b)];
  if (ringA === undefined || ringB === undefined) return 'unsure';
  const [edgesA, edgesB] = [edgesOf(ringA), edgesOf(ringB)];
  const common = new Set<Edge>();
  for (const e of edgesA) {
    for (const f of edgesB) {
      if (!boxesTouch(e, f)) continue;
      if (isSameEdge(e, f)) common.add(e).add(f);
      else if (touchOffCorners(e, f)) return 'unsure';
    }
  }
  const sidesA = sidesOf(edgesA, common, ringB);
  const sidesB = sidesOf(edgesB, common, ringA);
  if (sidesB !== 'outside') return 'unsure';
  return sidesA === 'outside' ? 'apart' : sidesA === 'inside' ? 'inside' : 'unsure';
}

function onlyRing(geometry: AreaGeometry): Ring | undefined {
  const rings = ringsOf(geometry);
  return rings.length === 1 ? rings[0] : undefined;
}

function edgesOf(ring: Ring): Edge[] {
  const edges: Edge[] = [];
  forEachEdge(ring, (a, b) => edges.push([a, b]));
  return edges;
}

/** Where all edges that are not common lie to the other ring; undefined when mixed or when there are none. */
function sidesOf(edges: Edge[], common: Set<Edge>, other: Ring): 'inside' | 'outside' | undefined {
  let found: 'inside' | 'outside' | undefined;
  for (const edge of edges) {
    if (common.has(edge)) continue;
    const [a, b] = edge;
    const side = sideOfRings([other], (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    const now = side > 0 ? 'inside' : 'outside';
    if (side === 0 || (found !== undefined && found !== now)) return undefined;
    found = now;
  }
  return found;
}

function boxesTouch([a, b]: Edge, [c, d]: Edge): boolean {
  return (
    Math.min(a[0], b[0]) <= Math.max(c[0], d[0]) &&
    Math.min(c[0], d[0]) <= Math.max(a[0], b[0]) &&
    Math.min(a[1], b[1]) <= Math.max(c[1], d[1]) &&
    Math.min(c[1], d[1]) <= Math.max(a[1], b[1])
  );
}

function isSame(p: LonLat, q: LonLat): boolean {
  return p[0] === q[0] && p[1] === q[1];
}

function isSameEdge([a, b]: Edge, [c, d]: Edge): boolean {
  return (isSame(a, c) && isSame(b, d)) || (isSame(a, d) && isSame(b, c));
}

/** True when the edges cross, or a corner of one lies on the other away from its corners. */
function touchOffCorners(e: Edge, f: Edge): boolean {
  const [a, b] = e;
  const [c, d] = f;
  const [s1, s2] = [Math.sign(orient2d(...a, ...b, ...c)), Math.sign(orient2d(...a, ...b, ...d))];
  const [s3, s4] = [Math.sign(orient2d(...c, ...d, ...a)), Math.sign(orient2d(...c, ...d, ...b))];
  if (s1 * s2 < 0 && s3 * s4 < 0) return true;
  return (
    (s1 === 0 && isStrictlyOn(c, e)) ||
    (s2 === 0 && isStrictlyOn(d, e)) ||
    (s3 === 0 && isStrictlyOn(a, f)) ||
    (s4 === 0 && isStrictlyOn(b, f))
  );
}

/** For a point on the edge's line. */
function isStrictlyOn(p: LonLat, [a, b]: Edge): boolean {
  return !isSame(p, a) && !isSame(p, b) && boxesTouch([p, p], [a, b]);
}
