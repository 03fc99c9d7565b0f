import { createHash } from 'node:crypto';
import { fromBytes, networkHash } from '#engine/network/binary.ts';
import { buildNetwork, type BuildReport } from '#engine/network/build.ts';
import { joinFields, openGeoTiff, openHgt } from '#engine/network/height-files.ts';
import type { HeightField } from '#engine/network/heights.ts';
import { NetworkError } from '#engine/network/network-error.ts';
import { perDegree, type Network } from '#engine/network/network.ts';
import { readWalkedWays, type OsmSource } from '#engine/network/osm-ways.ts';
import { openOsmXml } from '#engine/network/read-osm-xml.ts';
import { openPbf } from '#engine/network/read-pbf.ts';
import { unknownHeights } from '#engine/network/unknown-heights.ts';
import { textOption, UsageError, type Io, type Options } from '../command.ts';
import { readNamed, unpacked } from './open-files.ts';
import type { Progress } from './progress.ts';

/** A walking network, and the map it was made of where that was given. */
export interface Ground {
  network: Network;
  /** 64 hexadecimal digits: the version of the network. */
  hash: string;
  osm: OsmSource | null;
}

/** Options of every command that needs a network. */
export const groundOptions = {
  network: { type: 'string' },
  osm: { type: 'string' },
  elevation: { type: 'string', multiple: true },
} as const;

export const groundHelp = [
  '  --network <net.bin>      a network made by huangge lifecircle network',
  '  --osm <map>              a map of OpenStreetMap: .osm.pbf, .osm or .osm.gz; without --network one is made of it',
  '  --elevation <heights>    GeoTIFF in WGS-84 degrees or SRTM .hgt, also zipped or gzipped; may be given several times',
].join('\n');

export const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

/** Reads or makes the network and says what became of it. @throws UsageError, NetworkError */
export async function openGround(io: Io, options: Options, progress: Progress): Promise<Ground> {
  const [binary, map] = [textOption(options, 'network'), textOption(options, 'osm')];
  const osm = map === undefined ? null : openMap(io, map);
  if (binary !== undefined) {
    const network = fromBytes(readNamed(io, binary), sha256);
    return { network, hash: networkHash(network, sha256), osm };
  }
  if (osm === null) throw new UsageError('Expected --network <net.bin> or --osm <map>, found neither.');
  const field = await openHeights(io, options);
  progress.step('building the network');
  const { network, report } = buildNetwork(readWalkedWays(osm), field);
  if (report.edges === 0) throw emptyMap(map ?? '');
  tellReport(io, report, network);
  return { network, hash: networkHash(network, sha256), osm };
}

function emptyMap(name: string): NetworkError {
  return new NetworkError(
    'osm_empty',
    `Expected ways that may be walked in ${name}, found none. Give a map of streets.`,
  );
}

function openMap(io: Io, name: string): OsmSource {
  const { bytes } = unpacked(name, readNamed(io, name), ['.pbf', '.osm']);
  return isXml(bytes) ? openOsmXml(new TextDecoder().decode(bytes)) : openPbf(bytes);
}

/** A text file begins with '<', maybe after a byte-order mark or blanks. */
function isXml(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1')
    .decode(bytes.subarray(0, 64))
    .replace(/^\u00EF\u00BB\u00BF/, '')
    .trimStart()
    .startsWith('<');
}

async function openHeights(io: Io, options: Options): Promise<HeightField | null> {
  const names = options['elevation'];
  if (!Array.isArray(names)) return null;
  const fields: HeightField[] = [];
  for (const said of names.map(String)) {
    const { name, bytes } = unpacked(said, readNamed(io, said), ['.hgt', '.tif', '.tiff']);
    fields.push(name.toLowerCase().endsWith('.hgt') ? openHgt(name, bytes) : await openGeoTiff(bytes));
  }
  return joinFields(fields);
}

const kilometres = (metres: number): string => `${(metres / 1000).toFixed(metres < 10_000 ? 1 : 0)} km`;

/** What was left out and what is not known, so that nobody is surprised later. */
function tellReport(io: Io, report: BuildReport, network: Network): void {
  io.out(
    `Network: ${count(report.nodes)} corners, ${count(report.edges)} ways between them, ${kilometres(report.lengthM)}.`,
  );
  if (report.missingNodes > 0)
    io.err(
      `${count(report.missingNodes)} corners of ways are not in the map: it was cut out without them. Ways end there.`,
    );
  if (report.islandCount > 0) {
    const longest = report.islands[0];
    io.err(
      `${count(report.islandCount)} parts with ${count(report.islandEdges)} ways are not joined to the largest and were left out; the longest, ` +
        `${kilometres(longest?.lengthM ?? 0)}, lies at ${longest?.lon.toFixed(5)}, ${longest?.lat.toFixed(5)}. Islands, or a bridge or crossing missing in the map.`,
    );
  }
  if (report.heightKnown === null) io.err('No --elevation: every way is walked as flat.');
  else
    for (const { tile, lengthM } of unknownHeights(network))
      io.err(
        `No height for ${kilometres(lengthM)} in tile ${tile}: walked as flat there. Give --elevation ${tile}.hgt.`,
      );
}

export const count = (value: number): string => Math.round(value).toLocaleString('en');

/** West, south, east, north of a network in degrees. */
export function boundsOf({ nodeLon, nodeLat }: Network): [number, number, number, number] {
  const bounds: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < nodeLon.length; k++) {
    const [x, y] = [(nodeLon[k] as number) / perDegree, (nodeLat[k] as number) / perDegree];
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}
