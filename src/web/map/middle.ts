import type { LonLatPoint } from './layers.ts';

/** The middle of what is listed; null when nothing is. */
export function middleOf(points: readonly LonLatPoint[]): LonLatPoint | null {
  if (points.length === 0) return null;
  const mean = (of: (point: LonLatPoint) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  return { lon: mean(({ lon }) => lon), lat: mean(({ lat }) => lat) };
}
