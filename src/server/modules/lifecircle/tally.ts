/** Pure: how many people of which areas are within each limit of a class. */
import { noTime } from './store-run.ts';
import type { CellIn } from './parts.ts';

export interface Heads {
  people: number;
  elders: number;
  children: number;
}

export const limitNames = ['five', 'ten', 'fifteen', 'standard'] as const;
export type LimitName = (typeof limitNames)[number];
export type Within = Record<LimitName, Heads>;

/** Seconds of each limit; the standard is that of the class. */
export function limitsOf(standardS: number): Record<LimitName, number> {
  return { five: 300, ten: 600, fifteen: 900, standard: standardS };
}

export const nobody = (): Heads => ({ people: 0, elders: 0, children: 0 });

function add(sum: Heads, cell: Heads): void {
  sum.people += cell.people;
  sum.elders += cell.elders;
  sum.children += cell.children;
}

/** Everybody of each group of cells. `groups` gives the group of a cell, or −1. O(cells). */
export function headsOf(cells: readonly Heads[], groups: ArrayLike<number>, count: number): Heads[] {
  const sums = Array.from({ length: count }, nobody);
  cells.forEach((cell, k) => {
    const sum = sums[groups[k] as number];
    if (sum !== undefined) add(sum, cell);
  });
  return sums;
}

export interface GroupTimes {
  within: Within;
  /** Seconds at which half of the people are there; null: nobody lives there, or half of them are beyond the cut-off. */
  medianS: number | null;
}

/** The same for one class, counted within its limits. O(cells log cells). */
export function withinOf(
  cells: readonly CellIn[],
  seconds: Uint16Array,
  groups: ArrayLike<number>,
  { count, standardS }: { count: number; standardS: number },
): GroupTimes[] {
  const limits = limitsOf(standardS);
  const sums = Array.from({ length: count }, () => ({
    within: { five: nobody(), ten: nobody(), fifteen: nobody(), standard: nobody() },
    times: [] as { s: number; people: number }[],
  }));
  cells.forEach((cell, k) => {
    const sum = sums[groups[k] as number];
    if (sum === undefined) return;
    const s = seconds[k] as number;
    sum.times.push({ s, people: cell.people });
    if (s !== noTime) for (const name of limitNames) if (s <= limits[name]) add(sum.within[name], cell);
  });
  return sums.map(({ within, times }) => ({ within, medianS: medianOf(times) }));
}

function medianOf(times: { s: number; people: number }[]): number | null {
  const half = times.reduce((sum, { people }) => sum + people, 0) / 2;
  if (half === 0) return null;
  let passed = 0;
  for (const { s, people } of times.toSorted((a, b) => a.s - b.s)) {
    passed += people;
    if (passed >= half) return s === noTime ? null : s;
  }
  return null;
}
