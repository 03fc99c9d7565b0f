import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Command, Receipt } from './command.ts';
import type { KeyPlace, Sealed } from './locker.ts';

/** Bytes rather than a Blob: some browsers cannot keep Blobs in private windows. */
export interface StoredPhoto {
  /** Ciphertext where `iv` is given. */
  bytes: ArrayBuffer;
  mime: string;
  iv?: Sealed['iv'];
}

/** Something sealed that is not a command: the pack of the day, a form being filled in. */
export interface SealedCopy extends Sealed {
  account: string;
  /** Epoch milliseconds. */
  savedMs: number;
}

interface Copy {
  value: unknown;
  /** Epoch milliseconds. */
  savedMs: number;
}

interface Schema extends DBSchema {
  command: { key: number; value: Command; indexes: { opId: string } };
  photo: { key: string; value: StoredPhoto };
  receipt: { key: string; value: Receipt; indexes: { at: string } };
  copy: { key: string; value: Copy };
  keep: { key: string; value: unknown };
  sealed: { key: string; value: SealedCopy };
  key: { key: string; value: CryptoKey };
}

/**
 * What this phone keeps: commands not yet acknowledged with their photos, receipts, copies of what was read (wiped at
 * sign-out and after a day), and small things of the person's own (drafts, who is signed in).
 */
export interface FieldStore extends KeyPlace {
  addCommand(command: Omit<Command, 'seq'>, photos: ReadonlyMap<string, StoredPhoto>): Promise<Command>;
  /** Puts `next` in the place of another command, whose photos are forgotten unless `next` uses them. */
  replaceCommand(old: Command, next: Omit<Command, 'seq'>, photos: ReadonlyMap<string, StoredPhoto>): Promise<Command>;
  listCommands(account: string): Promise<Command[]>;
  findCommand(opId: string): Promise<Command | undefined>;
  saveCommand(command: Command): Promise<void>;
  /** Forgets a command and its photos; with a receipt, remembers that, in one step. */
  endCommand(command: Command, receipt: Receipt | null): Promise<void>;
  findPhoto(key: string): Promise<StoredPhoto | undefined>;
  /** Newest first. */
  listReceipts(account: string): Promise<Receipt[]>;
  readCopy<T>(key: string, maxAgeMs: number, nowMs: number): Promise<{ value: T; savedMs: number } | undefined>;
  saveCopy(key: string, value: unknown, nowMs: number): Promise<void>;
  dropCopies(olderThanMs?: number): Promise<void>;
  readKept<T>(key: string): Promise<T | undefined>;
  keep(key: string, value: unknown): Promise<void>;
  forget(key: string): Promise<void>;
  findSealed(key: string): Promise<SealedCopy | undefined>;
  saveSealed(key: string, copy: SealedCopy): Promise<void>;
  /** A copy and the key of its own, as they belong together; a copy without its key is noise and not told. */
  findLocked(name: string): Promise<{ key: CryptoKey; copy: SealedCopy } | undefined>;
  /** Puts both in the place of those of that name, in one step: whenever the page ends, there is the old or the new. */
  replaceLocked(name: string, key: CryptoKey, copy: SealedCopy): Promise<void>;
  /** Forgets what is sealed under names that begin so (all of it by default), and only what is older when that is given. */
  dropSealed(beginning?: string, olderThanMs?: number): Promise<void>;
  /** Forgets keys whose names begin so; all of them by default. What they sealed can no longer be opened here. */
  dropKeys(beginning?: string): Promise<void>;
  close(): Promise<void>;
}

const receiptsKept = 200;

export function openFieldStore(name = 'huangge-field'): FieldStore {
  const opened = openDB<Schema>(name, 2, {
    async upgrade(db, before, _now, tx) {
      if (before < 1) {
        db.createObjectStore('command', { keyPath: 'seq', autoIncrement: true }).createIndex('opId', 'opId', {
          unique: true,
        });
        db.createObjectStore('photo');
        db.createObjectStore('receipt', { keyPath: 'opId' }).createIndex('at', 'at');
        db.createObjectStore('copy');
        db.createObjectStore('keep');
      }
      if (before < 2) {
        db.createObjectStore('sealed');
        db.createObjectStore('key');
        // Kept by an older page: about events all of them, and open.
        for await (const cursor of tx.objectStore('command'))
          await cursor.update({ ...cursor.value, sealed: null, about: null });
        for await (const cursor of tx.objectStore('receipt'))
          await cursor.update({ ...cursor.value, about: null, nextAt: null });
      }
    },
    // A newer page in another tab wants to change the shape of the store: give way.
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
  });
  opened.catch(() => undefined);
  return {
    ...commandPart(opened),
    ...readingPart(opened),
    ...sealedPart(opened),
    close: async () => (await opened).close(),
  };
}

