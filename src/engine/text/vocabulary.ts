/** The features a model knows: hashes, the most frequent first, and in how many of its examples each stands. */
export interface Vocabulary {
  readonly keys: Uint32Array;
  readonly documents: Uint32Array;
  /** Examples counted. */
  readonly examples: number;
}

/** Ids of hashes by open addressing: a table at most half full. */
export class KeyIds {
  #keys: Uint32Array;
  #ids: Uint32Array;
  #mask: number;
  size = 0;

  constructor(expected = 1_000) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * expected)));
    this.#keys = new Uint32Array(slots);
    this.#ids = new Uint32Array(slots);
    this.#mask = slots - 1;
  }

  /** The id of a hash (1 to 2³² - 1), or -1. */
  find(key: number): number {
    let slot = key & this.#mask;
    for (; this.#keys[slot] !== 0; slot = (slot + 1) & this.#mask)
      if (this.#keys[slot] === key) return this.#ids[slot] as number;
    return -1;
  }

  /** The id of a hash; a new one gets the next number. */
  add(key: number): number {
    const known = this.find(key);
    if (known >= 0) return known;
    if (2 * (this.size + 1) > this.#keys.length) this.#grow();
    this.#set(key, this.size);
    return this.size++;
  }

  #set(key: number, id: number): void {
    let slot = key & this.#mask;
    while (this.#keys[slot] !== 0) slot = (slot + 1) & this.#mask;
    this.#keys[slot] = key;
    this.#ids[slot] = id;
  }

  #grow(): void {
    const [keys, ids] = [this.#keys, this.#ids];
    this.#keys = new Uint32Array(2 * keys.length);
    this.#ids = new Uint32Array(2 * keys.length);
    this.#mask = this.#keys.length - 1;
    keys.forEach((key, slot) => key !== 0 && this.#set(key, ids[slot] as number));
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
