/** The features a model knows: hashes, the most frequent first, and in how many of its examples each stands. */
export interface Vocabulary {
  readonly keys: Uint32Array;
  readonly documents: Uint32Array;
  /** Examples counted. */
  readonly examples: number;
}

/** Ids of hashes by open addressing: a table at most half full, hash and id beside one another. */
export class KeyIds {
  #slots: Uint32Array;
  #mask: number;
  size = 0;

  constructor(expected = 1_000) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * expected)));
    this.#slots = new Uint32Array(2 * slots);
    this.#mask = slots - 1;
  }

  /** The id of a hash (1 to 2³² - 1), or -1. */
  find(key: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    for (let slot = key & mask; ; slot = (slot + 1) & mask) {
      const found = slots[2 * slot];
      if (found === key) return slots[2 * slot + 1] as number;
      if (found === 0) return -1;
    }
  }

  /** The id of a hash; a new one gets the next number. */
  add(key: number): number {
    const known = this.find(key);
    if (known >= 0) return known;
    if (2 * (this.size + 1) > this.#mask) this.#grow();
    this.#set(key, this.size);
    return this.size++;
  }

  #set(key: number, id: number): void {
    let slot = key & this.#mask;
    while (this.#slots[2 * slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#slots[2 * slot] = key;
    this.#slots[2 * slot + 1] = id;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    this.#mask = old.length - 1;
    for (let at = 0; at < old.length; at += 2) if (old[at] !== 0) this.#set(old[at] as number, old[at + 1] as number);
  }
}

/** Ids equal to places in `keys`. */
export function idsOf({ keys }: Vocabulary): KeyIds {
  const ids = new KeyIds(keys.length);
  for (const key of keys) ids.add(key);
  return ids;
}

/** Weight of rarity, smoothed: 1 for what stands everywhere, rising as it grows rare. */
export function rarities({ documents, examples }: Vocabulary): Float32Array {
  return Float32Array.from(documents, (count) => Math.log((1 + examples) / (1 + count)) + 1);
}
