/** Networks in memory: read once from the file store, with their snapper and the graphs of those who walk. */
import { createHash } from 'node:crypto';
import { fromBytes } from '#engine/network/binary.ts';
import { compileGraph, type WalkGraph } from '#engine/network/graph.ts';
import type { Network } from '#engine/network/network.ts';
import type { WalkProfile } from '#engine/network/profile.ts';
import { makeSnapper, type Snapper } from '#engine/network/snap.ts';
import { share } from '#server/compute/index.ts';
import { systemScope } from '#server/db/scope.ts';
import { NetworkError } from '#engine/network/network-error.ts';
import { AppError } from '#kit/errors.ts';
import type { LifecircleParts } from './parts.ts';
import { findNetwork, listNetworks } from './store-network.ts';

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

export interface LoadedNetwork {
  version: string;
  name: string;
  districts: readonly string[];
  network: Network;
  snapper: Snapper;
  /** Compiled once for each walker and sense. */
  graph(profile: WalkProfile, sense: WalkGraph['sense']): WalkGraph;
}

export interface Networks {
  /** The latest network of the district an area lies in; undefined when none was imported. */
  forArea(areaCode: string): Promise<LoadedNetwork | undefined>;
  /** @throws AppError not_found */
  load(version: string): Promise<LoadedNetwork>;
}

/** Two or three versions are asked for at a time: before and after. */
const keptInMemory = 3;
const graphsKept = 8;

export function createNetworks(parts: Pick<LifecircleParts, 'database' | 'files' | 'territory'>): Networks {
  const { database, files, territory } = parts;
  const held = new Map<string, Promise<LoadedNetwork>>();

  async function read(version: string): Promise<LoadedNetwork> {
    const row = await database.read(systemScope, (tx) => findNetwork(tx, version));
    const file = row && (await files.find(row.storageKey));
    if (row === undefined || file === undefined)
      throw new AppError('not_found', 'There is no such walking network. Look it up in the list of networks.');
    const chunks: Buffer[] = [];
    for await (const chunk of file.stream()) chunks.push(chunk as Buffer);
    return loadNetwork(row, Buffer.concat(chunks));
  }

  function load(version: string): Promise<LoadedNetwork> {
    const known = held.get(version);
    if (known !== undefined) return known;
    const reading = read(version);
    held.set(version, reading);
    reading.catch(() => held.delete(version));
    for (const old of [...held.keys()].slice(0, -keptInMemory)) held.delete(old);
    return reading;
  }

  return {
    load,
    async forArea(areaCode) {
      const district = territory.area(areaCode)?.path.find((code) => territory.area(code)?.tier === 'district');
      const [row] = await database.read(systemScope, (tx) => listNetworks(tx, district));
      return row === undefined ? undefined : load(row.version);
    },
  };
}

/** @throws NetworkError when the bytes are not what was stored */
export function loadNetwork(
  row: { version: string; name: string; districts: readonly string[] },
  bytes: Uint8Array,
): LoadedNetwork {
  const network = share(fromBytes(bytes, sha256));
  const graphs = new Map<string, WalkGraph>();
  let snapper: Snapper | undefined;
  return {
    ...row,
    network,
    get snapper() {
      return (snapper ??= makeSnapper(network));
    },
    graph(profile, sense) {
      const key = `${sense} ${JSON.stringify(profile)}`;
      const graph = graphs.get(key) ?? share(compileGraph(network, profile, sense));
      graphs.set(key, graph);
      for (const old of [...graphs.keys()].slice(0, -graphsKept)) graphs.delete(old);
      return graph;
    },
  };
}

/** What the engine refuses, as a refusal of ours. */
export function toRefusal(error: unknown): unknown {
  return error instanceof NetworkError ? new AppError('upload_refused', error.message, { reason: error.code }) : error;
}
