import gcoordModule from 'gcoord';
import type { Snapper } from '#engine/network/snap.ts';

const gcoord = gcoordModule as unknown as (typeof gcoordModule)['default'];

/** Facilities that would lie nearer to streets if their coordinates were GCJ-02. */
export interface Shift {
  /** Share of them, 0 to 1. */
  share: number;
  /** How far they lie from a street as given, and taken as GCJ-02: medians, metres. */
  givenM: number;
  movedM: number;
}

const leastPlaces = 10;
/** Doors lie beside streets; as many as this of them nearer after moving, and twice as near, is no accident. */
const suspicious = { share: 0.7, nearer: 2 };
const lookM = 400;

/**
 * Whether places declared as WGS-84 look like GCJ-02, which lies 300 to 600 m away: in a town there is a street near any point,
 * so not the distance itself is telling but that it shrinks when the shift is undone. Null: nothing suspicious, or too few.
 */
export function findShift(snapper: Snapper, places: readonly { lon: number; lat: number }[]): Shift | null {
  if (places.length < leastPlaces) return null;
  const pairs = places.map(({ lon, lat }) => {
    const [x, y] = gcoord.transform([lon, lat], gcoord.GCJ02, gcoord.WGS84) as [number, number];
    return { given: offset(snapper, lon, lat), moved: offset(snapper, x, y) };
  });
  const share = pairs.filter(({ given, moved }) => moved < given).length / pairs.length;
  const [givenM, movedM] = [median(pairs.map(({ given }) => given)), median(pairs.map(({ moved }) => moved))];
  if (share < suspicious.share || givenM < movedM * suspicious.nearer) return null;
  return { share: Math.round(share * 100) / 100, givenM: Math.round(givenM), movedM: Math.round(movedM) };
}

const offset = (snapper: Snapper, lon: number, lat: number): number => snapper.snap(lon, lat, lookM)?.offsetM ?? lookM;
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
