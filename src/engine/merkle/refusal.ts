import { HASH_BYTES } from './hash.ts';

/** Why a question about the tree was refused, or a proof did not hold. */
export interface Refusal {
  ok: false;
  code:
    | 'size-out-of-range'
    | 'index-out-of-range'
    | 'wrong-proof-length'
    | 'malformed-hash'
    | 'old-root-mismatch'
    | 'root-mismatch';
  /** What was expected and what was found, in English, for logs and for the command line. */
  message: string;
}

/** The answer of a verifier. Bad proofs are ordinary answers, not exceptions. */
export type Verdict = { ok: true } | Refusal;

/** Builds a refusal. */
export function refuse(code: Refusal['code'], message: string): Refusal {
  return { ok: false, code, message };
}

/** A tree size is a whole number from 0 to 2^53 - 1. */
function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** Refusal of a tree size, or undefined if it is a whole number from 0 to 2^53 - 1. */
export function refuseSize(size: number): Refusal | undefined {
  if (isTreeSize(size)) return undefined;
  return refuse('size-out-of-range', `Expected a tree size from 0 to 2^53 - 1, found ${size}.`);
}

/** Refusal of an inclusion question, or undefined if 0 ≤ index < size. Source: RFC 9162 §2.1.3.2, step 1. */
export function refuseInclusion(index: number, size: number): Refusal | undefined {
  const badSize = refuseSize(size);
  if (badSize) return badSize;
  if (isTreeSize(index) && index < size) return undefined;
  return refuse('index-out-of-range', `Expected a leaf index from 0 to below the tree size ${size}, found ${index}.`);
}

/**
 * Refusal of a consistency question, or undefined if 1 ≤ size1 ≤ size2. Size 0 is refused because every tree extends the
 * empty one: such a "proof" shows nothing, yet reads like a success. Source: RFC 9162 §2.1.4.2 (0 < first < second).
 */
export function refuseConsistency(size1: number, size2: number): Refusal | undefined {
  const badSize = refuseSize(size1) ?? refuseSize(size2);
  if (badSize) return badSize;
  if (size1 === 0) {
    return refuse(
      'size-out-of-range',
      'Expected an old tree of at least 1 leaf, found 0: consistency with the empty tree proves nothing. Start from the first signed tree head that has leaves.',
    );
  }
  if (size1 <= size2) return undefined;
  return refuse(
    'size-out-of-range',
    `Expected the old tree to be no larger than the new one, found old ${size1} and new ${size2}. Swap the two sizes.`,
  );
}

/** Refusal of the first hash that is not 32 bytes long, or undefined if all are. `what` names them in the message. */
export function refuseHashes(what: string, hashes: readonly Uint8Array[]): Refusal | undefined {
  const at = hashes.findIndex((h) => h.length !== HASH_BYTES);
  if (at < 0) return undefined;
  return refuse(
    'malformed-hash',
    `Expected ${what} of ${HASH_BYTES} bytes, found ${hashes[at]?.length} (number ${at}).`,
  );
}

/** Throws a RangeError with the refusal's message, if there is one. */
export function throwRefusal(refusal: Refusal | undefined): void {
  if (refusal) throw new RangeError(refusal.message);
}
