import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** Where attachments lie. Keys are made by us: lower-case letters, digits, '/', '-', '.'. */
export interface FileStore {
  /** Durable when the promise resolves. Writing the same key again replaces the bytes at once, never half. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is no such file. */
  find(key: string): Promise<{ bytes: number; stream: () => Readable } | undefined>;
  remove(key: string): Promise<void>;
}

const safeKey = /^[a-z0-9][a-z0-9/.-]{0,200}$/;

function assertKey(key: string): void {
  if (!safeKey.test(key) || key.includes('..'))
    throw new Error(`A file key holds a-z, 0-9, '/', '.', '-' only, found ${JSON.stringify(key)}.`);
}

/** Keeps attachments in a folder: written beside, synced, then renamed. */
export function diskStore(folder: string): FileStore {
  return {
    async put(key, bytes) {
      assertKey(key);
      const target = join(folder, key);
      await mkdir(dirname(target), { recursive: true });
      const beside = `${target}.part-${process.pid}-${Math.random().toString(36).slice(2)}`;
      const file = await open(beside, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, target);
    },
    async find(key) {
      assertKey(key);
      const path = join(folder, key);
      const info = await stat(path).catch(() => undefined);
      return info?.isFile() === true ? { bytes: info.size, stream: () => createReadStream(path) } : undefined;
    },
    async remove(key) {
      assertKey(key);
      await rm(join(folder, key), { force: true });
    },
  };
}
