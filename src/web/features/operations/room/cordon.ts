import type { LonLat } from '#kit/geo.ts';
import { degreesFor, distanceM } from '#kit/geo.ts';

/** What is drawn on the room's map while nobody has kept it yet: corners put down one after another, or a circle. */
export type CordonDraft =
  { shape: 'polygon'; corners: readonly LonLat[] } | { shape: 'circle'; centre: LonLat; radiusM: number };

export const cordonRadii = [10, 20, 30, 50, 100, 150, 200, 300, 500] as const;
const circleCorners = 48;

/** The closed ring of a circle of `radiusM` metres, counter-clockwise, as GeoJSON wants it. */
export function circleRing(centre: LonLat, radiusM: number): LonLat[] {
  const step = degreesFor(radiusM, centre[1]);
  const ring = Array.from({ length: circleCorners }, (_, n): LonLat => {
    const angle = (n / circleCorners) * 2 * Math.PI;
    return [centre[0] + step.lon * Math.cos(angle), centre[1] + step.lat * Math.sin(angle)];
  });
  return [...ring, ring[0] as LonLat];
}

/** The ring that would be kept; undefined while a polygon has fewer than three corners. */
export function ringOf(draft: CordonDraft): LonLat[] | undefined {
  if (draft.shape === 'circle') return circleRing(draft.centre, draft.radiusM);
  const [first] = draft.corners;
  if (first === undefined || draft.corners.length < 3) return undefined;
  const ring = [...draft.corners, first];
  return isCounterClockwise(ring) ? ring : ring.toReversed();
}

/** Length of the ring in metres: how much tape it takes. */
export function lengthM(ring: readonly LonLat[]): number {
  return ring.slice(1).reduce((sum, corner, n) => sum + distanceM(ring[n] as LonLat, corner), 0);
}

/** The corner `metres` east and north of another: keyboards move corners by steps. */
export function moved(corner: LonLat, eastM: number, northM: number): LonLat {
  const east = degreesFor(eastM, corner[1]);
  const north = degreesFor(northM, corner[1]);
  return [round(corner[0] + east.lon), round(corner[1] + north.lat)];
}

/** Seven decimals: a centimetre. */
function round(degrees: number): number {
  return Number(degrees.toFixed(7));
}

function isCounterClockwise(ring: readonly LonLat[]): boolean {
  const twice = ring.slice(1).reduce((sum, [x, y], n) => {
    const [a, b] = ring[n] as LonLat;
    return sum + (a * y - x * b);
  }, 0);
  return twice > 0;
}
