import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { appendLeaf, EMPTY_FRONTIER, frontierFromBytes, frontierRoot, frontierToBytes } from './frontier.ts';
import { growTree } from './grown-tree.ts';
import { leafHash } from './hash.ts';
import type { Hash } from './hash.ts';
import { fromHex, toHex } from './hex.ts';

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest();
const tree = growTree(
  sha256,
  Array.from({ length: 200 }, (_, i) => Uint8Array.of(i)),
);
const leaf = leafHash(sha256, Uint8Array.of(7));

test('appending reports the leaf and every subtree it completes, upwards', () => {
  const seven = tree.frontiers[7] ?? EMPTY_FRONTIER;
  const { completed, frontier } = appendLeaf(sha256, seven, leaf);
  expect(completed.map(({ level, index }) => [level, index])).toEqual([
    [0, 7],
    [1, 3],
    [2, 1],
    [3, 0],
  ]);
  expect(completed.map(({ hash }) => toHex(hash))).toEqual(
    [0, 1, 2, 3].map((level) => toHex(tree.get(level, [7, 3, 1, 0][level] ?? 0))),
  );
  expect(frontier.nodes).toEqual([completed[3]?.hash]);
});

test('appending leaves the old frontier as it was', () => {
  const before = frontierToBytes(tree.frontiers[199] ?? EMPTY_FRONTIER);
  appendLeaf(sha256, tree.frontiers[199] ?? EMPTY_FRONTIER, leaf);
  expect(frontierToBytes(tree.frontiers[199] ?? EMPTY_FRONTIER)).toEqual(before);
});

test('a stored frontier comes back and goes on growing to the same roots', () => {
  tree.frontiers.forEach((frontier, size) => {
    const bytes = frontierToBytes(frontier);
    const back = frontierFromBytes(bytes);
    expect(back).toEqual({ size, nodes: frontier.nodes.map((node) => new Uint8Array(node)) });
    if (size === 200) return;
    const next = appendLeaf(sha256, back, tree.get(0, size)).frontier;
    expect(toHex(frontierRoot(sha256, next))).toBe(toHex(tree.roots[size + 1] ?? leaf));
  });
});

test('the stored form is version, size, hashes', () => {
  expect(toHex(frontierToBytes(EMPTY_FRONTIER))).toBe('010000000000000000');
  const five = frontierToBytes(tree.frontiers[5] ?? EMPTY_FRONTIER);
  expect(toHex(five)).toBe(`010000000000000005${toHex(tree.get(2, 0))}${toHex(tree.get(0, 4))}`);
});

test('reading works inside a larger buffer and keeps no hold on it', () => {
  const stored = frontierToBytes(tree.frontiers[77] ?? EMPTY_FRONTIER);
  const page = new Uint8Array(stored.length + 20);
  page.set(stored, 13);
  const back = frontierFromBytes(page.subarray(13, 13 + stored.length));
  page.fill(0);
  expect(frontierToBytes(back)).toEqual(stored);
});

test.each([
  { why: 'nothing', hex: '', says: /at least 9 bytes, found version undefined with 0 bytes/ },
  { why: 'another version', hex: '020000000000000000', says: /version 1 .* found version 2/ },
  { why: 'a cut hash', hex: `010000000000000001${'00'.repeat(31)}`, says: /Expected 41 bytes .* 1 leaves, found 40/ },
  { why: 'a hash too many', hex: `010000000000000000${'00'.repeat(32)}`, says: /Expected 9 bytes/ },
  { why: 'a size of 2^53', hex: '010020000000000000', says: /2\^53 - 1/ },
])('refuses a stored frontier with $why', ({ hex, says }) => {
  expect(() => frontierFromBytes(fromHex(hex))).toThrow(says);
});

test('refuses a leaf that is not a hash, a full tree, and a frontier that does not fit its size', () => {
  expect(() => appendLeaf(sha256, EMPTY_FRONTIER, Uint8Array.of(1))).toThrow(/32 bytes, found 1/);
  expect(() => appendLeaf(sha256, { size: Number.MAX_SAFE_INTEGER, nodes: [] }, leaf)).toThrow(/2\^53 - 1/);
  expect(() => appendLeaf(sha256, { size: 3, nodes: [leaf] }, leaf)).toThrow(/1-bit of its size 3/);
});

test('hex has one spelling and comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      expect(fromHex(toHex(bytes))).toEqual(bytes);
    }),
  );
  for (const bad of ['0', 'AB', 'zz', '00\n', ' 00']) expect(() => fromHex(bad)).toThrow(RangeError);
});
