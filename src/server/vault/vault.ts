import { createHash, createHmac } from 'node:crypto';
import { cipherNames, cipherOf, deriveKey, type CipherName } from './ciphers.ts';

/**
 * Keeps secrets at rest. One master key (32 bytes) from configuration; every purpose has its own derived key, so a
 * leak of one does not open the others. Sealed form: byte of the cipher (1 AES-256-GCM, 2 SM4 with HMAC-SM3), key number
 * byte, then what the cipher says. Every vault opens both.
 */
export interface Vault {
  /** `context` (table and column) is authenticated, so a sealed value cannot be moved to another field. */
  seal(text: string, context: string): Buffer;
  /** @throws Error when the bytes were changed, sealed under another context or under an unknown key. */
  open(sealed: Uint8Array, context: string): string;
  /** The first two bytes of whatever is sealed now: what begins otherwise is of an older key or another cipher. */
  readonly head: Buffer;
  /** Keyed digest for exact search without plain text (HMAC-SHA-256 or HMAC-SM3, 32 bytes); of the first key for ever. */
  blindIndex(text: string, context: string): Buffer;
  /** A secret that can be told again for the same subject and never stored: 32 hex-free characters (base64url, 192 bits). */
  deriveSecret(subject: string, purpose: string): string;
}

export interface VaultOptions {
  /** What seals; both open. */
  cipher?: CipherName;
  /** What makes blind indexes. Never changed once there are any: they are not found under the other. */
  index?: 'sha256' | 'sm3';
}

/** Makes a vault from a ring of master keys (32 bytes each); the last seals, all open. */
export function createVault(
  ring: readonly Uint8Array[],
  { cipher = 'aes', index = 'sha256' }: VaultOptions = {},
): Vault {
  if (ring.length === 0 || ring.length > 255 || ring.some((key) => key.length !== 32)) {
    throw new Error(
      'The vault needs 1 to 255 master keys of 32 bytes each: set HUANGGE_MASTER_KEY to 64 hexadecimal digits (several, separated by commas, newest last).',
    );
  }
  const ciphers = cipherNames.map((name) => ring.map((key) => cipherOf[name](key)));
  const sealing = ciphers[cipherNames.indexOf(cipher)]?.at(-1);
  if (sealing === undefined) throw new Error(`There is no cipher ${cipher}.`);
  const head = Buffer.from([sealing.version, ring.length - 1]);
  const first = ring[0] ?? new Uint8Array(32);
  const indexKey = deriveKey('sha256', first, 'blind-index', 32);
  const secretKey = deriveKey('sha256', first, 'secrets', 32);

  return {
    head,
    seal: (text, context) => Buffer.concat([head, sealing.seal(text, head, context)]),
    open(sealed, context) {
      const bytes = Buffer.from(sealed);
      const found = ciphers.flat().filter(({ version }) => version === bytes[0])[bytes[1] ?? 255];
      if (found === undefined) throw new Error('Sealed value of an unknown version or key.');
      return found.open(bytes.subarray(2), bytes.subarray(0, 2), context);
    },
    blindIndex: (text, context) => createHmac(index, indexKey).update(context).update('\0').update(text).digest(),
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
