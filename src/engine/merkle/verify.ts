/**
 * The two verifiers, step by step as RFC 9162 writes them. They need no store and trust nothing they are given; fn and sn
 * are the RFC's names: the position of the node, and of the last node, on the current level.
 */
import { equalHashes, nodeHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { refuse, refuseConsistency, refuseHashes, refuseInclusion } from './refusal.ts';
import type { Refusal, Verdict } from './refusal.ts';

/** What is claimed: `leaf` (a leaf hash) is leaf number `index` (from 0) of the tree of `size` leaves with this `root`. */
export interface InclusionClaim {
  index: number;
  size: number;
  leaf: Uint8Array;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}

/** What is claimed: the tree of `size2` leaves with `root2` begins with the tree of `size1` leaves with `root1`. */
export interface ConsistencyClaim {
  size1: number;
  size2: number;
  root1: Uint8Array;
  root2: Uint8Array;
  proof: readonly Uint8Array[];
}

/** Checks an inclusion proof. Never throws for bad proofs; O(log size). Source: RFC 9162 §2.1.3.2. */
export function verifyInclusion(hash: Hash, { index, size, leaf, proof, root }: InclusionClaim): Verdict {
  const refusal =
    refuseInclusion(index, size) ??
    refuseHashes('a leaf hash', [leaf]) ??
    refuseHashes('a root', [root]) ??
    refuseHashes('proof hashes', proof);
  if (refusal) return refusal;
  let at = { fn: index, sn: size - 1 };
  let r = leaf;
  for (const p of proof) {
    if (at.sn === 0) return tooLong(proof);
    const isRight = isRightOrLast(at);
    r = isRight ? nodeHash(hash, p, r) : nodeHash(hash, r, p);
    at = climb(at, isRight);
  }
  if (at.sn !== 0) return tooShort(proof);
  return equalHashes(r, root)
    ? { ok: true }
    : refuse('root-mismatch', 'The leaf and its proof do not lead to the root.');
}

/**
 * Checks a consistency proof. Never throws for bad proofs; O(log size2). Size 0 is refused. For equal sizes, which the RFC
 * leaves out, the proof must be empty and the roots equal. Source: RFC 9162 §2.1.4.2.
 */
export function verifyConsistency(hash: Hash, claim: ConsistencyClaim): Verdict {
  const refusal =
    refuseConsistency(claim.size1, claim.size2) ??
    refuseHashes('roots', [claim.root1, claim.root2]) ??
    refuseHashes('proof hashes', claim.proof);
  if (refusal) return refusal;
  return claim.size1 === claim.size2 ? verifySameTree(claim) : verifyGrowth(hash, claim);
}

function verifySameTree({ root1, root2, proof }: ConsistencyClaim): Verdict {
  if (proof.length > 0) return tooLong(proof);
  return equalHashes(root1, root2) ? { ok: true } : refuse('root-mismatch', 'Same size, but two different roots.');
}

function verifyGrowth(hash: Hash, { size1, size2, root1, root2, proof }: ConsistencyClaim): Verdict {
  if (proof.length === 0) return tooShort(proof);
  const [first = root1, ...rest] = isPowerOfTwo(size1) ? [root1, ...proof] : proof;
  let at = shiftWhile({ fn: size1 - 1, sn: size2 - 1 }, ({ fn }) => isOdd(fn));
  let fr = first;
  let sr = first;
  for (const c of rest) {
    if (at.sn === 0) return tooLong(proof);
    const isRight = isRightOrLast(at);
    if (isRight) fr = nodeHash(hash, c, fr);
    sr = isRight ? nodeHash(hash, c, sr) : nodeHash(hash, sr, c);
    at = climb(at, isRight);
  }
  if (at.sn !== 0) return tooShort(proof);
  if (!equalHashes(fr, root1)) return refuse('old-root-mismatch', 'The proof does not lead to the old root.');
  return equalHashes(sr, root2) ? { ok: true } : refuse('root-mismatch', 'The proof does not lead to the new root.');
}

interface Position {
  fn: number;
  sn: number;
}

/** "If LSB(fn) is set, or if fn is equal to sn": the proof's hash stands to the left. */
function isRightOrLast({ fn, sn }: Position): boolean {
  return isOdd(fn) || fn === sn;
}

/** One level up; from the last node of its level, further up past the levels on which it has no sibling. */
function climb(at: Position, isRight: boolean): Position {
  const skipped = isRight ? shiftWhile(at, ({ fn }) => !isOdd(fn) && fn !== 0) : at;
  return shift(skipped);
}

function shiftWhile(at: Position, again: (at: Position) => boolean): Position {
  let shifted = at;
  while (again(shifted)) shifted = shift(shifted);
  return shifted;
}

/** Right shift of both by one bit, by division: exact up to 2^53, where >> would cut to 32 bits. */
function shift({ fn, sn }: Position): Position {
  return { fn: Math.floor(fn / 2), sn: Math.floor(sn / 2) };
}

function isOdd(n: number): boolean {
  return n % 2 === 1;
}

function isPowerOfTwo(n: number): boolean {
  let rest = n;
  while (rest % 2 === 0) rest /= 2;
  return rest === 1;
}

function tooLong(proof: readonly Uint8Array[]): Refusal {
  return refuse('wrong-proof-length', `Expected fewer hashes for these sizes, found ${proof.length}.`);
}

function tooShort(proof: readonly Uint8Array[]): Refusal {
  return refuse('wrong-proof-length', `Expected more hashes for these sizes, found ${proof.length}.`);
}
