import { equalHashes, type Hash } from '#engine/merkle/hash.ts';
import { toHex } from '#engine/merkle/hex.ts';
import type { Network } from './network.ts';
import { NetworkError } from './network-error.ts';

const magic = 0x4e_57_47_48; // 'HGWN' read as little-endian
/** Grows with every change of the layout. */
export const networkVersion = 1;

/** Arrays in the order of the file. */
const layout = [
  ['nodeLon', Int32Array], ['nodeLat', Int32Array], ['edgeFrom', Uint32Array], ['edgeTo', Uint32Array],
  ['edgeLengthCm', Uint32Array], ['shapeFirst', Uint32Array], ['shapeLon', Int32Array], ['shapeLat', Int32Array],
  ['edgeFlags', Uint16Array], ['shapeHeightDm', Int16Array], ['edgeLifts', Uint8Array],
] as const satisfies readonly (readonly [keyof Network, unknown])[]; // prettier-ignore
/** magic, version, lengths of nodes, edges, shape points, reserved; then 32 bytes of SHA-256 over all that follows it. */
const headBytes = 24 + 32;

/**
 * The bytes of a network, little-endian: a head, a checksum, the arrays one after another, each beginning at a multiple of
 * four. The same network gives the same bytes.
 * @param hash SHA-256
 */
export function toBytes(network: Network, hash: Hash): Uint8Array {
  const arrays = layout.map(([name]) => network[name]);
  const bytes = new Uint8Array(headBytes + arrays.reduce((sum, { byteLength }) => sum + padded(byteLength), 0));
  const head = new DataView(bytes.buffer);
  const numbers = [magic, networkVersion, network.nodeLon.length, network.edgeFrom.length, network.shapeLon.length, 0];
  numbers.forEach((number, k) => head.setUint32(4 * k, number, true));
  let at = headBytes;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += padded(array.byteLength);
  }
  bytes.set(hash(bytes.subarray(headBytes)), 24);
  return bytes;
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;

/**
 * Reads what `toBytes` wrote. The arrays look into `bytes` without copying where its offset allows.
 * @throws NetworkError network_file_broken: cut short, changed or none; network_file_other_version: written by another version
 */
export function fromBytes(given: Uint8Array, hash: Hash): Network {
  const bytes = given.byteOffset % 4 === 0 ? given : given.slice();
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headBytes || head.getUint32(0, true) !== magic)
    throw new NetworkError(
      'network_file_broken',
      `Expected a network written by this program, found ${bytes.length} bytes of something else. Build the network again.`,
    );
  const version = head.getUint32(4, true);
  if (version !== networkVersion)
    throw new NetworkError(
      'network_file_other_version',
      `Expected version ${networkVersion} of the network's file, found ${version}. Build the network again.`,
    );
  const [nodes, edges, points] = [8, 12, 16].map((at) => head.getUint32(at, true)) as [number, number, number];
  const lengths = lengthsOf(nodes, edges, points);
  const whole = layout.reduce((sum, [name, of]) => sum + padded(lengths[name] * of.BYTES_PER_ELEMENT), headBytes);
  const sound = whole === bytes.length && equalHashes(hash(bytes.subarray(headBytes)), bytes.subarray(24, headBytes));
  if (!sound)
    throw new NetworkError(
      'network_file_broken',
      `Expected ${whole} bytes with their checksum, found ${bytes.length} or others. The file was cut short or changed; build the network again.`,
    );
  let at = bytes.byteOffset + headBytes;
  const read = layout.map(([name, of]) => {
    const array = new of(bytes.buffer as ArrayBuffer, at, lengths[name]);
    at += padded(array.byteLength);
    return [name, array];
  });
  return Object.fromEntries(read) as unknown as Network;
}

function lengthsOf(nodes: number, edges: number, points: number): Record<keyof Network, number> {
  return {
    nodeLon: nodes, nodeLat: nodes, edgeFrom: edges, edgeTo: edges, edgeLengthCm: edges, edgeFlags: edges, edgeLifts: edges,
    shapeFirst: edges + 1, shapeLon: points, shapeLat: points, shapeHeightDm: points,
  }; // prettier-ignore
}

/** The version of a network in words: what results carry so that they can be made again. 64 hexadecimal digits. */
export function networkHash(network: Network, hash: Hash): string {
  return toHex(toBytes(network, hash).subarray(24, headBytes));
}
