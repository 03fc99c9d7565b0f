/** Tampering: whatever bit, size, order or length is changed, the proof must fail. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growTree } from './grown-tree.ts';
import { nodeHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { consistencyProof, inclusionProof, rootAt } from './proofs.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';
import type { ConsistencyClaim, InclusionClaim } from './verify.ts';

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest();
const MOST = 200;
const tree = growTree(
  sha256,
  Array.from({ length: MOST }, (_, i) => Uint8Array.of(i)),
);
const root = (size: number) => tree.roots[size] ?? new Uint8Array(0);

async function inclusionOf(index: number, size: number): Promise<InclusionClaim> {
  const proof = await inclusionProof(sha256, index, size, tree.get);
  return { index, size, leaf: tree.get(0, index), proof, root: root(size) };
}

async function consistencyOf(size1: number, size2: number): Promise<ConsistencyClaim> {
  const proof = await consistencyProof(sha256, size1, size2, tree.get);
  return { size1, size2, root1: root(size1), root2: root(size2), proof };
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  return bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

/** Every copy of a proof in which one bit of one hash is flipped. */
function flips(hashes: readonly Uint8Array[]): Uint8Array[][] {
  return hashes.flatMap((_, at) =>
    Array.from({ length: 256 }, (__, bit) => hashes.map((hash, i) => (i === at ? flip(hash, bit) : hash))),
  );
}

const INCLUSIONS = [
  [0, 1],
  [0, 2],
  [4, 5],
  [5, 8],
  [6, 7],
  [10, 11],
  [63, 64],
  [64, 65],
  [77, 187],
  [199, 200],
] as const;
const CONSISTENCIES = [
  [1, 2],
  [1, 8],
  [2, 3],
  [3, 4],
  [4, 7],
  [6, 8],
  [7, 8],
  [64, 65],
  [93, 199],
  [128, 200],
  [150, 150],
] as const;

describe('every flipped bit fails', () => {
  test.each(INCLUSIONS)('inclusion of leaf %i in %i', async (index, size) => {
    const claim = await inclusionOf(index, size);
    expect(verifyInclusion(sha256, claim)).toEqual({ ok: true });
    const forged = [
      ...flips(claim.proof).map((proof) => ({ ...claim, proof })),
      ...flips([claim.leaf, claim.root]).map(([leaf = claim.leaf, top = claim.root]) => ({
        ...claim,
        leaf,
        root: top,
      })),
    ];
    expect(forged).toHaveLength(256 * (claim.proof.length + 2));
    expect(forged.filter((claimed) => verifyInclusion(sha256, claimed).ok)).toEqual([]);
  });

  test.each(CONSISTENCIES)('consistency of %i with %i', async (size1, size2) => {
    const claim = await consistencyOf(size1, size2);
    expect(verifyConsistency(sha256, claim)).toEqual({ ok: true });
    const forged = [
      ...flips(claim.proof).map((proof) => ({ ...claim, proof })),
      ...flips([claim.root1, claim.root2]).map(([root1 = claim.root1, root2 = claim.root2]) => ({
        ...claim,
        root1,
        root2,
      })),
    ];
    expect(forged).toHaveLength(256 * (claim.proof.length + 2));
    expect(forged.filter((claimed) => verifyConsistency(sha256, claimed).ok)).toEqual([]);
  });
});

describe('every other number fails', () => {
  test('a proof holds for its own leaf number only', async () => {
    for (const [index, size] of INCLUSIONS) {
      const claim = await inclusionOf(index, size);
      const held = Array.from({ length: size }, (_, other) => other).filter(
        (other) => verifyInclusion(sha256, { ...claim, index: other }).ok,
      );
      expect(held).toEqual([index]);
    }
  });

  test('a consistency proof with true roots holds for its own pair of sizes only', async () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: MOST }), fc.integer({ min: 1, max: MOST }));
    await fc.assert(
      fc.asyncProperty(pair, pair, async ([a, b], [c, d]) => {
        const [size1, size2, old, now] = [Math.min(a, b), Math.max(a, b), Math.min(c, d), Math.max(c, d)];
        const { proof } = await consistencyOf(size1, size2);
        const claim = { size1: old, size2: now, root1: root(old), root2: root(now), proof };
        const isOwn = (size1 === old && size2 === now) || (proof.length === 0 && old === now);
        expect(verifyConsistency(sha256, claim).ok).toBe(isOwn);
      }),
      { numRuns: 2000 },
    );
  });

  test('a history rewritten before the old size fails', async () => {
    const forged = growTree(
      sha256,
      Array.from({ length: MOST }, (_, i) => Uint8Array.of(i === 40 ? 99 : i)),
    );
    const proof = await consistencyProof(sha256, 93, 199, forged.get);
    const claim = { size1: 93, size2: 199, root1: root(93), root2: forged.roots[199] ?? root(199), proof };
    expect(verifyConsistency(sha256, claim)).toMatchObject({ ok: false, code: 'old-root-mismatch' });
  });

  test('an inner node cannot pass for a leaf', () => {
    const [left, right] = [tree.get(0, 0), tree.get(0, 1)];
    const inner = sha256(Uint8Array.of(0, 1, ...left, ...right));
    expect(inner).not.toEqual(nodeHash(sha256, left, right));
    const claim = { index: 0, size: 2, leaf: inner, proof: [tree.get(1, 1)], root: root(4) };
    expect(verifyInclusion(sha256, claim)).toMatchObject({ code: 'root-mismatch' });
  });
});

