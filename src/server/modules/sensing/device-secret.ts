import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Vault } from '#server/vault/vault.ts';

const derive = promisify(pbkdf2);
/** Secrets have 192 random bits, so stretching adds nothing; this is the number mosquitto itself takes. */
const iterations = 101;

/** The secret of a device in its n-th version: 32 characters that can be told again for a repeated request, never stored. */
export function secretOf(vault: Vault, deviceId: string, version: number): string {
  return vault.deriveSecret(`${deviceId}:${version}`, 'device');
}

/** A line of a mosquitto password file, without the name: `$7$iterations$salt$hash`. */
export async function hashSecret(secret: string): Promise<string> {
  const salt = randomBytes(12);
  const hash = await derive(secret, salt, iterations, 64, 'sha512');
  return `$7$${iterations}$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** Compares in constant time. A hash that cannot be read fits nothing. */
export async function fits(secret: string, stored: string): Promise<boolean> {
  const [, kind, rounds, salt, hash] = stored.split('$');
  if (kind !== '7' || salt === undefined || hash === undefined) return false;
  const expected = Buffer.from(hash, 'base64');
  const found = await derive(secret, Buffer.from(salt, 'base64'), Number(rounds), expected.length, 'sha512');
  return timingSafeEqual(found, expected);
}
