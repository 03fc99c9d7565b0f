/**
 * Which of many messages tell of the same thing: text × place × time, over a million messages in milliseconds.
 *
 * Text: cosine over shingles weighted by rarity (idf²); shingles of the title count twice. Place and time: factors that fall
 * with distance and age, never to nothing, so that the same words far away still show, below. Search: lists of the rarest
 * shingles first, newest entries first, until the budget is used; beside them whatever lies near; the best few hundred are
 * then measured exactly. Nothing is random.
 */
import { createPostingLists, type PostingLists } from './posting-lists.ts';
import { hashOf, shinglesOf } from './shingles.ts';
import { createStore } from './similar-store.ts';

export interface SimilarEntry {
  id: string;
  title: string;
  text: string;
  /** Degrees WGS-84; null where nobody knows. */
  lon: number | null;
  lat: number | null;
  /** Epoch milliseconds. */
  atMs: number;
}

export interface SimilarWish extends Omit<SimilarEntry, 'id'> {
  /** Not to be answered: the message itself. */
  exceptId?: string | undefined;
  /** Metres: what lies further away is not answered; what lies nobody knows where is. */
  withinM?: number | undefined;
  /** Only entries this accepts; asked of the best candidates only. */
  accepts?: (id: string) => boolean;
}

export interface SimilarRules {
  /** Distance (m) at which the factor of place is halfway to its floor. */
  placeHalfM: number;
  /** 0 to 1: what is left of the score however far away. */
  placeFloor: number;
  /** Days after which the factor of time is halfway to its floor. */
  timeHalfDays: number;
  timeFloor: number;
}

export interface SimilarFound {
  id: string;
  /** 0 to 1: text × place × time. */
  score: number;
  /** 0 to 1: cosine of the texts alone. */
  text: number;
  /** Metres; null where one of the two has no place. */
  distanceM: number | null;
  days: number;
}

export interface SimilarIndex {
  /** Puts one in; an id that is known is replaced. O(length). */
  add(entry: SimilarEntry): void;
  /** True when it was there. */
  remove(id: string): boolean;
  /** The most alike, best first; ties by the newer, then the lower id. `limit` 1 to 100. */
  query(wish: SimilarWish, limit: number): SimilarFound[];
  /** The same by looking at every entry: the judge of `query` in tests and benches. */
  queryAll(wish: SimilarWish, limit: number): SimilarFound[];
  readonly size: number;
  /** Of the typed arrays; the ids come on top. */
  readonly bytes: number;
}

export const similarDefaults: SimilarRules = { placeHalfM: 150, placeFloor: 0.45, timeHalfDays: 45, timeFloor: 0.6 };

const bits = 20;
const titleBit = 0x80000000;
/** Shingles kept of one message: the rarest; those of the title always. */
const keptShingles = 56;
const postingBudget = 120_000;
const longestList = 24_000;
const measuredExactly = 200;
const cellDegrees = 0.002;
const nearMost = 270;

