/** Where things happen: addresses and named places of the streets that have grids. */
import { pickOne, randomBetween, type Rng } from '#kit/random.ts';
import type { Geography } from '../geography/make-geography.ts';

export interface Spot {
  name: string;
  lon: number;
  lat: number;
}

export type Spots = ReadonlyMap<string, readonly Spot[]>;

/** Street code → spots, each as often as people live or walk there. */
export function makeSpots({ buildings, places }: Pick<Geography, 'buildings' | 'places'>): Spots {
  const spots = new Map<string, Spot[]>();
  const add = (areaCode: string | null, spot: Spot, times: number) => {
    if (areaCode === null || areaCode.length < 15) return;
    const street = areaCode.slice(0, 9);
    const there = spots.get(street) ?? [];
    spots.set(street, there);
    for (let k = 0; k < times; k++) there.push(spot);
  };
  for (const { areaCode, address, residents, lon, lat } of buildings) {
    add(areaCode, { name: address, lon, lat }, 1 + Math.min(4, Math.floor(residents / 60)));
  }
  for (const { areaCode, name, lon, lat } of places) add(areaCode, { name, lon, lat }, 12);
  return spots;
}

/** A position within some metres of a spot: nobody marks the same point twice. */
export function pickSpot(rng: Rng, spots: Spots, streetCode: string): Spot {
  const spot = pickOne(rng, spots.get(streetCode) ?? []);
  const shift = () => randomBetween(rng, -0.00006, 0.00006);
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return { name: spot.name, lon: round(spot.lon + shift()), lat: round(spot.lat + shift()) };
}
