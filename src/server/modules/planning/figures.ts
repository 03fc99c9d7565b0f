import type { ChoiceFigures, GroupCounts } from '#contract/planning.ts';
import { gini } from '#engine/access/measure.ts';
import type { SitingData } from './siting-data.ts';

type Figures = ChoiceFigures['after'];
type Cells = SitingData['cells'];

/** By cell: deciseconds to the nearest of what there is and what is chosen, −1 beyond the cutoff; and which chosen one it is. */
export interface Reached {
  ds: Float64Array;
  /** Index of the candidate, −1 where what there is already is as near. */
  by: Int32Array;
}

/**
 * Walks once the chosen places exist; of equally near ones what there is already goes first, then the lowest candidate.
 * O(cells + walks of the chosen).
 * @param chosen indices of candidates, any order
 */
export function reachedWith({ cells, walks }: SitingData, chosen: readonly number[]): Reached {
  const ds = Float64Array.from(cells.nearestDs);
  const by = new Int32Array(ds.length).fill(-1);
  for (const j of [...chosen].toSorted((a, b) => a - b)) {
    for (let k = walks.first[j] ?? 0; k < (walks.first[j + 1] ?? 0); k++) {
      const cell = walks.cell[k] as number;
      const at = walks.ds[k] as number;
      const now = ds[cell] as number;
      if (now >= 0 && now <= at) continue;
      ds[cell] = at;
      by[cell] = j;
    }
  }
  return { ds, by };
}

const none = (): GroupCounts => ({ people: 0, elders: 0, children: 0 });

function add(sum: GroupCounts, { people, elders, children }: Cells, k: number): void {
  sum.people += people[k] as number;
  sum.elders += elders[k] as number;
  sum.children += children[k] as number;
}

function sumWhere(cells: Cells, counts: (cell: number) => boolean): GroupCounts {
  const sum = none();
  for (let k = 0; k < cells.people.length; k++) if (counts(k)) add(sum, cells, k);
  return sum;
}

/** Who reaches a facility, how far they walk, how evenly. Who finds none within the cutoff counts as walking the cutoff in `gini` only. */
export function figuresOf({ cells, limitS, cutoffS }: SitingData, ds: Float64Array): Figures {
  const found = (k: number): boolean => (ds[k] as number) >= 0;
  let walked = 0;
  let walkers = 0;
  let farthest = -1;
  for (let k = 0; k < ds.length; k++) {
    const people = cells.people[k] as number;
    if (people === 0 || !found(k)) continue;
    walked += people * (ds[k] as number);
    walkers += people;
    farthest = Math.max(farthest, ds[k] as number);
  }
  const spent = Float64Array.from(ds, (value) => (value < 0 ? cutoffS * 10 : value));
  const fairness = gini(spent, cells.people);
  return {
    total: sumWhere(cells, () => true),
    within: sumWhere(cells, (k) => found(k) && (ds[k] as number) <= limitS * 10),
    meanS: walkers === 0 ? null : Math.round(walked / walkers / 10),
    farthestS: farthest < 0 ? null : Math.round(farthest / 10),
    unreached: sumWhere(cells, (k) => !found(k)).people,
    gini: fairness === null ? null : Math.round(fairness * 1000) / 1000,
  };
}

/** What a choice brings, for everybody and place by place. @param keys of candidates; unknown ones are left out */
export function figuresOfChoice(data: SitingData, keys: readonly string[]): ChoiceFigures {
  const { cells, candidates, limitS } = data;
  const wanted = new Set(keys);
  const chosen = candidates.flatMap(({ key }, j) => (wanted.has(key) ? [j] : []));
  const before = Float64Array.from(cells.nearestDs);
  const { ds: after, by } = reachedWith(data, chosen);
  const served = (values: Float64Array, k: number): boolean =>
    (values[k] as number) >= 0 && (values[k] as number) <= limitS * 10;
  const isNew = (k: number): boolean => served(after, k) && !served(before, k);
  const costs = chosen.map((j) => candidates[j]?.costYuan ?? null);
  return {
    chosen: chosen.map((j) => candidates[j]?.key ?? ''),
    before: figuresOf(data, before),
    after: figuresOf(data, after),
    newly: sumWhere(cells, isNew),
    costYuan: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    each: chosen.map((j) => ({
      key: candidates[j]?.key ?? '',
      newly: sumWhere(cells, (k) => by[k] === j && isNew(k)),
      serves: sumWhere(cells, (k) => by[k] === j && served(after, k)).people,
    })),
  };
}
