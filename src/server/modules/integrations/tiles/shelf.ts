/** Keeps what was made last, up to a number of bytes; two who ask at once wait for one making. */
export interface Shelf {
  get(key: string, make: () => Promise<Buffer>): Promise<Buffer>;
}

export function createShelf(mostBytes: number): Shelf {
  const kept = new Map<string, Buffer>();
  const making = new Map<string, Promise<Buffer>>();
  let bytes = 0;

  function put(key: string, value: Buffer): void {
    kept.set(key, value);
    bytes += value.length;
    // A Map remembers the order of putting: the first is the one unused for longest.
    for (const [oldest, old] of kept) {
      if (bytes <= mostBytes) break;
      kept.delete(oldest);
      bytes -= old.length;
    }
  }

  return {
    async get(key, make) {
      const found = kept.get(key);
      if (found !== undefined) {
        kept.delete(key);
        kept.set(key, found);
        return found;
      }
      const under = making.get(key);
      if (under !== undefined) return under;
      const made = make();
      making.set(key, made);
      try {
        const value = await made;
        put(key, value);
        return value;
      } finally {
        making.delete(key);
      }
    },
  };
}
