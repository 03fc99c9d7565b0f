/** The well-known eight leaves and answers used by the Certificate Transparency implementations (RFC 6962, RFC 9162). */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { appendLeaf, EMPTY_FRONTIER, frontierRoot } from './frontier.ts';
import { emptyRoot, leafHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { fromHex, toHex } from './hex.ts';
import { consistencyProof, inclusionProof, rootAt } from './proofs.ts';
import { judgeOf } from './slow-judge.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest();

const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];

const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const NODE_0_OF_2 = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
const LEAF_4 = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
const RIGHT_PAIR = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';
const LEAF_1 = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7';
const RIGHT_HALF = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';
const MIDDLE_PAIR = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';

const store = new Map<string, Uint8Array>();
const get = (level: number, index: number) => store.get(`${level}/${index}`) ?? new Uint8Array(0);
const frontiers = [EMPTY_FRONTIER];
for (const leaf of LEAVES) {
  const { frontier, completed } = appendLeaf(
    sha256,
    frontiers.at(-1) ?? EMPTY_FRONTIER,
    leafHash(sha256, fromHex(leaf)),
  );
  for (const { level, index, hash } of completed) store.set(`${level}/${index}`, hash);
  frontiers.push(frontier);
}

test('the empty root is the hash of nothing', () => {
  expect(toHex(emptyRoot(sha256))).toBe(ROOTS[0]);
});

test.each(ROOTS.map((root, size) => ({ root, size })))('root of the first $size leaves', async ({ root, size }) => {
  expect(toHex(frontierRoot(sha256, frontiers[size] ?? EMPTY_FRONTIER))).toBe(root);
  expect(toHex(await rootAt(sha256, size, get))).toBe(root);
  expect(toHex(judgeOf(sha256, LEAVES.map(fromHex)).mth(0, size))).toBe(root);
});

test.each([
  { index: 0, size: 1, proof: [] },
  { index: 0, size: 8, proof: [LEAF_1, NODE_0_OF_2, RIGHT_HALF] },
  { index: 5, size: 8, proof: [LEAF_4, RIGHT_PAIR, ROOTS[4]] },
  { index: 2, size: 3, proof: [ROOTS[2]] },
  { index: 1, size: 5, proof: [ROOTS[1], NODE_0_OF_2, LEAF_4] },
])('inclusion of leaf $index in $size', async ({ index, size, proof }) => {
  const made = await inclusionProof(sha256, index, size, get);
  expect(made.map(toHex)).toEqual(proof);
  const claim = { index, size, leaf: get(0, index), proof: made, root: fromHex(ROOTS[size] ?? '') };
  expect(verifyInclusion(sha256, claim)).toEqual({ ok: true });
});

test.each([
  { size1: 1, size2: 1, proof: [] },
  { size1: 1, size2: 8, proof: [LEAF_1, NODE_0_OF_2, RIGHT_HALF] },
  { size1: 6, size2: 8, proof: [MIDDLE_PAIR, RIGHT_PAIR, ROOTS[4]] },
  { size1: 2, size2: 5, proof: [NODE_0_OF_2, LEAF_4] },
])('consistency of $size1 with $size2', async ({ size1, size2, proof }) => {
  const made = await consistencyProof(sha256, size1, size2, get);
  expect(made.map(toHex)).toEqual(proof);
  const [root1, root2] = [fromHex(ROOTS[size1] ?? ''), fromHex(ROOTS[size2] ?? '')];
  expect(verifyConsistency(sha256, { size1, size2, root1, root2, proof: made })).toEqual({ ok: true });
});
