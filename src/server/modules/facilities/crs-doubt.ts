/** Whether a file's points are in another coordinate system than it says: known places tell. */
import type { facilityRoutes } from '#contract/facilities.ts';
import type { Output } from '#contract/route.ts';
import { distanceM } from '#kit/geo.ts';
import { convert } from '#server/modules/grids/index.ts';

/** A point of the file, and where the same place is known to be; WGS-84 degrees as far as the file says so. */
export interface KnownPoint {
  stated: readonly [lon: number, lat: number];
  known: readonly [lon: number, lat: number];
}

export type CrsDoubt = Output<typeof facilityRoutes.import>['crsDoubt'];

export interface DoubtRules {
  /** At least so many points must agree. */
  rows: number;
  /** Metres a point must lie from where it is known to be. */
  fromM: number;
  /** Metres it may lie off when converted. */
  fitsM: number;
}

/**
 * Pure: points shifted by what GCJ-02 (or BD-09) shifts, and back in their place once converted. Null when fewer than
 * `rows` of them, or fewer than half of all known ones, say so.
 */
export function doubtOf(points: readonly KnownPoint[], { rows, fromM, fitsM }: DoubtRules): CrsDoubt {
  for (const likely of ['gcj02', 'bd09'] as const) {
    const shifts = points.flatMap(({ stated, known }) => {
      const shift = distanceM(stated, known);
      const converted = convert([...stated], likely) as [number, number];
      return shift >= fromM && distanceM(converted, known) <= fitsM ? [shift] : [];
    });
    if (shifts.length >= rows && shifts.length * 2 >= points.length)
      return {
        by: 'known',
        likely,
        rows: shifts.length,
        medianM: Math.round(shifts.toSorted((a, b) => a - b)[shifts.length >> 1] ?? 0),
      };
  }
  return null;
}