type Opened = Promise<IDBPDatabase<Schema>>;

function commandPart(opened: Opened) {
  async function place(
    old: Command | null,
    next: Omit<Command, 'seq'>,
    photos: ReadonlyMap<string, StoredPhoto>,
  ): Promise<Command> {
    const tx = (await opened).transaction(['command', 'photo'], 'readwrite');
    const kept = new Set(next.photos.map((photo) => photo.key));
    if (old !== null) {
      await tx.objectStore('command').delete(old.seq);
      for (const { key } of old.photos) if (!kept.has(key)) await tx.objectStore('photo').delete(key);
    }
    for (const [key, photo] of photos) await tx.objectStore('photo').put(photo, key);
    // Without `seq` the store gives the next number; a replacement keeps the place of the old one.
    const seq = await tx.objectStore('command').add((old === null ? next : { ...next, seq: old.seq }) as Command);
    await tx.done;
    return { ...next, seq };
  }
  return {
    addCommand: (next: Omit<Command, 'seq'>, photos: ReadonlyMap<string, StoredPhoto>) => place(null, next, photos),
    replaceCommand: place,
    async listCommands(account: string) {
      return (await (await opened).getAll('command')).filter((command) => command.account === account);
    },
    findCommand: async (opId: string) => (await opened).getFromIndex('command', 'opId', opId),
    async saveCommand(command: Command) {
      await (await opened).put('command', command);
    },
    async endCommand(command: Command, receipt: Receipt | null) {
      const tx = (await opened).transaction(['command', 'photo', 'receipt'], 'readwrite');
      await tx.objectStore('command').delete(command.seq);
      for (const { key } of command.photos) await tx.objectStore('photo').delete(key);
      if (receipt !== null) await tx.objectStore('receipt').put(receipt);
      await tx.done;
    },
    findPhoto: async (key: string) => (await opened).get('photo', key),
    async listReceipts(account: string) {
      const all = await (await opened).getAllFromIndex('receipt', 'at');
      return all
        .filter((receipt) => receipt.account === account)
        .toReversed()
        .slice(0, receiptsKept);
    },
  };
}

function readingPart(opened: Opened) {
  return {
    async readCopy<T>(key: string, maxAgeMs: number, nowMs: number) {
      const found = await (await opened).get('copy', key);
      if (found === undefined || nowMs - found.savedMs > maxAgeMs) return undefined;
      return { value: found.value as T, savedMs: found.savedMs };
    },
    async saveCopy(key: string, value: unknown, nowMs: number) {
      await (await opened).put('copy', { value, savedMs: nowMs }, key);
    },
    async dropCopies(olderThanMs = Number.POSITIVE_INFINITY) {
      const tx = (await opened).transaction('copy', 'readwrite');
      for await (const cursor of tx.store) if (cursor.value.savedMs < olderThanMs) await cursor.delete();
      await tx.done;
    },
    readKept: async <T>(key: string) => (await (await opened).get('keep', key)) as T | undefined,
    async keep(key: string, value: unknown) {
      await (await opened).put('keep', value, key);
    },
    async forget(key: string) {
      await (await opened).delete('keep', key);
    },
  };
}

function sealedPart(opened: Opened) {
  return {
    findSealed: async (key: string) => (await opened).get('sealed', key),
    async saveSealed(key: string, copy: SealedCopy) {
      await (await opened).put('sealed', copy, key);
    },
    async findLocked(name: string) {
      const tx = (await opened).transaction(['sealed', 'key']);
      const [copy, key] = await Promise.all([tx.objectStore('sealed').get(name), tx.objectStore('key').get(name)]);
      return copy === undefined || key === undefined ? undefined : { key, copy };
    },
    async replaceLocked(name: string, key: CryptoKey, copy: SealedCopy) {
      const tx = (await opened).transaction(['sealed', 'key'], 'readwrite');
      await Promise.all([tx.objectStore('key').put(key, name), tx.objectStore('sealed').put(copy, name), tx.done]);
    },
    async dropSealed(beginning = '', olderThanMs = Number.POSITIVE_INFINITY) {
      const tx = (await opened).transaction('sealed', 'readwrite');
      for await (const cursor of tx.store)
        if (cursor.key.startsWith(beginning) && cursor.value.savedMs < olderThanMs) await cursor.delete();
      await tx.done;
    },
    findKey: async (name: string) => (await opened).get('key', name),
    async saveKey(name: string, key: CryptoKey) {
      await (await opened).put('key', key, name);
    },
    async dropKeys(beginning = '') {
      const db = await opened;
      for (const name of await db.getAllKeys('key')) if (name.startsWith(beginning)) await db.delete('key', name);
    },
  };
}
