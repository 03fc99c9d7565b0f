import { representativePoint } from '#engine/territory/inside.ts';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import type { LonLat } from '#kit/geo.ts';
import type { LiveTerritory } from './live-territory.ts';

const known = new WeakMap<AreaGeometry, LonLat>();

/**
 * A point that stands for the whole area (WGS-84, strictly inside), for publishing where something is without saying
 * at which house. An area without an outline is answered by the nearest one above that has one; null when none has.
 */
export function pointWithin(territory: LiveTerritory, code: string): LonLat | null {
  const { areas } = territory.maps();
  for (const above of areas.get(code)?.path.toReversed() ?? []) {
    const geometry = areas.get(above)?.geometry ?? null;
    if (geometry === null) continue;
    const point = known.get(geometry) ?? representativePoint(geometry);
    known.set(geometry, point);
    return point;
  }
  return null;
}
