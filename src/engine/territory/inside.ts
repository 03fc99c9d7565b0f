import { orient2d } from 'robust-predicates';
import type { LonLat } from '#kit/geo.ts';
import { partsOf, ringsOf } from './geometry.ts';
import type { AreaGeometry, Ring } from './geometry.ts';
import { bboxOf, centroid } from './measure.ts';

/** Where a point lies: 1 strictly inside, 0 exactly on an edge or corner, −1 outside. */
export type Side = 1 | 0 | -1;

/**
 * Exact position of a point against rings under the even-odd rule (so holes and several parts need no special care).
 * Uses Shewchuk's adaptive predicate: no rounding can put a point on the wrong side. Time O(edges).
 */
export function sideOfRings(rings: readonly Ring[], lon: number, lat: number): Side {
  let inside = false;
  for (const ring of rings) {
    let [ax, ay] = ring[ring.length - 1] ?? [0, 0];
    for (const [bx, by] of ring) {
      if (ay > lat !== by > lat) {
        const turn = orient2d(ax, ay, bx, by, lon, lat);
        if (turn === 0) return 0;
        // robust-predicates: positive when the point lies to the right of a→b, y pointing up.
        if (turn < 0 === by > ay) inside = !inside;
      } else if (isOnEdge(ax, ay, bx, by, lon, lat)) {
        return 0;
      }
      ax = bx;
      ay = by;
    }
  }
  return inside ? 1 : -1;
}

/** Only for edges that do not cross the point's latitude strictly: level edges and corners. */
function isOnEdge(ax: number, ay: number, bx: number, by: number, lon: number, lat: number): boolean {
  if (by === lat && bx === lon) return true;
  return ay === lat && by === lat && ax <= lon === lon <= bx;
}

/** Exact position of a point against a geometry: 1 inside, 0 on its boundary, −1 outside. */
export function sideOf(geometry: AreaGeometry, point: LonLat): Side {
  return sideOfRings(ringsOf(geometry), point[0], point[1]);
}

/** A sliver thinner than rounding has no cell with a centre inside; the search for one would double for ever. */
const mostCells = 100_000;

interface Cell {
  x: number;
  y: number;
  half: number;
  clearance: number;
  best: number;
}

/**
 * A point strictly inside the geometry and far from its edges: the centroid when that is good enough, otherwise the
 * centre of the largest inscribed circle to within 2 % of the shape's size (quadtree search after Agafonkin's
 * polylabel, 2016). For several parts the largest part is used. Deterministic.
 */
export function representativePoint(geometry: AreaGeometry): LonLat {
  const rings = largestPart(geometry);
  const part: AreaGeometry = { type: 'Polygon', coordinates: rings };
  const [west, south, east, north] = bboxOf(part);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const width = (east - west) * squeeze;
  const height = north - south;
  const size = Math.max(width, height);
  const cellAt = (x: number, y: number, half: number): Cell => {
    const clearance = clearanceOf(rings, x / squeeze, y, squeeze);
    return { x, y, half, clearance, best: clearance + half * Math.SQRT2 };
  };
  const middle = centroid(part);
  let found = cellAt(middle[0] * squeeze, middle[1], 0);
  if (found.clearance >= 0.3 * Math.min(width, height)) return middle;
  let open = [cellAt(west * squeeze + width / 2, south + height / 2, size / 2)];
  for (let round = 0; round < 40 && open.length > 0 && open.length < mostCells; round++) {
    for (const cell of open) if (cell.clearance > found.clearance) found = cell;
    open = open
      .filter((cell) => cell.best > found.clearance + 0.02 * size || found.clearance <= 0)
      .flatMap(({ x, y, half }) => {
        const h = half / 2;
        return [cellAt(x - h, y - h, h), cellAt(x + h, y - h, h), cellAt(x - h, y + h, h), cellAt(x + h, y + h, h)];
      })
      .filter((cell) => cell.best > Math.max(found.clearance, 0));
  }
  return [found.x / squeeze, found.y];
}

function largestPart(geometry: AreaGeometry): Ring[] {
  let largest: Ring[] = [];
  let area = -1;
  for (const rings of partsOf(geometry)) {
    const [west, south, east, north] = bboxOf({ type: 'Polygon', coordinates: rings });
    if ((east - west) * (north - south) > area) {
      area = (east - west) * (north - south);
      largest = rings;
    }
  }
  return largest;
}

/** Distance to the nearest edge in degrees of latitude; negative outside. `squeeze` shortens longitudes. */
function clearanceOf(rings: Ring[], lon: number, lat: number, squeeze: number): number {
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const a = ring[i - 1];
      const b = ring[i];
      if (a === undefined || b === undefined) continue;
      const dx = (b[0] - a[0]) * squeeze;
      const dy = b[1] - a[1];
      const px = (lon - a[0]) * squeeze;
      const py = lat - a[1];
      const length = dx * dx + dy * dy;
      const t = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
      nearest = Math.min(nearest, Math.hypot(px - t * dx, py - t * dy));
    }
  }
  return sideOfRings(rings, lon, lat) < 0 ? -nearest : nearest;
}
