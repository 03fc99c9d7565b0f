import type { Isochrone } from './isochrone.ts';

/** Whether a point lies in an outline: even–odd over all rings. */
export function isPointIn(geometry: Isochrone['geometry'] | undefined, [x, y]: readonly [number, number]): boolean {
  let inside = false;
  for (const ring of geometry?.coordinates.flat() ?? [])
    for (let k = 0, before = ring.length - 1; k < ring.length; before = k++) {
      const [[ax = 0, ay = 0] = [], [bx = 0, by = 0] = []] = [ring[k], ring[before]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  return inside;
}
