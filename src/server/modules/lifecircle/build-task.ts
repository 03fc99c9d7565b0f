import { buildNetwork, type BuildReport } from '#engine/network/build.ts';
import { NetworkError } from '#engine/network/network-error.ts';
import type { Network } from '#engine/network/network.ts';
import { readWalkedWays } from '#engine/network/osm-ways.ts';
import { openOsmXml } from '#engine/network/read-osm-xml.ts';
import { openPbf } from '#engine/network/read-pbf.ts';
import { taskAt } from '#server/compute/index.ts';

/** A refusal travels as data: an error that crosses threads loses what kind it was. */
type Built = { network: Network; report: BuildReport } | { refused: string };

/** The pool's task: a walking network of a file of OpenStreetMap (.osm.pbf, .osm), without heights. */
export const buildTask = taskAt<{ file: Uint8Array }, Built>(new URL(import.meta.url));

/** Runs in a worker. */
export function run({ file }: { file: Uint8Array }): Built {
  try {
    const xml = file[0] === 0x3c || (file[0] === 0xef && file[3] === 0x3c); // '<', perhaps behind a byte order mark
    const source = xml ? openOsmXml(new TextDecoder().decode(file)) : openPbf(file);
    return buildNetwork(readWalkedWays(source), null);
  } catch (error) {
    if (error instanceof NetworkError) return { refused: error.message };
    throw error;
  }
}
