/** Town for tests: a rectangle cut again and again by random lines; neighbours share every corner. */
import { pickOne, randomBetween, seededRandom } from '#kit/random.ts';
import type { LonLat } from '#kit/geo.ts';
import type { AreaGeometry, PolygonGeometry } from './geometry.ts';
import { bboxOf } from './measure.ts';
import { splitArea, weaveCorners } from './split.ts';

export const squareKm: PolygonGeometry = {
  type: 'Polygon',
  coordinates: [
    [
      [106.55, 29.55],
      [106.56, 29.55],
      [106.56, 29.56],
      [106.55, 29.56],
      [106.55, 29.55],
    ],
  ],
};

/** A line right across the middle region of a shape, with a bend. */
export function randomCut(rng: () => number, geometry: AreaGeometry): LonLat[] {
  const [west, south, east, north] = bboxOf(geometry);
  const x = () => randomBetween(rng, west + 0.3 * (east - west), east - 0.3 * (east - west));
  const y = () => randomBetween(rng, south + 0.3 * (north - south), north - 0.3 * (north - south));
  const bend: LonLat = [x(), y()];
  return rng() < 0.5
    ? [[x(), south - 0.001], bend, [x(), north + 0.001]]
    : [[west - 0.001, y()], bend, [east + 0.001, y()]];
}

/** Cuts the square `cuts` times; the parent takes in new corners as its children do. */
export function randomTiling(seed: number, cuts: number): { parent: AreaGeometry; children: AreaGeometry[] } {
  const rng = seededRandom(seed);
  let parent: AreaGeometry = squareKm;
  let children: AreaGeometry[] = [squareKm];
  for (let n = 0; n < cuts; n++) {
    const chosen = pickOne(rng, children);
    const { parts, corners } = splitArea(chosen, randomCut(rng, chosen));
    children = children.flatMap((child) => (child === chosen ? parts : [weaveCorners(child, corners)]));
    parent = weaveCorners(parent, corners);
  }
  return { parent, children };
}
