/** What the index of like messages keeps of each, in columns; slots are numbered in the order of coming. */
import { dayMs } from '#kit/shanghai-days.ts';
import { distanceM } from '#kit/geo.ts';
import type { SimilarEntry, SimilarWish } from './similar.ts';

export interface SimilarStore {
  push(entry: SimilarEntry, shingles: readonly number[]): number;
  bury(slot: number): void;
  isBuried(slot: number): boolean;
  idOf(slot: number): string;
  eachShingle(slot: number, see: (shingle: number) => void): void;
  /** Metres (null: unknown) and days between the wish and the slot. */
  apart(wish: Pick<SimilarWish, 'lon' | 'lat' | 'atMs'>, slot: number): [distanceM: number | null, days: number];
  /** Sums of one search: emptied, added to, and the slots that got any. */
  clear(): void;
  score(slot: number, worth: number): void;
  touched(): Uint32Array;
  /** The slots with the highest sum × factor, at most `most`. */
  best(slots: Uint32Array, most: number, factor: (slot: number) => number): Set<number>;
  readonly count: number;
  readonly bytes: number;
}

export function createStore(): SimilarStore {
  const ids: string[] = [];
  let starts = new Uint32Array(1024);
  let lons = new Float32Array(1024);
  let lats = new Float32Array(1024);
  let seconds = new Uint32Array(1024);
  let sums = new Float32Array(1024);
  let shingles = new Uint32Array(16_384);
  let touchedSlots = new Uint32Array(1024);
  let touchedCount = 0;
  let count = 0;

  function makeRoom(more: number): void {
    if (count + 2 > starts.length) {
      const size = Math.ceil(starts.length * 1.5);
      [starts, seconds, touchedSlots] = [grown(starts, size), grown(seconds, size), grown(touchedSlots, size)];
      [lons, lats, sums] = [grownFloat(lons, size), grownFloat(lats, size), grownFloat(sums, size)];
    }
    const used = starts[count] ?? 0;
    if (used + more > shingles.length) shingles = grown(shingles, Math.ceil(shingles.length * 1.5) + more);
  }

  return {
    push(entry, own) {
      makeRoom(own.length);
      const slot = count++;
      ids.push(entry.id);
      lons[slot] = entry.lon ?? Number.NaN;
      lats[slot] = entry.lat ?? Number.NaN;
      seconds[slot] = Math.max(0, Math.round(entry.atMs / 1000));
      shingles.set(own, starts[slot] ?? 0);
      starts[slot + 1] = (starts[slot] ?? 0) + own.length;
      return slot;
    },
    bury(slot) {
      ids[slot] = '';
    },
    isBuried: (slot) => ids[slot] === '',
    idOf: (slot) => ids[slot] ?? '',
    eachShingle(slot, see) {
      const end = starts[slot + 1] ?? 0;
      for (let at = starts[slot] ?? 0; at < end; at++) see(shingles[at] ?? 0);
    },
    apart(wish, slot) {
      const days = Math.abs(wish.atMs / 1000 - (seconds[slot] ?? 0)) / (dayMs / 1000);
      const [lon, lat] = [lons[slot] ?? Number.NaN, lats[slot] ?? Number.NaN];
      if (wish.lon === null || wish.lat === null || Number.isNaN(lon)) return [null, days];
      return [distanceM([wish.lon, wish.lat], [lon, lat]), days];
    },
    clear() {
      for (let k = 0; k < touchedCount; k++) sums[touchedSlots[k] ?? 0] = 0;
      touchedCount = 0;
    },
    score(slot, worth) {
      const before = sums[slot] ?? 0;
      if (before === 0) touchedSlots[touchedCount++] = slot;
      sums[slot] = before + worth;
    },
    touched: () => touchedSlots.subarray(0, touchedCount),
    best: (slots, most, factor) => bestOf(slots, sums, most, factor),
    get count() {
      return count;
    },
    get bytes() {
      const columns = [starts, lons, lats, seconds, sums, shingles, touchedSlots];
      return columns.reduce((sum, column) => sum + column.byteLength, 0);
    },
  };
}

/**
 * Two passes: the plain sums are cut at the level that leaves about eight times as many as wanted, those are then weighed
 * with their factor (which asks more work).
 */
function bestOf(slots: Uint32Array, sums: Float32Array, most: number, factor: (slot: number) => number): Set<number> {
  const level = levelOf(slots, sums, 8 * most);
  const weighed: [slot: number, worth: number][] = [];
  for (const slot of slots) {
    const sum = sums[slot] ?? 0;
    if (sum >= level && weighed.length < 24 * most) weighed.push([slot, sum * factor(slot)]);
  }
  return new Set(
    weighed
      .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, most)
      .map(([slot]) => slot),
  );
}

/** A sum that at most `most` slots reach, or 0; from a histogram of 1024 steps. */
function levelOf(slots: Uint32Array, sums: Float32Array, most: number): number {
  if (slots.length <= most) return 0;
  let highest = 0;
  for (const slot of slots) highest = Math.max(highest, sums[slot] ?? 0);
  const steps = new Uint32Array(1025);
  for (const slot of slots) {
    const step = Math.floor((1024 * (sums[slot] ?? 0)) / highest);
    steps[step] = (steps[step] ?? 0) + 1;
  }
  let reached = 0;
  for (let step = 1024; step >= 0; step--) {
    reached += steps[step] ?? 0;
    if (reached > most) return ((step + 1) * highest) / 1024;
  }
  return 0;
}

function grown(column: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(size);
  larger.set(column);
  return larger;
}

function grownFloat(column: Float32Array<ArrayBuffer>, size: number): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(size);
  larger.set(column);
  return larger;
}
