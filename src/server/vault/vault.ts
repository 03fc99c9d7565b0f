import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Keeps secrets at rest. One master key (32 bytes) from configuration; every purpose has its own derived key, so a
 * leak of one does not open the others. Sealed form: version byte, key number byte, 12 bytes nonce, ciphertext, 16 bytes tag.
 */
export interface Vault {
  /** AES-256-GCM; `context` (table and column) is authenticated, so a sealed value cannot be moved to another field. */
  seal(text: string, context: string): Buffer;
  /** @throws Error when the bytes were changed, sealed under another context or under an unknown key. */
  open(sealed: Uint8Array, context: string): string;
  /** Keyed digest for exact search without plain text (HMAC-SHA-256, 32 bytes). */
  blindIndex(text: string, context: string): Buffer;
  /** A secret that can be told again for the same subject and never stored: 32 hex-free characters (base64url, 192 bits). */
  deriveSecret(subject: string, purpose: string): string;
}

const version = 1;

/** Makes a vault from a ring of master keys (32 bytes each); the last seals, all open. */
export function createVault(ring: readonly Uint8Array[]): Vault {
  if (ring.length === 0 || ring.length > 255 || ring.some((key) => key.length !== 32)) {
    throw new Error(
      'The vault needs 1 to 255 master keys of 32 bytes each: set HUANGGE_MASTER_KEY to 64 hexadecimal digits (several, separated by commas, newest last).',
    );
  }
  const derive = (key: Uint8Array, purpose: string) => Buffer.from(hkdfSync('sha256', key, 'huangge', purpose, 32));
  const sealing = ring.map((key) => derive(key, 'seal'));
  const first = ring[0] ?? new Uint8Array();
  const indexKey = derive(first, 'blind-index');
  const secretKey = derive(first, 'secrets');

  return {
    seal(text, context) {
      const number = sealing.length - 1;
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing[number] ?? Buffer.alloc(0), nonce);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([version, number]), nonce, body, cipher.getAuthTag()]);
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      const key = sealing[bytes[1] ?? 255];
      if (bytes[0] !== version || key === undefined || bytes.length < 30)
        throw new Error('Sealed value of an unknown version or key.');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(2, 14));
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(bytes.length - 16));
      return Buffer.concat([decipher.update(bytes.subarray(14, bytes.length - 16)), decipher.final()]).toString('utf8');
    },
    blindIndex: (text, context) => createHmac('sha256', indexKey).update(context).update('\0').update(text).digest(),
    deriveSecret: (subject, purpose) =>
      createHmac('sha256', secretKey)
        .update(purpose)
        .update('\0')
        .update(subject)
        .digest()
        .subarray(0, 24)
        .toString('base64url'),
  };
}

/** SHA-256 of a secret, for storing what may never be read back. */
export function digestSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
