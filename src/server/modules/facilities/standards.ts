/** The standards in force: the norm, and above it what a city or a district has said of its own. */
import type { Tx } from '#server/db/pool.ts';
import { facilityClasses, type FacilityClass } from './dictionary.ts';
import { listStandards, type StandardRow } from './store-standards.ts';

/** A class with the values that count in an area. */
export type Standard = FacilityClass & {
  /** Whose word counts; null: the norm's. */
  own: { areaCode: string; version: number } | null;
};

/** Pure: the norm under the words of a path, of which the district's goes before the city's. */
export function standardsUnder(
  classes: Iterable<FacilityClass>,
  words: readonly StandardRow[],
  path: readonly string[],
): Standard[] {
  return [...classes].map((norm) => {
    const own = path
      .toReversed()
      .map((code) => words.find(({ areaCode, classCode }) => areaCode === code && classCode === norm.code))
      .find((word) => word !== undefined && hasValues(word));
    if (own === undefined) return { ...norm, own: null };
    return {
      ...norm,
      walkMin: own.walkMin ?? norm.walkMin,
      radiusM: own.radiusM ?? norm.radiusM,
      perPeople: own.perPeople ?? norm.perPeople,
      own: { areaCode: own.areaCode, version: own.version },
    };
  });
}

const hasValues = ({ walkMin, radiusM, perPeople }: StandardRow): boolean =>
  walkMin !== null || radiusM !== null || perPeople !== null;

/** The standards in force on a path of areas (city, district, …), in the order of the dictionary. A run records them. */
export async function standardsFor(tx: Tx, path: readonly string[]): Promise<Standard[]> {
  return standardsUnder(facilityClasses().values(), await listStandards(tx, path), path);
}
