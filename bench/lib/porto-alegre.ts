import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNetwork } from '#engine/network/build.ts';
import type { Network } from '#engine/network/network.ts';
import { readWalkedWays } from '#engine/network/osm-ways.ts';
import type { WalkProfile } from '#engine/network/profile.ts';
import { openPbf } from '#engine/network/read-pbf.ts';
import { makeSnapper, type Snap } from '#engine/network/snap.ts';

const folder = join(import.meta.dirname, '../../../shared/data/osm/porto-alegre');
export const isThere = existsSync(folder);
export const mapFile = join(folder, 'poa_osm.pbf');

/** 1.1 m/s on everything, whatever rises: what every peer can be told. */
export const flat: WalkProfile = {
  flatMs: 1.1, slopeShare: 0, climbSecondsPerM: 0, descentSecondsPerM: 0, escalatorMs: 1.1, liftSeconds: 0, roughFactor: 1, refuses: 0,
}; // prettier-ignore
export const quarterS = 900;

/** The town with where its hexagons and facilities hang on it. */
export interface Town {
  network: Network;
  /** Hexagons with a way within 300 m. */
  origins: Snap[];
  /** Hexagons with a school or a place of health care. */
  targets: Snap[];
}

/** Loads the map without heights and hangs 1,227 hexagons on it. */
export function openTown(): Town {
  const { network } = buildNetwork(readWalkedWays(openPbf(new Uint8Array(readFileSync(mapFile)))), null);
  const snapper = makeSnapper(network);
  const [head = [], ...rows] = readFileSync(join(folder, 'poa_hexgrid.csv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(','));
  const value = (row: readonly string[], column: string): number => Number(row[head.indexOf(column)]);
  const hang = (list: readonly (readonly string[])[]): Snap[] =>
    list.map((row) => snapper.snap(value(row, 'lon'), value(row, 'lat'), 300)).filter((snap) => snap !== null);
  const facilities = rows.filter((row) => value(row, 'schools') > 0 || value(row, 'healthcare') > 0);
  return { network, origins: hang(rows), targets: hang(facilities) };
}
