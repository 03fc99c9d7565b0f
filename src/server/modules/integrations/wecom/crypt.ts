import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';

/**
 * The sealed envelope WeCom (企业微信) speaks in, as published: signature = SHA-1 of the sorted token, timestamp, nonce and
 * ciphertext; AES-256-CBC under the key of 43 Base64 characters, its first 16 bytes the IV, padded to 32 bytes; inside 16
 * random bytes, the length in network order, the message, the receiver.
 */
export interface Envelope {
  timestamp: string;
  nonce: string;
  signature: string;
  /** Base64. */
  sealed: string;
}

export interface Keys {
  token: string;
  /** EncodingAESKey: 43 Base64 characters. */
  aesKey: string;
}

const block = 32;
const randomBytes = 16;
const lengthBytes = 4;

/** Compared in constant time. Nothing may be opened before this said yes. */
export function isSigned(keys: Keys, { timestamp, nonce, signature, sealed }: Envelope): boolean {
  const wanted = createHash('sha1').update([keys.token, timestamp, nonce, sealed].toSorted().join('')).digest();
  const found = Buffer.from(/^[0-9a-f]{40}$/i.test(signature) ? signature : '', 'hex');
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

/** Message and receiver inside; undefined when the key does not fit or the content is no envelope. */
export function openEnvelope(keys: Keys, sealed: string): { message: string; receiver: string } | undefined {
  const plain = decrypt(keys, Buffer.from(sealed, 'base64'));
  const start = randomBytes + lengthBytes;
  if (plain === undefined || plain.length < start) return undefined;
  const end = start + plain.readUInt32BE(randomBytes);
  if (end > plain.length) return undefined;
  return { message: plain.toString('utf8', start, end), receiver: plain.toString('utf8', end) };
}

/** The bytes under AES-256-CBC with padding to 32 bytes taken off; undefined when they are not sealed under this key. */
export function decrypt({ aesKey }: Keys, sealed: Buffer): Buffer | undefined {
  const key = Buffer.from(`${aesKey}=`, 'base64');
  if (key.length !== 32 || sealed.length === 0 || sealed.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(sealed), decipher.final()]);
  const count = padded.at(-1) ?? 0;
  if (count < 1 || count > block || count > padded.length) return undefined;
  const end = padded.length - count;
  return padded.subarray(end).every((byte) => byte === count) ? padded.subarray(0, end) : undefined;
}

/** True for a key that can open envelopes. */
export function isAesKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}$/.test(text) && Buffer.from(`${text}=`, 'base64').length === 32;
}
