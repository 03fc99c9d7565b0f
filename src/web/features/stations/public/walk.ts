import { distanceM } from '#kit/geo.ts';
import type { LonLatPoint } from '#web/map/layers.ts';
import type { StationList } from './api.ts';

export type Estimate = StationList['walking'][number];

/**
 * How long a way takes on foot, from the straight line: metres × detour ÷ speed. The walking network will replace this
 * one function; whoever shows the answer says "about".
 */
export function walkBetween(
  from: LonLatPoint,
  to: LonLatPoint,
  { detour, speedMps }: Estimate,
): { seconds: number; metres: number } {
  const metres = distanceM([from.lon, from.lat], [to.lon, to.lat]) * detour;
  return { seconds: metres / speedMps, metres };
}
