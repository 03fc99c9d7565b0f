/** Ciphertext as it lies in the store: AES-256-GCM, a fresh nonce of 96 bits for each. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  cipher: ArrayBuffer;
}

/** What may lie on the phone only so that this person's key opens it. */
export interface Locker {
  /** False where the browser has no cryptography (pages without TLS): then nothing of the kind is kept. */
  able: boolean;
  /** Fetches the key if the phone has none. @throws OfflineError, ProblemError */
  ready(): Promise<void>;
  seal(value: unknown): Promise<Sealed>;
  /** @throws DOMException OperationError when it was sealed by another key or changed */
  open<T>(sealed: Sealed): Promise<T>;
  sealBytes(bytes: ArrayBuffer): Promise<Sealed>;
  openBytes(sealed: Sealed): Promise<ArrayBuffer>;
}

/** Where keys lie: as the browser's own objects, whose bytes no script can read. */
export interface KeyPlace {
  findKey(name: string): Promise<CryptoKey | undefined>;
  saveKey(name: string, key: CryptoKey): Promise<void>;
}

const algorithm = 'AES-GCM';
const nonceBytes = 12;

export function canSeal(): boolean {
  return (globalThis.crypto as Crypto | undefined)?.subtle !== undefined;
}

/** Name of the key that seals what has not been sent. */
export function outboxKeyName(account: string): string {
  return `outbox:${account}`;
}

/**
 * The locker of what this person has not sent yet. Its key comes from the server with the session and is dropped at
 * sign-out; what it sealed stays, and can be opened by nobody until the same person signs in again.
 */
export function openLocker(place: KeyPlace, account: string, askSecret: () => Promise<string>): Locker {
  const name = outboxKeyName(account);
  async function key(): Promise<CryptoKey> {
    const kept = await place.findKey(name);
    if (kept !== undefined) return kept;
    const made = await keyFrom(await askSecret(), account);
    await place.saveKey(name, made);
    return made;
  }
  return {
    able: canSeal(),
    ready: async () => void (await key()),
    ...sealingWith(key),
  };
}

/** A key of one day: random, and once it is dropped what it sealed is only noise. */
export async function newDayKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Seals and opens with a key that is looked up for each use, so that a dropped key is dropped at once. */
export function sealingWith(key: () => Promise<CryptoKey>): Omit<Locker, 'able' | 'ready'> {
  async function sealBytes(bytes: ArrayBuffer): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(nonceBytes));
    return { iv, cipher: await crypto.subtle.encrypt({ name: algorithm, iv }, await key(), bytes) };
  }
  async function openBytes({ iv, cipher }: Sealed): Promise<ArrayBuffer> {
    return crypto.subtle.decrypt({ name: algorithm, iv }, await key(), cipher);
  }
  return {
    sealBytes,
    openBytes,
    seal: (value) => sealBytes(new TextEncoder().encode(JSON.stringify(value)).buffer),
    open: async <T>(sealed: Sealed) => JSON.parse(new TextDecoder().decode(await openBytes(sealed))) as T,
  };
}

/** HKDF-SHA-256 over the server's secret (192 bits); the account is part of the purpose. */
async function keyFrom(secret: string, account: string): Promise<CryptoKey> {
  const words = new TextEncoder();
  const base = await crypto.subtle.importKey('raw', words.encode(secret), 'HKDF', false, ['deriveKey']);
  const purpose = { name: 'HKDF', hash: 'SHA-256', salt: words.encode(account), info: words.encode('huangge outbox') };
  return crypto.subtle.deriveKey(purpose, base, { name: algorithm, length: 256 }, false, ['encrypt', 'decrypt']);
}
