import type { Town } from '../porto-alegre.ts';

/** What a program found: every walk from a hexagon to a facility within a quarter of an hour. */
export interface Found {
  /** From the map to the first question. */
  loadMs: number;
  /** Grown since before loading. */
  memoryMb: number;
  originsPerS: number;
  /** Arcs looked at in a second, where that can be told. */
  arcsPerS?: number;
  /** [origin, target, seconds] */
  walks: [number, number, number][];
  /** How it was asked. */
  how: string;
}

/** A program that finds walks; a text says why it is not here. */
export type Peer = (open: () => Town, folder: string) => Promise<Found | string>;

/** The better of two rounds, in seconds: other programs of the machine disturb both. */
export async function better(round: () => Promise<void>): Promise<number> {
  const seconds: number[] = [];
  for (let k = 0; k < 2; k++) {
    const startMs = performance.now();
    await round();
    seconds.push((performance.now() - startMs) / 1000);
  }
  return Math.min(...seconds);
}

/** Megabytes this process holds. */
export const heldMb = (): number => process.memoryUsage().rss / 2 ** 20;

/** Straight metres; good to a thousandth within a town. */
export function straightM(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const perDegreeM = 111_195;
  return Math.hypot((a.lon - b.lon) * perDegreeM * Math.cos((a.lat * Math.PI) / 180), (a.lat - b.lat) * perDegreeM);
}
