import type { consistencyView, inclusionView, signedHead } from '#contract/ledger.ts';
import { fromHex } from '#engine/merkle/hex.ts';
import { sha256 } from '#engine/merkle/sha256.ts';
import { treeHeadBytes } from '#engine/merkle/tree-head.ts';
import { verifyConsistency, verifyInclusion } from '#engine/merkle/verify.ts';
import type { z } from 'zod';

export type SignedHead = z.output<typeof signedHead>;
export type Inclusion = z.output<typeof inclusionView>;
export type Consistency = z.output<typeof consistencyView>;

/** What this browser found, trusting nothing the server says beyond the head that was pasted or shown. */
export type Found = 'good' | 'bad' | 'unsupported';

/** Is this line in the tree whose root is in the head? Bad also when the proof speaks of another tree than the head. */
export function checkInclusion(proof: Inclusion, head: Pick<SignedHead, 'size' | 'root'>): Found {
  if (proof.size !== head.size || proof.root !== head.root) return 'bad';
  const verdict = verifyInclusion(sha256, {
    index: proof.seq - 1,
    size: head.size,
    leaf: fromHex(proof.leaf),
    proof: proof.proof.map(fromHex),
    root: fromHex(head.root),
  });
  return verdict.ok ? 'good' : 'bad';
}

/** Does the tree of `now` begin with the tree of `old`, root for root? */
export function checkConsistency(
  proof: Consistency,
  old: Pick<SignedHead, 'size' | 'root'>,
  now: Pick<SignedHead, 'size' | 'root'>,
): Found {
  const verdict = verifyConsistency(sha256, {
    size1: old.size,
    size2: now.size,
    root1: fromHex(old.root),
    root2: fromHex(now.root),
    proof: proof.proof.map(fromHex),
  });
  return verdict.ok ? 'good' : 'bad';
}

/** Was the head signed with this key (SPKI, PEM; Ed25519)? Unsupported where the browser has no Ed25519. */
export async function checkSignature(head: SignedHead, publicKeyPem: string): Promise<Found> {
  const der = Uint8Array.from(atob(publicKeyPem.replace(/-----[^-]+-----|\s/g, '')), (char) => char.charCodeAt(0));
  if (crypto.subtle === undefined) return 'unsupported';
  try {
    const key = await crypto.subtle.importKey('spki', der, { name: 'Ed25519' }, false, ['verify']);
    const bytes = treeHeadBytes({ tenant: head.tenant, size: head.size, rootHex: head.root, atIso: head.at });
    const signed = await crypto.subtle.verify('Ed25519', key, signatureBytes(head.signature), new Uint8Array(bytes));
    return signed ? 'good' : 'bad';
  } catch {
    return 'unsupported';
  }
}

function signatureBytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(fromHex(text));
}

/** A head as it was saved: the JSON of /api/ledger/head. Undefined when it is not one. */
export function readHead(text: string): Pick<SignedHead, 'size' | 'root'> | undefined {
  try {
    const found = JSON.parse(text) as Partial<SignedHead>;
    const { size, root } = found;
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 1) return undefined;
    if (typeof root !== 'string' || !/^[0-9a-f]{64}$/.test(root)) return undefined;
    return { size, root };
  } catch {
    return undefined;
  }
}
