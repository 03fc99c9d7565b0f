/**
 * The slow, obvious judge for the tests: the recursive definitions of RFC 9162 copied as they stand, over all leaves.
 * It shares nothing with the engine but the type of a hash. Not for production: O(n) hashes an answer.
 */
import type { Hash } from './hash.ts';

function concat(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** "k is the largest power of two smaller than n": by logarithm, unlike the engine. */
function k(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1);
}

/** MTH(D_n): the root over leaf contents. RFC 9162 §2.1.1. */
export function mth(hash: Hash, d: Uint8Array[]): Uint8Array {
  const [only] = d;
  if (only === undefined) return hash(new Uint8Array());
  if (d.length === 1) return hash(concat(Uint8Array.of(0), only));
  const at = k(d.length);
  return hash(concat(Uint8Array.of(1), mth(hash, d.slice(0, at)), mth(hash, d.slice(at))));
}

/** PATH(m, D_n): the inclusion proof of leaf m. RFC 9162 §2.1.3.1. */
export function path(hash: Hash, m: number, d: Uint8Array[]): Uint8Array[] {
  if (d.length === 1) return [];
  const at = k(d.length);
  return m < at
    ? [...path(hash, m, d.slice(0, at)), mth(hash, d.slice(at))]
    : [...path(hash, m - at, d.slice(at)), mth(hash, d.slice(0, at))];
}

/** PROOF(m, D_n): the consistency proof from the first m leaves. RFC 9162 §2.1.4.1. */
export function proof(hash: Hash, m: number, d: Uint8Array[]): Uint8Array[] {
  return subproof(hash, m, d, true);
}

function subproof(hash: Hash, m: number, d: Uint8Array[], isOldTree: boolean): Uint8Array[] {
  if (m === d.length) return isOldTree ? [] : [mth(hash, d)];
  const at = k(d.length);
  return m <= at
    ? [...subproof(hash, m, d.slice(0, at), isOldTree), mth(hash, d.slice(at))]
    : [...subproof(hash, m - at, d.slice(at), false), mth(hash, d.slice(0, at))];
}
