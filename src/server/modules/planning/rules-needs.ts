import type { SitingData } from './siting-data.ts';

export interface NeedPlace {
  id: string;
  areaCode: string;
  /** Null: only the area is known. */
  lon: number | null;
  lat: number | null;
}

/**
 * Which needs a place answers: of one with a position, where the nearest home is within the limit of this place; of one of
 * which only the area is known, where at least half the people of that area are.
 * @param key of the candidate the place was
 */
export function needsServed(data: SitingData, key: string, needs: readonly NeedPlace[]): string[] {
  const served = servedBy(data, key);
  return needs
    .filter(({ areaCode, lon, lat }) =>
      lon === null || lat === null ? halfServed(data, served, areaCode) : served[nearestHome(data, lon, lat)] === 1,
    )
    .map(({ id }) => id);
}

/** By cell: 1 where the walk to this candidate is within the limit. */
function servedBy({ cells, candidates, walks, limitS }: SitingData, key: string): Uint8Array {
  const served = new Uint8Array(cells.code.length);
  const j = candidates.findIndex((one) => one.key === key);
  if (j < 0) return served;
  for (let cell = 0; cell < served.length; cell++)
    for (let k = walks.first[cell] as number; k < (walks.first[cell + 1] as number); k++)
      if (walks.candidate[k] === j && (walks.ds[k] as number) <= limitS * 10) served[cell] = 1;
  return served;
}

/** In the plane of the place: near enough to tell which home is nearest. */
function nearestHome({ cells }: SitingData, lon: number, lat: number): number {
  const shrink = Math.cos((lat * Math.PI) / 180);
  let best = -1;
  let least = Infinity;
  for (let k = 0; k < cells.code.length; k++) {
    const away = (((cells.lon[k] as number) - lon) * shrink) ** 2 + ((cells.lat[k] as number) - lat) ** 2;
    if (away < least) [best, least] = [k, away];
  }
  return best;
}

function halfServed({ cells }: SitingData, served: Uint8Array, areaCode: string): boolean {
  let [people, reached] = [0, 0];
  for (let k = 0; k < served.length; k++) {
    if (cells.areaCode[k]?.startsWith(areaCode) !== true) continue;
    people += cells.people[k] as number;
    if (served[k] === 1) reached += cells.people[k] as number;
  }
  return people > 0 && reached * 2 >= people;
}
