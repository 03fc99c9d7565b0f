/**
 * Growing lists of whole numbers, one per bucket, read newest first. Blocks in one typed array: [where the block before it
 * lies, its size, entries…]; each block of a list is twice as long as the one before, at most 256. Bytes: about 4.3 per
 * entry of long lists.
 */
export interface PostingLists {
  push(bucket: number, value: number): void;
  /** Calls `see` for at most `most` values, newest first. Answers how many were seen. */
  each(bucket: number, most: number, see: (value: number) => void): number;
  lengthOf(bucket: number): number;
  readonly bytes: number;
}

const header = 2;
const first = 4;
const largest = 256;

export function createPostingLists(bits: number): PostingLists {
  const counts = new Uint32Array(1 << bits);
  const last = new Uint32Array(1 << bits); // where the newest block begins; 0: none
  const filled = new Uint16Array(1 << bits); // entries in the newest block
  let pool = new Uint32Array(1 << 16);
  let used = 1;

  function newBlock(bucket: number): number {
    const before = last[bucket] ?? 0;
    const size = before === 0 ? first : Math.min(largest, 2 * (pool[before + 1] ?? first));
    if (used + header + size > pool.length) {
      const larger = new Uint32Array(Math.ceil(pool.length * 1.5) + header + size);
      larger.set(pool);
      pool = larger;
    }
    const block = used;
    pool[block] = before;
    pool[block + 1] = size;
    used += header + size;
    last[bucket] = block;
    filled[bucket] = 0;
    return block;
  }

  return {
    push(bucket, value) {
      let block = last[bucket] ?? 0;
      if (block === 0 || filled[bucket] === pool[block + 1]) block = newBlock(bucket);
      const at = filled[bucket] ?? 0;
      pool[block + header + at] = value;
      filled[bucket] = at + 1;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    },
    each(bucket, most, see) {
      let seen = 0;
      let fill = filled[bucket] ?? 0;
      for (let block = last[bucket] ?? 0; block !== 0 && seen < most; block = pool[block] ?? 0) {
        if (seen > 0) fill = pool[block + 1] ?? 0;
        for (let k = fill - 1; k >= 0 && seen < most; k--, seen++) see(pool[block + header + k] ?? 0);
      }
      return seen;
    },
    lengthOf: (bucket) => counts[bucket] ?? 0,
    get bytes() {
      return pool.byteLength + counts.byteLength + last.byteLength + filled.byteLength;
    },
  };
}
