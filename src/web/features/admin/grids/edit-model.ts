import { forEachEdge, partsOf, pointKey, type AreaGeometry, type Ring } from '#engine/territory/geometry.ts';
import type { LonLat } from '#kit/geo.ts';

/**
 * Outlines while they are edited: code → shape. A corner belongs to every outline that has it, so moving it moves the
 * boundary of all of them (neighbours, the area above, the areas below) and no gap can open. Values, never changed in place.
 */
export type Shapes = ReadonlyMap<string, AreaGeometry>;

/** What was drawn, step by step. */
export interface History {
  readonly past: readonly Shapes[];
  readonly now: Shapes;
  readonly future: readonly Shapes[];
}

export function startHistory(now: Shapes): History {
  return { past: [], now, future: [] };
}

/** A step forward; what had been undone is forgotten. A step that changes nothing is none. */
export function step({ past, now, future }: History, next: Shapes): History {
  return next === now ? { past, now, future } : { past: [...past, now], now: next, future: [] };
}

export function undo(history: History): History {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return { past: history.past.slice(0, -1), now: last, future: [history.now, ...history.future] };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  return next === undefined ? history : { past: [...history.past, history.now], now: next, future };
}

/** Seven decimals, about a centimetre: the grid on which the engine compares corners. */
export function rounded([lon, lat]: LonLat): LonLat {
  return [Number(lon.toFixed(7)), Number(lat.toFixed(7))];
}

/** The corners of a shape in the order of its rings, the closing one left out. */
export function cornersOf(shape: AreaGeometry): LonLat[] {
  return ringsOfShape(shape).flatMap((ring) => ring.slice(0, -1));
}

/** Codes of all outlines that have this corner. */
export function holdersOf(shapes: Shapes, corner: LonLat): string[] {
  const key = pointKey(corner);
  return [...shapes].filter(([, shape]) => cornersOf(shape).some((one) => pointKey(one) === key)).map(([code]) => code);
}

/** Moves a corner in every outline that has it. Where nothing has it, or it does not move, the same shapes come back. */
export function moveCorner(shapes: Shapes, from: LonLat, to: LonLat): Shapes {
  const key = pointKey(from);
  const target = rounded(to);
  if (pointKey(target) === key) return shapes;
  return changeRings(shapes, (ring) =>
    ring.some((point) => pointKey(point) === key)
      ? ring.map((point): Ring[number] => (pointKey(point) === key ? [target[0], target[1]] : point))
      : ring,
  );
}

/** Puts a corner into the edge a–b (either direction) of every outline that has this edge. */
export function insertCorner(shapes: Shapes, a: LonLat, b: LonLat, at: LonLat): Shapes {
  const ends = new Set([pointKey(a), pointKey(b)]);
  const corner = rounded(at);
  if (ends.has(pointKey(corner))) return shapes;
  return changeRings(shapes, (ring) => {
    const index = ring.findIndex((point, k) => {
      const next = ring[k + 1];
      return (
        next !== undefined &&
        pointKey(point) !== pointKey(next) &&
        ends.has(pointKey(point)) &&
        ends.has(pointKey(next))
      );
    });
    return index < 0 ? ring : [...ring.slice(0, index + 1), [corner[0], corner[1]], ...ring.slice(index + 1)];
  });
}

/** Takes a corner out of every outline; rings keep at least three corners, else nothing changes anywhere. */
export function removeCorner(shapes: Shapes, corner: LonLat): Shapes {
  const key = pointKey(corner);
  let possible = true;
  const next = changeRings(shapes, (ring) => {
    if (!ring.some((point) => pointKey(point) === key)) return ring;
    const open = ring.slice(0, -1).filter((point) => pointKey(point) !== key);
    const [first] = open;
    if (first === undefined || open.length < 3) {
      possible = false;
      return ring;
    }
    return [...open, [first[0], first[1]]];
  });
  return possible ? next : shapes;
}

/** Codes whose outline differs from what it was. */
export function changedCodes(before: Shapes, after: Shapes): string[] {
  return [...after].filter(([code, shape]) => before.get(code) !== shape).map(([code]) => code);
}

/** The middle of every edge of a shape: where a corner can be put in. */
export function middlesOf(shape: AreaGeometry): { a: LonLat; b: LonLat; at: LonLat }[] {
  const middles: { a: LonLat; b: LonLat; at: LonLat }[] = [];
  for (const ring of ringsOfShape(shape))
    forEachEdge(ring, (a, b) => middles.push({ a, b, at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] }));
  return middles;
}

/** A closed polygon of three or more drawn corners; undefined before that. */
export function polygonOf(corners: readonly LonLat[]): { type: 'Polygon'; coordinates: Ring[] } | undefined {
  const [first] = corners;
  if (first === undefined || corners.length < 3) return undefined;
  return { type: 'Polygon', coordinates: [[...corners, first].map((point): Ring[number] => [point[0], point[1]])] };
}

function ringsOfShape(shape: AreaGeometry): Ring[] {
  return partsOf(shape).flat();
}

/** Applies `change` to every ring; shapes none of whose rings changed stay the same objects. */
function changeRings(shapes: Shapes, change: (ring: Ring) => Ring): Shapes {
  let any = false;
  const next = new Map<string, AreaGeometry>();
  for (const [code, shape] of shapes) {
    const parts = partsOf(shape);
    const changed = parts.map((rings) => rings.map(change));
    const same = changed.every((rings, p) => rings.every((ring, r) => ring === parts[p]?.[r]));
    any ||= !same;
    if (same) next.set(code, shape);
    else
      next.set(
        code,
        shape.type === 'Polygon'
          ? { type: 'Polygon', coordinates: changed[0] ?? [] }
          : { type: 'MultiPolygon', coordinates: changed },
      );
  }
  return any ? next : shapes;
}
