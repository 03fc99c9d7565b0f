/**
 * The slow, obvious judge for the tests: the recursive definitions of RFC 9162 as they stand, over all leaves in memory.
 * It shares nothing with the engine but the type of a hash. D[a:b] is written (a, b); roots already seen are remembered.
 */
import type { Hash } from './hash.ts';

/** The three definitions over one list of leaf contents. */
export interface Judge {
  /** MTH(D[a:b]): root. RFC 9162 §2.1.1. */
  mth(a: number, b: number): Uint8Array;
  /** PATH(m, D[a:b]): inclusion proof. RFC 9162 §2.1.3.1. */
  path(m: number, a: number, b: number): Uint8Array[];
  /** SUBPROOF(m, D[a:b], isOldTree); PROOF(m, D_n) = SUBPROOF(m, D_n, true). RFC 9162 §2.1.4.1. */
  subproof(m: number, a: number, b: number, isOldTree: boolean): Uint8Array[];
}

/** A judge over the given leaf contents. */
export function judgeOf(hash: Hash, leaves: readonly Uint8Array[]): Judge {
  const seen = new Map<string, Uint8Array>();

  function mth(a: number, b: number): Uint8Array {
    const root = seen.get(`${a}:${b}`) ?? define(a, b);
    seen.set(`${a}:${b}`, root);
    return root;
  }

  function define(a: number, b: number): Uint8Array {
    if (a === b) return hash(Uint8Array.of());
    if (b - a === 1) return hash(Uint8Array.of(0, ...leaves.slice(a, b).flatMap((leaf) => [...leaf])));
    const k = largestPowerOfTwoBelow(b - a);
    return hash(Uint8Array.of(1, ...mth(a, a + k), ...mth(a + k, b)));
  }

  function path(m: number, a: number, b: number): Uint8Array[] {
    if (b - a === 1) return [];
    const k = largestPowerOfTwoBelow(b - a);
    return m < k ? [...path(m, a, a + k), mth(a + k, b)] : [...path(m - k, a + k, b), mth(a, a + k)];
  }

  function subproof(m: number, a: number, b: number, isOldTree: boolean): Uint8Array[] {
    if (m === b - a) return isOldTree ? [] : [mth(a, b)];
    const k = largestPowerOfTwoBelow(b - a);
    return m <= k
      ? [...subproof(m, a, a + k, isOldTree), mth(a + k, b)]
      : [...subproof(m - k, a + k, b, false), mth(a, a + k)];
  }

  return { mth, path, subproof };
}

/** By logarithm, unlike the engine; exact for the small trees of the tests. */
function largestPowerOfTwoBelow(n: number): number {
  return 2 ** (Math.ceil(Math.log2(n)) - 1);
}
