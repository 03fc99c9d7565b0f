/**
 * Walking times on Porto Alegre (../shared/data/osm beside the project), one core: how many origins a second find all places
 * within a quarter of an hour, each of the hexagons being origin and place; how it grows with the network; how long loading
 * takes and how much it holds.
 *   node bench/reach.ts
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNetwork } from '#engine/network/build.ts';
import { compileGraph, holdOf, type Hold } from '#engine/network/graph.ts';
import { openGeoTiff } from '#engine/network/height-files.ts';
import type { Network } from '#engine/network/network.ts';
import { readWalkedWays } from '#engine/network/osm-ways.ts';
import type { WalkProfile } from '#engine/network/profile.ts';
import { openPbf } from '#engine/network/read-pbf.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { hangTargets, makeWays } from '#engine/reach/targets.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { count, tell } from './lib/figures.ts';

const folder = join(import.meta.dirname, '../../shared/data/osm/porto-alegre');
const quarterDs = 9_000;
const adult: WalkProfile = {
  flatMs: 1.1,
  slopeShare: 1,
  climbSecondsPerM: 6,
  descentSecondsPerM: 3,
  escalatorMs: 0.5,
  liftSeconds: 60,
  roughFactor: 1.2,
  refuses: 0,
};

/** The same town `side` × `side` times, side by side and not joined. */
function tiled(network: Network, side: number): Network {
  const span = 3_000_000; // wider than the town, in 1e-7 degrees
  const copies = Array.from(
    { length: side * side },
    (_, k) => [(k % side) * span, Math.floor(k / side) * span] as const,
  );
  const [nodes, points] = [network.nodeLon.length, network.shapeLon.length];
  const all = <T extends ArrayLike<number>>(of: T, shift: (value: number, copy: number) => number): number[] =>
    copies.flatMap((_, copy) => Array.from(of, (value) => shift(value, copy)));
  const same = (value: number): number => value;
  const east = (value: number, copy: number): number => value + (copies[copy]?.[0] ?? 0);
  const north = (value: number, copy: number): number => value + (copies[copy]?.[1] ?? 0);
  return {
    nodeLon: Int32Array.from(all(network.nodeLon, east)),
    nodeLat: Int32Array.from(all(network.nodeLat, north)),
    edgeFrom: Uint32Array.from(all(network.edgeFrom, (value, copy) => value + copy * nodes)),
    edgeTo: Uint32Array.from(all(network.edgeTo, (value, copy) => value + copy * nodes)),
    edgeLengthCm: Uint32Array.from(all(network.edgeLengthCm, same)),
    edgeFlags: Uint16Array.from(all(network.edgeFlags, same)),
    edgeLifts: Uint8Array.from(all(network.edgeLifts, same)),
    shapeFirst: Uint32Array.from([
      ...all(network.shapeFirst.subarray(0, -1), (value, copy) => value + copy * points),
      points * copies.length,
    ]),
    shapeLon: Int32Array.from(all(network.shapeLon, east)),
    shapeLat: Int32Array.from(all(network.shapeLat, north)),
    shapeHeightDm: Int16Array.from(all(network.shapeHeightDm, same)),
  };
}

function run(network: Network, places: readonly (readonly [number, number])[], what: string): void {
  const graph = compileGraph(network, adult);
  const snapper = makeSnapper(network);
  const holds = places.flatMap(([lon, lat]): Hold[] => {
    const found = snapper.snap(lon, lat, 500);
    return found === null ? [] : [holdOf(graph, found)];
  });
  const walker = makeWalker(graph);
  const ways = makeWays(graph, walker, hangTargets(graph, holds));
  const rounds: number[] = [];
  let pairs = 0;
  const before = walker.relaxed();
  for (let round = 0; round < 7; round++) {
    const startMs = performance.now();
    pairs = 0;
    for (const origin of holds) pairs += ways.from(origin, quarterDs);
    rounds.push((performance.now() - startMs) / 1000);
  }
  const best = Math.min(...rounds);
  const arcs = (walker.relaxed() - before) / rounds.length;
  tell(
    `${what}: origins a second`,
    count(holds.length / best),
    `${holds.length} origins, ${count(pairs)} pairs, ${(arcs / best / 1e6).toFixed(0)} M arcs a second, ${((arcs * 8) / best / 1e9).toFixed(2)} GB/s of arcs`,
  );
}

if (existsSync(folder)) {
  const startMs = performance.now();
  const heights = await openGeoTiff(new Uint8Array(readFileSync(join(folder, 'poa_elevation.tif'))));
  const { network, report } = buildNetwork(
    readWalkedWays(openPbf(new Uint8Array(readFileSync(join(folder, 'poa_osm.pbf'))))),
    heights,
  );
  const bytes = Object.values(network as unknown as Record<string, Uint8Array>).reduce(
    (sum, array) => sum + array.byteLength,
    0,
  );
  tell(
    'loading: .osm.pbf and heights to a network, ms',
    (performance.now() - startMs).toFixed(0),
    `${count(report.nodes)} nodes, ${count(report.edges)} edges, ${(bytes / 2 ** 20).toFixed(1)} MiB`,
  );
  const [head, ...rows] = readFileSync(join(folder, 'poa_hexgrid.csv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.replaceAll('"', '').split(',')) as unknown as [string[], ...string[][]];
  const [x, y] = [head.indexOf('lon'), head.indexOf('lat')];
  const places = rows.map((row) => [Number(row[x]), Number(row[y])] as const);
  for (const side of [1, 2, 4])
    run(side === 1 ? network : tiled(network, side), places, `${side * side} × the network`);
}