export function createSimilarIndex(rules: SimilarRules = similarDefaults): SimilarIndex {
  const words = createPostingLists(bits);
  const cells = createPostingLists(16);
  const slots = new Map<string, number>();
  const store = createStore();
  let live = 0;

  const rarity = createRarity(words, () => store.count);
  const weightOf = (shingle: number): number => (shingle >= titleBit ? 2 : 1) * rarity(shingle);

  function rarest(found: readonly number[], most: number): number[] {
    if (found.length <= most) return [...found];
    return found
      .map((shingle): [number, number] => [shingle, shingle >= titleBit ? 99 : rarity(shingle)])
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([shingle]) => shingle);
  }

  function add(entry: SimilarEntry): void {
    remove(entry.id);
    const shingles = rarest(hashed(entry.title, entry.text), keptShingles);
    const slot = store.push(entry, shingles);
    slots.set(entry.id, slot);
    live++;
    for (const shingle of shingles) words.push((shingle & (titleBit - 1)) >>> 0, slot);
    if (entry.lon !== null && entry.lat !== null) cells.push(cellHash(cellOf(entry.lon), cellOf(entry.lat)), slot);
  }

  function remove(id: string): boolean {
    const slot = slots.get(id);
    if (slot === undefined) return false;
    slots.delete(id);
    store.bury(slot);
    live--;
    return true;
  }

  /** The exact score of one slot. */
  function measure(wish: SimilarWish, asked: ReadonlyMap<number, number>, length: number, slot: number): SimilarFound {
    let shared = 0;
    let own = 0;
    store.eachShingle(slot, (shingle) => {
      const weight = weightOf(shingle);
      own += weight * weight;
      shared += weight * (asked.get((shingle & (titleBit - 1)) >>> 0) ?? 0);
    });
    const text = own === 0 || length === 0 ? 0 : Math.min(1, shared / Math.sqrt(own * length));
    const [distance, days] = store.apart(wish, slot);
    return { id: store.idOf(slot), score: text * factorOf(rules, distance, days), text, distanceM: distance, days };
  }

  function askedOf(wish: SimilarWish): { asked: Map<number, number>; length: number } {
    const asked = new Map<number, number>();
    let length = 0;
    for (const shingle of rarest(hashed(wish.title, wish.text), 2 * keptShingles)) {
      const weight = weightOf(shingle);
      asked.set((shingle & (titleBit - 1)) >>> 0, weight);
      length += weight * weight;
    }
    return { asked, length };
  }

  function ranked(wish: SimilarWish, slotsFound: Iterable<number>, limit: number): SimilarFound[] {
    const { asked, length } = askedOf(wish);
    const found: SimilarFound[] = [];
    for (const slot of slotsFound) {
      if (store.isBuried(slot)) continue;
      const one = measure(wish, asked, length, slot);
      if (one.text > 0 && one.id !== wish.exceptId && isAccepted(wish, one)) found.push(one);
    }
    return found.toSorted((a, b) => b.score - a.score || a.days - b.days || (a.id < b.id ? -1 : 1)).slice(0, limit);
  }

  function* everything(): Iterable<number> {
    for (let slot = 0; slot < store.count; slot++) yield slot;
  }

  return {
    add,
    remove,
    query(wish, limit) {
      const { asked } = askedOf(wish);
      const candidates = store.best(gather(asked), measuredExactly, (slot) => {
        const [distance, days] = store.apart(wish, slot);
        return factorOf(rules, distance, days);
      });
      for (const slot of near(wish)) candidates.add(slot);
      return ranked(wish, candidates, limit);
    },
    queryAll: (wish, limit) => ranked(wish, everything(), limit),
    get size() {
      return live;
    },
    get bytes() {
      return words.bytes + cells.bytes + store.bytes;
    },
  };

  /** Adds up what the lists of the asked shingles give to each slot; the rarest lists first. */
  function gather(asked: ReadonlyMap<number, number>): Uint32Array {
    let budget = postingBudget;
    const lists = [...asked].toSorted((a, b) => words.lengthOf(a[0]) - words.lengthOf(b[0]));
    store.clear();
    for (const [shingle, weight] of lists) {
      if (budget <= 0) break;
      const worth = weight * weight;
      budget -= words.each(shingle, Math.min(longestList, budget), (slot) => store.score(slot, worth));
    }
    return store.touched();
  }

  /** The newest that lie in the cells around. */
  function near({ lon, lat }: SimilarWish): Set<number> {
    const found = new Set<number>();
    if (lon === null || lat === null) return found;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const hash = cellHash(cellOf(lon) + dx, cellOf(lat) + dy);
        cells.each(hash, Math.ceil(nearMost / 9), (slot) => void found.add(slot));
      }
    }
    return found;
  }
}

/** log(1 + N / (1 + n)) of a shingle, worked out anew once N has grown by a hundredth. */
function createRarity(words: PostingLists, sizeNow: () => number): (shingle: number) => number {
  const known = new Float32Array(1 << bits);
  const stamps = new Uint16Array(1 << bits);
  let stamp = 0;
  let renewAt = 0;
  return (shingle) => {
    if (sizeNow() >= renewAt) {
      stamp++;
      renewAt = Math.ceil(sizeNow() * 1.01) + 1;
    }
    const bucket = shingle & (titleBit - 1);
    if (stamps[bucket] !== stamp) {
      stamps[bucket] = stamp;
      known[bucket] = Math.log1p(sizeNow() / (1 + words.lengthOf(bucket)));
    }
    return known[bucket] ?? 0;
  };
}

function isAccepted({ withinM = Infinity, accepts }: SimilarWish, { id, distanceM }: SimilarFound): boolean {
  return (distanceM ?? 0) <= withinM && (accepts?.(id) ?? true);
}

function hashed(title: string, text: string): number[] {
  const own = new Set(shinglesOf(title, 64).map((shingle) => hashOf(shingle, bits)));
  const rest = new Set(shinglesOf(text, 512).map((shingle) => hashOf(shingle, bits)));
  return [...[...own].map((shingle) => shingle + titleBit), ...[...rest].filter((shingle) => !own.has(shingle))];
}

const cellOf = (degrees: number): number => Math.floor((degrees + 180) / cellDegrees);
const cellHash = (x: number, y: number): number => (Math.imul(x, 73_856_093) ^ Math.imul(y, 19_349_663)) & 0xffff;

/** 1 where distance and age are 0, falling by halves towards the floors; what is not known counts as neither near nor far. */
function factorOf(rules: SimilarRules, distance: number | null, days: number): number {
  const near = distance === null ? 0.5 : 1 / (1 + distance / rules.placeHalfM);
  const recent = 1 / (1 + days / rules.timeHalfDays);
  return (rules.placeFloor + (1 - rules.placeFloor) * near) * (rules.timeFloor + (1 - rules.timeFloor) * recent);
}
