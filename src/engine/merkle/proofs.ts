/**
 * Roots and proofs from a store of complete subtrees. Nothing here holds more than O(log² size) hashes; the leaves stay
 * where they are. A complete subtree never changes, so answers for an old size stay right while the tree grows.
 */
import { AppError } from '#kit/errors.ts';
import { foldNodes } from './frontier.ts';
import type { Frontier } from './frontier.ts';
import { HASH_BYTES } from './hash.ts';
import type { Hash } from './hash.ts';
import { consistencyRanges, inclusionRanges, nodesOfRange } from './ranges.ts';
import type { LeafRange, NodeId } from './ranges.ts';
import { refuseConsistency, refuseInclusion, refuseSize, throwRefusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Reads the stored hash of a complete subtree, as `appendLeaf` reported it. */
export type GetSubtree = (level: number, index: number) => Promise<Uint8Array> | Uint8Array;

/**
 * The frontier of the first `size` leaves, e.g. to rebuild a lost one. Asks for at most 53 subtrees.
 * Throws RangeError for a bad size, Error for a hole in the store.
 */
export async function frontierAt(size: number, get: GetSubtree): Promise<Frontier> {
  throwRefusal(refuseSize(size));
  return { size, nodes: await readRange({ start: 0, end: size }, get) };
}

/** The root over the first `size` leaves; H("") for 0. Errors as `frontierAt`. Source: MTH(D[n]), RFC 9162 §2.1.1. */
export async function rootAt(hash: Hash, size: number, get: GetSubtree): Promise<Uint8Array> {
  return foldNodes(hash, (await frontierAt(size, get)).nodes);
}

/**
 * Proof that leaf `index` is in the tree of `size` leaves: at most 53 hashes, deepest first.
 * Throws AppError proof_refused unless 0 ≤ index < size, Error for a hole in the store. Source: RFC 9162 §2.1.3.1.
 */
export async function inclusionProof(hash: Hash, index: number, size: number, get: GetSubtree): Promise<Uint8Array[]> {
  assertProvable(refuseInclusion(index, size));
  return rangeHashes(hash, inclusionRanges(index, size), get);
}

/**
 * Proof that the tree of `size2` leaves only added to the tree of `size1` leaves; empty if they are equal.
 * Throws AppError proof_refused unless 1 ≤ size1 ≤ size2, Error for a hole in the store. Source: RFC 9162 §2.1.4.1.
 */
export async function consistencyProof(
  hash: Hash,
  size1: number,
  size2: number,
  get: GetSubtree,
): Promise<Uint8Array[]> {
  assertProvable(refuseConsistency(size1, size2));
  return rangeHashes(hash, consistencyRanges(size1, size2), get);
}

/** Every subtree `inclusionProof` will ask for, so that a store can fetch them with one query. Errors as there. */
export function nodesForInclusion(index: number, size: number): NodeId[] {
  assertProvable(refuseInclusion(index, size));
  return inclusionRanges(index, size).flatMap(nodesOfRange);
}

/** Every subtree `consistencyProof` will ask for, so that a store can fetch them with one query. Errors as there. */
export function nodesForConsistency(size1: number, size2: number): NodeId[] {
  assertProvable(refuseConsistency(size1, size2));
  return consistencyRanges(size1, size2).flatMap(nodesOfRange);
}

/** Sizes come from whoever asks for a proof: a bad one is an expected refusal. `detail.reason` is the refusal's code. */
function assertProvable(refusal: Refusal | undefined): void {
  if (refusal) throw new AppError('proof_refused', refusal.message, { reason: refusal.code });
}

function rangeHashes(hash: Hash, ranges: LeafRange[], get: GetSubtree): Promise<Uint8Array[]> {
  return Promise.all(ranges.map(async (range) => foldNodes(hash, await readRange(range, get))));
}

function readRange(range: LeafRange, get: GetSubtree): Promise<Uint8Array[]> {
  return Promise.all(nodesOfRange(range).map((node) => readNode(node, get)));
}

async function readNode({ level, index }: NodeId, get: GetSubtree): Promise<Uint8Array> {
  // A store with a hole answers undefined whatever its type says; a proof built on it would be silently wrong.
  const found: Uint8Array | undefined = await get(level, index);
  if (found?.length === HASH_BYTES) return found;
  throw new Error(
    `Expected a stored hash of ${HASH_BYTES} bytes for the subtree (level ${level}, index ${index}), found ${found?.length ?? 'none'}. The node store is incomplete: rebuild it from the leaves.`,
  );
}
