import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { treeHeadBytes } from '#engine/merkle/tree-head.ts';

/** A tree head with its signature, as it travels: hashes and signature in lower-case hex. */
export interface SignedHead {
  tenant: string;
  size: number;
  root: string;
  at: string;
  keyId: string;
  signature: string;
}

/** Signs tree heads with Ed25519. */
export interface LedgerSigner {
  /** First 16 hex digits of SHA-256 over the public key (SPKI, DER). */
  readonly keyId: string;
  /** SPKI, DER. */
  readonly publicKey: Buffer;
  sign(head: Omit<SignedHead, 'keyId' | 'signature'>): SignedHead;
}

const howTo =
  'Set HUANGGE_LEDGER_KEY to an Ed25519 private key in PKCS8: the PEM text, or its base64. Make one with: openssl genpkey -algorithm ed25519';

/** A new private key (PKCS8 PEM), for installations that have none yet. Whoever holds it can sign in the ledger's name. */
export function makeLedgerKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Reads a private key: PKCS8 as PEM, as base64 of the PEM, or as base64 of the DER.
 * @throws Error saying what is expected; the key itself is never repeated in it.
 */
export function createSigner(privateKey: string): LedgerSigner {
  const key = readPrivateKey(privateKey.trim());
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(`The ledger key is of kind ${key.asymmetricKeyType ?? 'unknown'}. ${howTo}`);
  }
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const keyId = keyIdOf(publicKey);
  return {
    keyId,
    publicKey,
    sign: (head) => ({ ...head, keyId, signature: sign(null, headBytes(head), key).toString('hex') }),
  };
}

function readPrivateKey(text: string): KeyObject {
  try {
    if (text.startsWith('-----')) return createPrivateKey(text);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('latin1', 0, 5) === '-----') return createPrivateKey(bytes);
    return createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
  } catch {
    // The reason is left out: it may quote the key.
    throw new Error(`The ledger key cannot be read. ${howTo}`);
  }
}

export function keyIdOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
}

export function publicKeyToPem(publicKey: Uint8Array): string {
  return createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

/** @throws Error when the text is not a public key. */
export function publicKeyFromPem(pem: string): Buffer {
  return createPublicKey(pem).export({ type: 'spki', format: 'der' });
}

/** True when `publicKey` (SPKI, DER) signed this head. Never throws: a malformed head is simply not signed. */
export function isSignedBy(head: SignedHead, publicKey: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519' || head.keyId !== keyIdOf(publicKey)) return false;
    return verify(null, headBytes(head), key, Buffer.from(head.signature, 'hex'));
  } catch {
    return false;
  }
}

function headBytes(head: Omit<SignedHead, 'keyId' | 'signature'>): Uint8Array {
  return treeHeadBytes({ tenant: head.tenant, size: head.size, rootHex: head.root, atIso: head.at });
}