describe('every other length fails', () => {
  test('inclusion: shortened, lengthened, reversed', async () => {
    for (const [index, size] of INCLUSIONS) {
      const claim = await inclusionOf(index, size);
      const tooLong = [...claim.proof, claim.root];
      expect(verifyInclusion(sha256, { ...claim, proof: tooLong })).toMatchObject({ code: 'wrong-proof-length' });
      for (let n = 0; n < claim.proof.length; n++) {
        const answer = verifyInclusion(sha256, { ...claim, proof: claim.proof.slice(0, n) });
        expect(answer).toMatchObject({ ok: false, code: 'wrong-proof-length' });
      }
      if (claim.proof.length < 2) continue;
      expect(verifyInclusion(sha256, { ...claim, proof: claim.proof.toReversed() }).ok).toBe(false);
    }
  });

  test('consistency: shortened, lengthened, reversed', async () => {
    for (const [size1, size2] of CONSISTENCIES) {
      const claim = await consistencyOf(size1, size2);
      const tooLong = [...claim.proof, claim.root2];
      expect(verifyConsistency(sha256, { ...claim, proof: tooLong })).toMatchObject({ code: 'wrong-proof-length' });
      for (let n = 0; n < claim.proof.length; n++) {
        const answer = verifyConsistency(sha256, { ...claim, proof: claim.proof.slice(0, n) });
        expect(answer).toMatchObject({ ok: false, code: 'wrong-proof-length' });
      }
      if (claim.proof.length < 2) continue;
      expect(verifyConsistency(sha256, { ...claim, proof: claim.proof.toReversed() }).ok).toBe(false);
    }
  });

  test('hashes of other lengths are refused, none is read beyond its end', async () => {
    const short = new Uint8Array(31);
    const inclusion = await inclusionOf(5, 8);
    const consistency = await consistencyOf(6, 8);
    const answers = [
      verifyInclusion(sha256, { ...inclusion, leaf: short }),
      verifyInclusion(sha256, { ...inclusion, root: short }),
      verifyInclusion(sha256, { ...inclusion, proof: [...inclusion.proof.slice(1), short] }),
      verifyConsistency(sha256, { ...consistency, root1: short }),
      verifyConsistency(sha256, { ...consistency, root2: short }),
      verifyConsistency(sha256, { ...consistency, proof: [short, ...consistency.proof.slice(1)] }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ code: 'malformed-hash', message: expect.stringMatching(/32 bytes, found 31/) });
    }
  });
});

describe('sizes outside the tree are refused', () => {
  test.each([
    [8, 8],
    [9, 8],
    [-1, 8],
    [0.5, 8],
    [NaN, 8],
    [0, 0],
  ])('inclusion of leaf %d in %d', async (index, size) => {
    const claim = { ...(await inclusionOf(5, 8)), index, size };
    expect(verifyInclusion(sha256, claim)).toMatchObject({ ok: false, code: 'index-out-of-range' });
  });

  test.each([
    [0, 8],
    [0, 0],
    [8, 6],
    [-1, 8],
    [1.5, 8],
    [6, 2 ** 53],
    [6, Infinity],
    [NaN, 8],
  ])('consistency of %d with %d', async (size1, size2) => {
    const claim = { ...(await consistencyOf(6, 8)), size1, size2 };
    expect(verifyConsistency(sha256, claim)).toMatchObject({ ok: false, code: 'size-out-of-range' });
  });

  test('old size 0 is refused whatever the proof, and says why', () => {
    const claim = { size1: 0, size2: 8, root1: root(0), root2: root(8), proof: [] };
    expect(verifyConsistency(sha256, claim)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/proves nothing/),
    });
  });
});

describe('a tree of 2^53 - 1 leaves', () => {
  // All leaves alike: a complete subtree then depends on its level only, and the giant tree fits in 53 hashes.
  const levels: Uint8Array[] = [new Uint8Array(32)];
  for (let level = 1; level < 53; level++) {
    const child = levels[level - 1] ?? new Uint8Array(0);
    levels.push(nodeHash(sha256, child, child));
  }
  const get = (level: number) => levels[level] ?? new Uint8Array(0);
  const size = Number.MAX_SAFE_INTEGER;
  const rootOf = (leaves: number) => rootAt(sha256, leaves, get);

  test.each([0, 2 ** 31 - 1, 2 ** 32 + 5, 2 ** 52, size - 1])('includes leaf %d', async (index) => {
    const proof = await inclusionProof(sha256, index, size, get);
    const claim = { index, size, leaf: get(0), proof, root: await rootOf(size) };
    expect(verifyInclusion(sha256, claim)).toEqual({ ok: true });
    expect(verifyInclusion(sha256, { ...claim, proof: flips(proof).at(-1) ?? [] }).ok).toBe(false);
  });

  test.each([1, 2 ** 31, 2 ** 32 + 5, 2 ** 52, 2 ** 52 + 1, size - 1])('extends the tree of %d', async (size1) => {
    const proof = await consistencyProof(sha256, size1, size, get);
    const claim = { size1, size2: size, root1: await rootOf(size1), root2: await rootOf(size), proof };
    expect(verifyConsistency(sha256, claim)).toEqual({ ok: true });
    expect(verifyConsistency(sha256, { ...claim, size1: size1 + 1 }).ok).toBe(false);
  });
});
