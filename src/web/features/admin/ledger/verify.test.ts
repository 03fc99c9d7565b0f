import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { leafHash, nodeHash } from '#engine/merkle/hash.ts';
import { toHex } from '#engine/merkle/hex.ts';
import { sha256 } from '#engine/merkle/sha256.ts';
import { treeHeadBytes } from '#engine/merkle/tree-head.ts';
import { checkConsistency, checkInclusion, checkSignature, readHead } from './verify.ts';

const leaves = ['one', 'two', 'three'].map((text) => leafHash(sha256, new TextEncoder().encode(text)));
const [one = new Uint8Array(), two = new Uint8Array(), three = new Uint8Array()] = leaves;
const pair = nodeHash(sha256, one, two);
const root = nodeHash(sha256, pair, three);
const head = { size: 3, root: toHex(root) };
const entryId = '00000000-0000-4000-8000-000000000001';
const inclusion = { seq: 2, entryId, leaf: toHex(two), size: 3, root: head.root, proof: [toHex(one), toHex(three)] };

describe('proofs checked in the browser', () => {
  it('accepts a line that is in the tree', () => {
    expect(checkInclusion(inclusion, head)).toBe('good');
  });

  it('refuses another line, another place, and a proof of another tree', () => {
    expect(checkInclusion({ ...inclusion, leaf: toHex(three) }, head)).toBe('bad');
    expect(checkInclusion({ ...inclusion, seq: 1 }, head)).toBe('bad');
    expect(checkInclusion(inclusion, { ...head, root: toHex(pair) })).toBe('bad');
  });

  it('accepts growth, refuses a changed past', () => {
    const old = { size: 2, root: toHex(pair) };
    const proof = { from: old, to: head, proof: [toHex(three)] };
    expect(checkConsistency(proof, old, head)).toBe('good');
    expect(checkConsistency(proof, { size: 2, root: toHex(root) }, head)).toBe('bad');
  });

  it('knows a good signature from one over another size', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const at = '2026-06-01T00:00:00.000Z';
    const bytes = treeHeadBytes({ tenant: 'main', size: 3, rootHex: head.root, atIso: at });
    const signature = sign(null, bytes, privateKey).toString('hex');
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const signed = { ...head, tenant: 'main', at, keyId: 'k', signature };
    expect(await checkSignature(signed, pem)).toBe('good');
    expect(await checkSignature({ ...signed, size: 4 }, pem)).toBe('bad');
  });

  it('reads a saved head and refuses anything else', () => {
    expect(readHead(JSON.stringify({ ...head, at: 'x' }))).toEqual(head);
    for (const text of ['', '{}', '[]', 'null', '{"size":0,"root":""}', 'not json'])
      expect(readHead(text)).toBeUndefined();
  });
});
