/**
 * The three hashes of RFC 9162 §2.1.1. The prefixes 0x00 and 0x01 keep leaves and inner nodes apart, so that nobody can
 * present an inner node as if it were a line of the ledger (second pre-image).
 */

/** A collision-resistant hash with 32 bytes of output (SHA-256, SM3). Injected: the engine owns no cryptography. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

/** Length of every hash in the tree, in bytes. */
export const HASH_BYTES = 32;

const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

/** H(0x00 ‖ bytes): the hash of one leaf, whose content is `bytes` (any length). Source: RFC 9162 §2.1.1. */
export function leafHash(hash: Hash, bytes: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + bytes.length);
  input[0] = LEAF_PREFIX;
  input.set(bytes, 1);
  return hash(input);
}

/** H(0x01 ‖ left ‖ right): the hash of an inner node over two child hashes of 32 bytes. Source: RFC 9162 §2.1.1. */
export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + left.length + right.length);
  input[0] = NODE_PREFIX;
  input.set(left, 1);
  input.set(right, 1 + left.length);
  return hash(input);
}

/** H(""): the root of the tree without leaves. Source: RFC 9162 §2.1.1. */
export function emptyRoot(hash: Hash): Uint8Array {
  return hash(new Uint8Array(0));
}

/** True if both hashes have the same length and bytes. Not constant-time: everything in the tree is public. */
export function equalHashes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
