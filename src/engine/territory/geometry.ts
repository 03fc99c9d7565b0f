/**
 * Shapes as GeoJSON (RFC 7946) writes them: WGS-84 degrees, longitude first, closed rings, outer ring counterclockwise.
 * Shapes across the antimeridian or a pole are not supported.
 */
import type { LonLat } from '#kit/geo.ts';

export type Ring = [lon: number, lat: number][];
export type PolygonRings = Ring[];

export interface PolygonGeometry {
  type: 'Polygon';
  coordinates: PolygonRings;
}

export interface MultiPolygonGeometry {
  type: 'MultiPolygon';
  coordinates: PolygonRings[];
}

export type AreaGeometry = PolygonGeometry | MultiPolygonGeometry;

export type Bbox = [west: number, south: number, east: number, north: number];

/** The parts of a geometry, whatever its type. The arrays are not copied. */
export function partsOf(geometry: AreaGeometry): PolygonRings[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}

/** One part becomes a Polygon, several a MultiPolygon. */
export function geometryOf(parts: PolygonRings[]): AreaGeometry {
  const [first] = parts;
  return parts.length === 1 && first !== undefined
    ? { type: 'Polygon', coordinates: first }
    : { type: 'MultiPolygon', coordinates: parts };
}

/** All rings of a geometry, outer rings and holes, part by part. */
export function ringsOf(geometry: AreaGeometry): Ring[] {
  return partsOf(geometry).flat();
}

/** Calls `visit(a, b)` for every edge of a closed ring, in order. */
export function forEachEdge(ring: Ring, visit: (a: LonLat, b: LonLat) => void): void {
  let previous: LonLat | undefined;
  for (const point of ring) {
    if (previous !== undefined) visit(previous, point);
    previous = point;
  }
}

/** A position as a map key; equal keys exactly when both numbers are equal (−0 counts as 0). */
export function pointKey(point: LonLat): string {
  return `${point[0] + 0},${point[1] + 0}`;
}

/** Twice the signed planar area in square degrees: positive when the ring runs counterclockwise. */
export function signedRingArea(ring: Ring): number {
  const [origin] = ring;
  if (origin === undefined) return 0;
  let sum = 0;
  forEachEdge(ring, (a, b) => {
    sum += (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]);
  });
  return sum;
}

/**
 * The same shape with the winding RFC 7946 asks for (outer rings counterclockwise, holes clockwise). Wrong winding is
 * the commonest and most harmless fault of imported outlines, so it is mended without a word. Rings are copied.
 */
export function withRightWinding(geometry: AreaGeometry): AreaGeometry {
  const parts = partsOf(geometry).map((rings) =>
    rings.map((ring, index): Ring => {
      const counterclockwise = signedRingArea(ring) > 0;
      return counterclockwise === (index === 0) ? [...ring] : ring.toReversed();
    }),
  );
  return geometry.type === 'Polygon' ? geometryOf(parts) : { type: 'MultiPolygon', coordinates: parts };
}
