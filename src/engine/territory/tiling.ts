/**
 * Do sibling areas tile their parent? Two ways:
 *
 * - Exact, linear in time: when every directed edge of the children cancels against the opposite edge of a sibling or
 *   against the parent's outline, the winding numbers of children and parent are equal everywhere, so there is neither
 *   gap nor overlap nor anything outside.
 * - Otherwise the differences are computed and every piece larger than the tolerance is told with its place.
 */
import { difference, intersection, union } from 'polyclip-ts';
import type { LonLat } from '#kit/geo.ts';
import { partsOf, withRightWinding } from './geometry.ts';
import type { AreaGeometry, Bbox, PolygonGeometry, PolygonRings } from './geometry.ts';
import { representativePoint } from './inside.ts';
import { areaM2, bboxOf } from './measure.ts';
import { openEdges } from './merge.ts';
import { relationOf } from './relation.ts';
import { findRingProblems } from './ring-problems.ts';

export interface TiledArea {
  code: string;
  geometry: AreaGeometry;
}

export interface TilingProblem {
  kind: 'overlap' | 'gap' | 'outside' | 'invalid';
  /** The areas concerned: two for an overlap, one for outside and invalid, the parent (if known) for a gap. */
  codes: string[];
  /** A position inside the faulty piece; null only for an outline whose numbers are broken. */
  at: LonLat | null;
  areaM2: number;
  /** The faulty piece; null for an invalid outline. */
  geometry: PolygonGeometry | null;
  message: string;
}

export interface TilingOptions {
  /** Pieces up to this size are put down to rounding and not told. Default 1 m². */
  toleranceM2?: number;
}

export const defaultToleranceM2 = 1;

/**
 * All places where siblings overlap, leave a gap, or leave their parent. Without a parent only enclosed gaps are found.
 * Invalid outlines are told first and alone, because nothing sensible can be said of the rest. Empty answer: they tile.
 * Order: overlap, gap, outside; within each by codes in the order given, then largest piece first.
 */
export function checkTiling(
  children: readonly TiledArea[],
  parent?: TiledArea,
  { toleranceM2 = defaultToleranceM2 }: TilingOptions = {},
): TilingProblem[] {
  const invalid = [...children, ...(parent === undefined ? [] : [parent])].flatMap(invalidOf);
  if (invalid.length > 0) return invalid;
  const valid = children.map(({ code, geometry }) => ({ code, geometry: withRightWinding(geometry) }));
  const frame = parent && { code: parent.code, geometry: withRightWinding(parent.geometry) };
  if (frame !== undefined && tilesExactly(valid, frame)) return [];
  return [
    ...overlapsOf(valid, toleranceM2),
    ...gapsOf(valid, frame, toleranceM2),
    ...(frame === undefined ? [] : outsideOf(valid, frame, toleranceM2)),
  ];
}

/** True when children and parent cancel edge by edge; both must be valid and rightly wound. */
function tilesExactly(children: TiledArea[], parent: TiledArea): boolean {
  const outline = partsOf(parent.geometry).map((rings) => rings.map((ring) => ring.toReversed()));
  const hollow: AreaGeometry = { type: 'MultiPolygon', coordinates: outline };
  return openEdges([...children.map(({ geometry }) => geometry), hollow]).length === 0;
}

function invalidOf({ code, geometry }: TiledArea): TilingProblem[] {
  return findRingProblems(geometry).map(({ at, message }) => ({
    kind: 'invalid',
    codes: [code],
    at,
    areaM2: 0,
    geometry: null,
    message: `${code}: ${message}`,
  }));
}

function overlapsOf(children: TiledArea[], toleranceM2: number): TilingProblem[] {
  const boxes = children.map(({ geometry }) => bboxOf(geometry));
  return children.flatMap((a, i) =>
    children.slice(i + 1).flatMap((b, k) => {
      if (!boxesMeet(boxes[i], boxes[i + 1 + k]) || relationOf(a.geometry, b.geometry) === 'apart') return [];
      const common = intersection(partsOf(a.geometry), partsOf(b.geometry));
      return problems('overlap', [a.code, b.code], { pieces: common, toleranceM2 }, `${a.code} and ${b.code} overlap`);
    }),
  );
}

function gapsOf(children: TiledArea[], parent: TiledArea | undefined, toleranceM2: number): TilingProblem[] {
  const shapes = children.map(({ geometry }) => partsOf(geometry));
  if (parent !== undefined) {
    const left = difference(partsOf(parent.geometry), ...shapes);
    return problems('gap', [parent.code], { pieces: left, toleranceM2 }, `${parent.code} is not covered`);
  }
  const [first, ...rest] = shapes;
  if (first === undefined) return [];
  const holes = union(first, ...rest).flatMap(([, ...inner]) => inner.map((ring): PolygonRings => [ring.toReversed()]));
  return problems('gap', [], { pieces: holes, toleranceM2 }, 'The areas leave a gap');
}

function outsideOf(children: TiledArea[], parent: TiledArea, toleranceM2: number): TilingProblem[] {
  return children.flatMap(({ code, geometry }) => {
    if (relationOf(geometry, parent.geometry) === 'inside') return [];
    const out = difference(partsOf(geometry), partsOf(parent.geometry));
    return problems('outside', [code], { pieces: out, toleranceM2 }, `${code} leaves ${parent.code}`);
  });
}

/** Slivers are dropped before a place in them is sought: most are thinner than rounding and have none. */
function problems(
  kind: TilingProblem['kind'],
  codes: string[],
  { pieces, toleranceM2 }: { pieces: PolygonRings[]; toleranceM2: number },
  text: string,
): TilingProblem[] {
  return pieces
    .map((coordinates) => ({
      geometry: { type: 'Polygon' as const, coordinates },
      size: areaM2({ type: 'Polygon', coordinates }),
    }))
    .filter(({ size }) => size > toleranceM2)
    .map(({ geometry, size }): TilingProblem => {
      const at = representativePoint(geometry);
      const place = `${at[0].toFixed(6)}, ${at[1].toFixed(6)}`;
      return { kind, codes, at, areaM2: size, geometry, message: `${text} at ${place} (${size.toFixed(1)} m²).` };
    })
    .sort((p, q) => q.areaM2 - p.areaM2);
}

function boxesMeet(a: Bbox | undefined, b: Bbox | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
