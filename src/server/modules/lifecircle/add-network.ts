import { AppError } from '#kit/errors.ts';
import { fromBytes } from '#engine/network/binary.ts';
import { edgeFlag, perDegree, unknownHeight, type Network } from '#engine/network/network.ts';
import type { BuildReport } from '#engine/network/build.ts';
import type { Tx } from '#server/db/pool.ts';
import type { FileStore } from '#server/files/file-store.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { sha256, toRefusal } from './networks.ts';
import { findNetwork, insertNetwork, type NetworkRow, type NetworkStats } from './store-network.ts';

export interface NetworkWish {
  /** What engine/network/binary wrote. */
  bytes: Uint8Array;
  name: string;
  /** Codes of the districts it serves, at least one. */
  districts: readonly string[];
  source: string;
  /** What was left out when it was built, where that is known. */
  report?: Pick<BuildReport, 'islandCount' | 'islandEdges'>;
  atMs: number;
}

/**
 * Keeps a network under its own hash: the bytes in the file store, the row and its ledger line in the caller's transaction.
 * The same network a second time changes nothing.
 * @throws AppError upload_refused when the bytes are no network
 */
export async function addNetwork(
  tx: Tx,
  files: FileStore,
  wish: NetworkWish,
  actor: Actor,
): Promise<{ network: NetworkRow; same: boolean }> {
  const network = readNetwork(wish.bytes);
  const version = Buffer.from(wish.bytes.subarray(24, 56)).toString('hex');
  const row: NetworkRow = {
    version,
    name: wish.name,
    districts: [...wish.districts],
    ...boundsOf(network),
    stats: statsOf(network, wish.report),
    source: wish.source,
    storageKey: `networks/${version}.bin`,
    bytes: wish.bytes.length,
    accountId: actor.accountId,
    createdAt: new Date(wish.atMs),
  };
  await files.put(row.storageKey, wish.bytes);
  if (!(await insertNetwork(tx, row))) return { network: (await findNetwork(tx, version)) ?? row, same: true };
  await append(tx, {
    actor: ledgerActor(actor),
    action: 'walk_network.add',
    subject: { type: 'walk_network', id: version },
    district: row.districts[0] ?? '',
    audience: row.districts.map((code) => `a:${code}`),
    atMs: wish.atMs,
    data: { version, districts: row.districts, nodes: row.stats.nodes, edges: row.stats.edges, bytes: row.bytes },
    words: { name: row.name, source: row.source },
  });
  return { network: row, same: false };
}

function readNetwork(bytes: Uint8Array): Network {
  let network: Network;
  try {
    network = fromBytes(bytes, sha256);
  } catch (error) {
    throw toRefusal(error);
  }
  if (network.edgeFrom.length > 0) return network;
  throw new AppError('upload_refused', 'Expected a network with at least one way, found an empty one. Build it again.');
}

function boundsOf({ shapeLon, shapeLat }: Network): Pick<NetworkRow, 'west' | 'south' | 'east' | 'north'> {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const lon of shapeLon) [west, east] = [Math.min(west, lon), Math.max(east, lon)];
  for (const lat of shapeLat) [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  return { west: west / perDegree, south: south / perDegree, east: east / perDegree, north: north / perDegree };
}

function statsOf(network: Network, report: NetworkWish['report']): NetworkStats {
  const metres = (bits: number): number =>
    Math.round(
      network.edgeLengthCm.reduce(
        (sum, cm, e) => (bits === 0 || (network.edgeFlags[e] as number) & bits ? sum + cm : sum),
        0,
      ) / 100,
    );
  const known = network.shapeHeightDm.reduce((sum, height) => sum + (height === unknownHeight ? 0 : 1), 0);
  return {
    nodes: network.nodeLon.length,
    edges: network.edgeFrom.length,
    lengthM: metres(0),
    stairsM: metres(edgeFlag.steps),
    offGroundM: metres(edgeFlag.offGround),
    heightKnown: known === 0 ? null : Math.round((known / network.shapeHeightDm.length) * 1000) / 1000,
    islandCount: report?.islandCount ?? null,
    islandEdges: report?.islandEdges ?? null,
  };
}
