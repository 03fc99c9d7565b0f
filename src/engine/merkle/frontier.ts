/**
 * The frontier ("compact range"): the roots of the complete subtrees that make up a growing tree, one for each 1-bit of
 * its size, largest first. It is all that is needed to append leaves and to know the root: at most 53 hashes.
 *
 * Method: the stack with which RFC 9162 §2.1.2 verifies a tree head from its entries, kept between appends.
 */
import { emptyRoot, HASH_BYTES, nodeHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { nodesOfRange } from './ranges.ts';
import type { NodeId } from './ranges.ts';
import { refuseHashes, refuseSize, throwRefusal } from './refusal.ts';

/** Immutable. Invariant: nodes.length is the number of 1-bits of size; every node has 32 bytes. */
export interface Frontier {
  readonly size: number;
  readonly nodes: readonly Uint8Array[];
}

/** A complete subtree with its hash, to be stored once and never changed. */
export interface MerkleNode extends NodeId {
  hash: Uint8Array;
}

/** A frontier after appending, and the subtrees that became complete by it, in order of completion. */
export interface Appended {
  frontier: Frontier;
  completed: MerkleNode[];
}

/** The frontier of the tree without leaves. */
export const EMPTY_FRONTIER: Frontier = { size: 0, nodes: [] };

/**
 * Appends one leaf, given by its leaf hash (not its content). `completed` starts with the leaf itself, (0, old size), and
 * goes on upwards; over n appends it holds fewer than 2n nodes. O(log size).
 * Throws RangeError if the leaf hash is not 32 bytes long or the tree is full (2^53 - 1 leaves).
 */
export function appendLeaf(hash: Hash, frontier: Frontier, leaf: Uint8Array): Appended {
  throwRefusal(refuseHashes('a leaf hash', [leaf]));
  throwRefusal(refuseSize(frontier.size + 1));
  const nodes = [...frontier.nodes];
  const completed: MerkleNode[] = [{ level: 0, index: frontier.size, hash: leaf }];
  let top = leaf;
  // Carry like a binary counter: while the bit is 1, a left sibling waits and the pair completes the next level.
  for (let level = 1, index = frontier.size; index % 2 === 1; level++) {
    index = Math.floor(index / 2);
    const left = nodes.pop();
    if (!left) throw new RangeError(`Expected a frontier with one node for each 1-bit of its size ${frontier.size}.`);
    top = nodeHash(hash, left, top);
    completed.push({ level, index, hash: top });
  }
  nodes.push(top);
  return { frontier: { size: frontier.size + 1, nodes }, completed };
}

/** The root of the tree, H("") if it has no leaves. O(log size). Source: RFC 9162 §2.1.1. */
export function frontierRoot(hash: Hash, frontier: Frontier): Uint8Array {
  return foldNodes(hash, frontier.nodes);
}

/** Hash of neighbouring complete subtrees, largest first: the right ones are joined first. H("") for none. */
export function foldNodes(hash: Hash, nodes: readonly Uint8Array[]): Uint8Array {
  return nodes.length === 0 ? emptyRoot(hash) : nodes.reduceRight((right, left) => nodeHash(hash, left, right));
}

/** Version of the stored form: one byte version, eight bytes size (big-endian), then the node hashes. */
const FORMAT_VERSION = 1;
const HEADER_BYTES = 9;

/** The frontier as 9 + 32 · nodes bytes (at most 1705), for one column of one database row. */
export function frontierToBytes(frontier: Frontier): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + HASH_BYTES * frontier.nodes.length);
  bytes[0] = FORMAT_VERSION;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(frontier.size));
  frontier.nodes.forEach((node, i) => bytes.set(node, HEADER_BYTES + HASH_BYTES * i));
  return bytes;
}

/**
 * Reads what `frontierToBytes` wrote; the hashes are copied. Throws RangeError if version, size or length do not fit
 * together. It cannot see an altered hash: compare the root with the last signed tree head for that.
 */
export function frontierFromBytes(bytes: Uint8Array): Frontier {
  if (bytes.length < HEADER_BYTES || bytes[0] !== FORMAT_VERSION) {
    throw new RangeError(
      `Expected a stored frontier of version ${FORMAT_VERSION} with at least ${HEADER_BYTES} bytes, found version ${bytes[0]} with ${bytes.length} bytes.`,
    );
  }
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(1));
  throwRefusal(refuseSize(size));
  const count = nodesOfRange({ start: 0, end: size }).length;
  const expected = HEADER_BYTES + HASH_BYTES * count;
  if (bytes.length !== expected) {
    throw new RangeError(`Expected ${expected} bytes for a frontier of ${size} leaves, found ${bytes.length}.`);
  }
  const nodes = Array.from({ length: count }, (_, i) =>
    Uint8Array.from(bytes.subarray(HEADER_BYTES + HASH_BYTES * i, HEADER_BYTES + HASH_BYTES * (i + 1))),
  );
  return { size, nodes };
}
