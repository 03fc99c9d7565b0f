import { randomBytes, randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id as OWASP's cheat sheet asks (at least 46 MiB with one pass); two passes take about 50 ms here. */
const parameters = { memoryCost: 47_104, timeCost: 2, parallelism: 1 } as const;

/** PHC string of argon2id over the password in Unicode form NFC; about 50 ms of one core. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), parameters);
}

let nobody: Promise<string> | undefined;

/** Compares with a stored hash. Without one it works as long against a hash nobody knows, and answers false. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(32).toString('base64'));
  const right = await verify(stored ?? (await nobody), password.normalize('NFC'));
  return right && stored !== null;
}

/** Makes the hash that unknown logins are compared with, so that the first unknown login takes no longer than the rest. */
export async function warmPasswords(): Promise<void> {
  await isPassword(null, 'warm');
}

// No 0 O 1 l I: these passwords are read aloud and copied from paper.
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Four groups of four: 16 characters of 56, 92 bits. */
export function makeOneTimePassword(): string {
  return groups(4, 4, letters);
}

/** Two groups of five lower-case characters: 10 of 31, 49 bits; guessing is limited by the lock-out. */
export function makeRecoveryCode(): string {
  return groups(2, 5, 'abcdefghjkmnpqrstuvwxyz23456789');
}

function groups(count: number, size: number, alphabet: string): string {
  const group = () => Array.from({ length: size }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: count }, group).join('-');
}

/** 256 random bits, base64url: session and API tokens. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}
