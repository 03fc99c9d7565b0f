import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomFillSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';

/** How a value is sealed. The first byte of the sealed form is the cipher's, the second the number of the key. */
export interface Cipher {
  version: number;
  /** Sealed form after the two bytes of `head`; `context` is authenticated with them. */
  seal(text: string, head: Buffer, context: string): Buffer;
  /** @throws Error when anything was changed */
  open(body: Buffer, head: Buffer, context: string): string;
}

export const cipherNames = ['aes', 'sm4'] as const;
export type CipherName = (typeof cipherNames)[number];

/** The cipher of this name under one master key. */
export const cipherOf: Readonly<Record<CipherName, (master: Uint8Array) => Cipher>> = { aes, sm4 };

/**
 * A key for one purpose. Made once into a key object: given as bytes, every call would wrap it anew, which costs more
 * than the sealing itself.
 */
export function deriveKey(digest: 'sha256' | 'sm3', master: Uint8Array, purpose: string, bytes: number): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync(digest, master, 'huangge', purpose, bytes)));
}

const drawn = Buffer.alloc(4096);
let usedBytes = drawn.length;

/** Bytes of the system's own random source, never given twice; drawn by the page, since each draw costs as much as a seal. */
function takeNonce(bytes: number): Buffer {
  if (usedBytes + bytes > drawn.length) {
    randomFillSync(drawn);
    usedBytes = 0;
  }
  const nonce = Buffer.from(drawn.subarray(usedBytes, usedBytes + bytes));
  usedBytes += bytes;
  return nonce;
}

/** AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag. */
function aes(master: Uint8Array): Cipher {
  const key = deriveKey('sha256', master, 'seal', 32);
  return {
    version: 1,
    // The two bytes before are not authenticated here, as they never were: another cipher or key does not open it anyway.
    seal(text, _head, context) {
      const nonce = takeNonce(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(body, _head, context) {
      if (body.length < 28) throw new Error('Sealed value too short.');
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, 12));
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(body.subarray(body.length - 16));
      return Buffer.concat([decipher.update(body.subarray(12, body.length - 16)), decipher.final()]).toString('utf8');
    },
  };
}

/**
 * SM4 (GB/T 32907) in counter mode, then HMAC-SM3 over head, context, nonce and ciphertext: 16 bytes nonce, ciphertext, 32
 * bytes tag. OpenSSL as Node carries it has no SM4-GCM; this is the same promise by encrypt-then-MAC with two keys.
 */
function sm4(master: Uint8Array): Cipher {
  const key = deriveKey('sm3', master, 'seal-sm4', 16);
  const macKey = deriveKey('sm3', master, 'mac-sm4', 32);
  const tagOf = (head: Buffer, context: string, sealed: Buffer): Buffer =>
    createHmac('sm3', macKey).update(head).update(context).update('\0').update(sealed).digest();
  return {
    version: 2,
    seal(text, head, context) {
      const nonce = takeNonce(16);
      const cipher = createCipheriv('sm4-ctr', key, nonce);
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([sealed, tagOf(head, context, sealed)]);
    },
    open(body, head, context) {
      if (body.length < 48) throw new Error('Sealed value too short.');
      const [sealed, tag] = [body.subarray(0, body.length - 32), body.subarray(body.length - 32)];
      if (!timingSafeEqual(tagOf(head, context, sealed), tag)) throw new Error('Sealed value was changed.');
      const decipher = createDecipheriv('sm4-ctr', key, sealed.subarray(0, 16));
      return Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]).toString('utf8');
    },
  };
}
