/** Roots and proofs against the slow judge: every size up to 200, every leaf, every pair of sizes. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '#kit/errors.ts';
import { growTree } from './grown-tree.ts';
import type { Hash } from './hash.ts';
import { toHex } from './hex.ts';
import {
  consistencyProof,
  frontierAt,
  inclusionProof,
  nodesForConsistency,
  nodesForInclusion,
  rootAt,
} from './proofs.ts';
import { judgeOf } from './slow-judge.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest();
const hexes = (hashes: readonly Uint8Array[]) => hashes.map(toHex).join(' ');

const MOST = 200;
const LEAVES = Array.from({ length: MOST }, (_, i) => new TextEncoder().encode(`leaf ${i * i}`));
const tree = growTree(sha256, LEAVES);
const judge = judgeOf(sha256, LEAVES);
const SIZES = Array.from({ length: MOST }, (_, i) => i + 1);

test('roots of all sizes, from the frontier and from the store', async () => {
  for (const size of [0, ...SIZES]) {
    const expected = toHex(judge.mth(0, size));
    expect(hexes(tree.roots.slice(size, size + 1))).toBe(expected);
    expect(toHex(await rootAt(sha256, size, tree.get))).toBe(expected);
    expect(await frontierAt(size, tree.get)).toEqual(tree.frontiers[size]);
  }
});

test('inclusion proofs of all leaves in all sizes', async () => {
  for (const size of SIZES) {
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(sha256, index, size, tree.get);
      const claim = { index, size, leaf: tree.get(0, index), proof, root: judge.mth(0, size) };
      const isAsJudged = hexes(proof) === hexes(judge.path(index, 0, size));
      if (!isAsJudged || !verifyInclusion(sha256, claim).ok) expect.fail(`leaf ${index} of ${size}`);
    }
  }
  expect(tree.stored.size).toBeLessThan(2 * MOST);
}, 60_000);

test('consistency proofs of all pairs of sizes', async () => {
  for (const size2 of SIZES) {
    for (let size1 = 1; size1 <= size2; size1++) {
      const proof = await consistencyProof(sha256, size1, size2, tree.get);
      const claim = { size1, size2, root1: judge.mth(0, size1), root2: judge.mth(0, size2), proof };
      const isAsJudged = hexes(proof) === hexes(judge.subproof(size1, 0, size2, true));
      if (!isAsJudged || !verifyConsistency(sha256, claim).ok) expect.fail(`${size1} to ${size2}`);
    }
  }
  expect(await consistencyProof(sha256, MOST, MOST, tree.get)).toEqual([]);
}, 60_000);

test('any contents give the roots and proofs of the judge', async () => {
  const contents = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: MOST });
  await fc.assert(
    fc.asyncProperty(contents, fc.nat(), fc.nat(), async (leaves, a, b) => {
      const any = growTree(sha256, leaves);
      const its = judgeOf(sha256, leaves);
      const size = leaves.length;
      const [index, size1] = [a % size, 1 + (b % size)];
      expect(hexes([await rootAt(sha256, size, any.get)])).toBe(hexes([its.mth(0, size)]));
      expect(hexes(await inclusionProof(sha256, index, size, any.get))).toBe(hexes(its.path(index, 0, size)));
      expect(hexes(await consistencyProof(sha256, size1, size, any.get))).toBe(
        hexes(its.subproof(size1, 0, size, true)),
      );
    }),
    { numRuns: 60 },
  );
});

test('the planned nodes are exactly those a proof asks for', async () => {
  const asked: string[] = [];
  const spy = (level: number, index: number) => {
    asked.push(`${level}/${index}`);
    return tree.get(level, index);
  };
  const plan = [...nodesForInclusion(77, 187), ...nodesForConsistency(93, 199)];
  await inclusionProof(sha256, 77, 187, spy);
  await consistencyProof(sha256, 93, 199, spy);
  expect(asked.toSorted()).toEqual(plan.map(({ level, index }) => `${level}/${index}`).toSorted());
});

test('plans stay short and exact at the largest size', () => {
  const size = Number.MAX_SAFE_INTEGER;
  for (const plan of [
    nodesForInclusion(size - 1, size),
    nodesForConsistency(2 ** 52 + 1, size),
    nodesForInclusion(0, size),
  ]) {
    expect(plan.length).toBeLessThan(120);
    expect(plan.every(({ level, index }) => Number.isSafeInteger(index) && (index + 1) * 2 ** level <= size)).toBe(
      true,
    );
  }
});

test.each([
  { why: 'index at the size', ask: () => nodesForInclusion(5, 5), says: /from 0 to below the tree size 5, found 5/ },
  { why: 'negative index', ask: () => nodesForInclusion(-1, 5), says: /found -1/ },
  { why: 'empty tree', ask: () => nodesForInclusion(0, 0), says: /below the tree size 0/ },
  { why: 'size beyond 2^53', ask: () => nodesForInclusion(0, 2 ** 53), says: /2\^53 - 1, found 9007199254740992/ },
  { why: 'broken size', ask: () => nodesForInclusion(0, 1.5), says: /found 1.5/ },
  { why: 'old size 0', ask: () => nodesForConsistency(0, 5), says: /at least 1 leaf, found 0/ },
  { why: 'old size above the new', ask: () => nodesForConsistency(6, 5), says: /old 6 and new 5/ },
])('refuses $why', ({ ask, says }) => {
  expect(ask).toThrow(AppError);
  expect(ask).toThrow(says);
});

test('the proofs refuse like their plans', async () => {
  await expect(consistencyProof(sha256, 0, 5, tree.get)).rejects.toMatchObject({
    code: 'proof_refused',
    message: expect.stringMatching(/at least 1 leaf/),
    detail: { reason: 'size-out-of-range' },
  });
  await expect(inclusionProof(sha256, 9, 9, tree.get)).rejects.toThrow(/below the tree size 9/);
  await expect(rootAt(sha256, -1, tree.get)).rejects.toThrow(RangeError);
});

test('a hole in the store is an error, not a wrong proof', async () => {
  const withHole = (level: number, index: number) => (level === 1 ? new Uint8Array(0) : tree.get(level, index));
  await expect(inclusionProof(sha256, 0, 8, withHole)).rejects.toThrow(/level 1, index 1\), found 0.*rebuild/);
});
