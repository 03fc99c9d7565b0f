import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBytes, toBytes } from '#engine/network/binary.ts';
import { compileGraph, holdOf } from '#engine/network/graph.ts';
import type { Network } from '#engine/network/network.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { hangTargets, makeWays } from '#engine/reach/targets.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { flat, quarterS, type Town } from '../porto-alegre.ts';
import { heldMb, type Found } from './peer.ts';

/** This project's engine; memory is what a process gains that reads the network made before, as Valhalla reads its tiles. The ground between a hexagon's middle and its way is left out: no peer walks it. */
export function ours(open: () => Town, folder: string): Promise<Found> {
  const beganMs = performance.now();
  const { network, origins, targets } = open();
  const graph = compileGraph(network, flat);
  const loadMs = performance.now() - beganMs;
  const [from, to] = [origins, targets].map((snaps) => snaps.map((snap) => holdOf(graph, { ...snap, offsetM: 0 })));
  const walker = makeWalker(graph);
  const ways = makeWays(graph, walker, hangTargets(graph, to ?? []));
  const rounds: number[] = [];
  let walks: Found['walks'] = [];
  for (let round = 0; round < 7; round++) {
    walks = [];
    const startMs = performance.now();
    for (const [k, origin] of (from ?? []).entries()) {
      ways.from(origin, quarterS * 10);
      for (const target of ways.found()) walks.push([k, target, ways.timeTo(target) / 10]);
    }
    rounds.push((performance.now() - startMs) / 1000);
  }
  const best = Math.min(...rounds);
  const arcsPerS = walker.relaxed() / rounds.length / best;
  const found = {
    loadMs,
    memoryMb: heldBy(join(folder, 'ours.bin'), network),
    originsPerS: origins.length / best,
    arcsPerS,
    walks,
  };
  return Promise.resolve({ ...found, how: 'one bounded search for each origin, best of 7 rounds' });
}

/** Megabytes a process of its own gains by reading this network, its graph and its index of places. */
function heldBy(file: string, network: Network): number {
  writeFileSync(file, toBytes(network, sha256));
  const { stdout } = spawnSync(process.execPath, [import.meta.filename, file], { encoding: 'utf8' });
  return Number(stdout);
}

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

const [, self, read] = process.argv;
if (self === import.meta.filename && read !== undefined) {
  const before = heldMb();
  const network = fromBytes(new Uint8Array(readFileSync(read)), sha256);
  const [graph, snapper] = [compileGraph(network, flat), makeSnapper(network)];
  snapper.snap(-51.2, -30.03, 300);
  makeWalker(graph).walk([0], [0], quarterS * 10);
  process.stdout.write(String(heldMb() - before));
}
