/** Facts as series of days: pure. */
import { dayMs } from '#kit/shanghai-days.ts';
import { createHash } from 'node:crypto';
import type { AreaDay } from './store-facts.ts';

/** Daily counts of one kind ('' every kind) in one area, from the first day on. */
export interface Series {
  areaCode: string;
  category: string;
  counts: Float64Array;
  /** Index of the same kind in the whole district. */
  pool: number;
}

export interface SeriesSet {
  /** Of the district itself: what the others lean on. */
  pools: { category: string; counts: Float64Array }[];
  series: Series[];
}

interface Wish {
  district: string;
  firstDay: string;
  days: number;
  tiers: readonly ('district' | 'street' | 'community')[];
}

/** Series of every kind that ever happened, for the areas of the tiers asked. The order depends on nothing but the facts. */
export function seriesOf(rows: readonly AreaDay[], { district, firstDay, days, tiers }: Wish): SeriesSet {
  const firstMs = Date.parse(firstDay);
  const all = new Map<string, Float64Array>();
  const add = (areaCode: string | null, category: string, day: number, seen: number): void => {
    if (areaCode === null) return;
    const key = `${areaCode}|${category}`;
    let counts = all.get(key);
    if (counts === undefined) all.set(key, (counts = new Float64Array(days)));
    counts[day] = (counts[day] as number) + seen;
  };
  for (const { street, community, category, day, seen } of rows) {
    const at = Math.round((Date.parse(day) - firstMs) / dayMs);
    if (at < 0 || at >= days) continue;
    for (const kind of [category, '']) {
      add(district, kind, at, seen);
      if (tiers.includes('street')) add(street, kind, at, seen);
      if (tiers.includes('community')) add(community, kind, at, seen);
    }
  }
  const keys = [...all.keys()].toSorted();
  const pools = keys
    .filter((key) => key.startsWith(`${district}|`))
    .map((key) => ({ category: key.slice(district.length + 1), counts: all.get(key) ?? new Float64Array(days) }));
  const poolOf = new Map(pools.map(({ category }, k) => [category, k]));
  const series = keys
    .filter((key) => tiers.includes('district') || !key.startsWith(`${district}|`))
    .map((key) => {
      const [areaCode = '', category = ''] = key.split('|');
      return { areaCode, category, counts: all.get(key) ?? new Float64Array(days), pool: poolOf.get(category) ?? 0 };
    });
  return { pools, series };
}

/** Hexadecimal SHA-256 of anything JSON carries. */
export function hashOf(...what: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(what), 'utf8').digest('hex');
}

interface Found {
  areaCode: string;
  path: readonly string[];
  category: string;
  side: 'more' | 'fewer';
  seen: number;
  expected: number;
}

/**
 * One thing told once: an area, what it lies in, and all kinds together often stand out for one reason. From the largest
 * excess down, the most particular one that makes at least half of it is told, and nothing that contains it or is contained
 * in it.
 */
export function toldOnce<T extends Found>(found: readonly T[]): T[] {
  const excess = ({ seen, expected }: Found): number => Math.abs(seen - expected);
  const isPart = (small: T, large: T): boolean =>
    small.side === large.side &&
    small.path.includes(large.areaCode) &&
    (small.category === large.category || large.category === '');
  const fineness = ({ path, category }: Found): number => path.length * 2 + (category === '' ? 0 : 1);
  const told: T[] = [];
  let left = found.toSorted((a, b) => excess(b) - excess(a) || fineness(a) - fineness(b));
  for (let top = left[0]; top !== undefined; top = left[0]) {
    const largest = top;
    const particular = left
      .filter((one) => isPart(one, largest) && excess(one) >= excess(largest) / 2)
      .reduce((best, one) => (fineness(one) > fineness(best) ? one : best), largest);
    told.push(particular);
    left = left.filter((one) => !isPart(one, particular) && !isPart(particular, one));
  }
  return told;
}
