import type { WalkGraph } from '#engine/network/graph.ts';
import { joined, rehang, turnHolds, type Holds } from '#engine/network/holds.ts';
import { impassable } from '#engine/network/profile.ts';
import { nearestPlace } from '#engine/reach/nearest-place.ts';
import { makeWalker, type Walker } from '#engine/reach/walker.ts';
import { stepDecay } from './decay.ts';
import { floatingCatchment, gini, palma } from './measure.ts';
import { timesBetween } from './times-between.ts';
import { walksTo } from './walks-to.ts';

/** Where people live, on the graph of sense 'to'. Elders and children are among the people. All of equal length. */
export interface PeopleCells {
  holds: Holds;
  people: ArrayLike<number>;
  elders: ArrayLike<number>;
  children: ArrayLike<number>;
}

/** Facilities of one class, on the graph of sense 'to'. */
export interface ClassPlaces {
  holds: Holds;
  /** In the unit of the class; NaN: not known. */
  capacity: ArrayLike<number>;
  /** Which are open at the time asked for, 0 or 1; null: whatever the time. */
  open: ArrayLike<number> | null;
}

export interface EvaluateOptions {
  /** Seconds for which people are counted, rising, each at most 6,553. */
  limits: readonly number[];
  /** Seconds of the standard of this class: who lives further away lacks it. Among the limits or not. */
  standardS: number;
  /** Seconds beyond which no walk is looked for; at least the largest of the above. */
  cutoffS: number;
  /** The same network and walker in sense 'from': the way back from the nearest facility is told; null: is not asked for. */
  back: WalkGraph | null;
  /** The same network in sense 'to' with `lengthProfile`: the metres of the shortest way are told; null: are not asked for. */
  lengths?: WalkGraph | null | undefined;
  /** Tell what each person has of the capacity (two-step floating catchment): costs a search for each facility. */
  catchment: boolean;
  /** Called between searches; may throw to end the evaluation. */
  between?: (() => void) | undefined;
}

/** How many of them. */
export interface Tally {
  people: number;
  elders: number;
  children: number;
}

/** What one class of facilities is to the people. */
export interface ClassReach {
  /** By cell: deciseconds from home to the nearest facility that is open, `impassable` beyond the cutoff. */
  nearestDs: Uint32Array;
  /** By cell: that facility, −1 where there is none; of equally near ones the lowest. */
  facility: Int32Array;
  /** By cell: deciseconds back home from it; `impassable` where there is none or no way back within three times the cutoff. */
  backDs: Uint32Array | null;
  /** By cell: metres of the shortest way to that facility that this walker may take; NaN where there is none below 6,553 m. */
  metres: Float64Array | null;
  /** Everybody, and those at home in cells too far from any way to be joined. */
  whole: Tally;
  unjoined: Tally;
  /** In order of the limits. */
  within: (Tally & { seconds: number })[];
  /** Cells with people beyond the standard, in order; how many people that is. */
  lackingCells: Uint32Array;
  lacking: Tally;
  /** By cell: capacity for a person within the standard's time; null where not asked for or no facility that counts has one. */
  perHead: Float64Array | null;
  /** Facilities that count, and those of them whose capacity nobody knows: they give nothing to `perHead`. */
  counted: number;
  capacityUnknown: number;
  /** Of `perHead`: 0 everybody has the same, towards 1 one has all; best tenth over worst four tenths. Null as `perHead`. */
  gini: number | null;
  palma: number | null;
}

/**
 * Walks from every cell to the nearest facility of one class, and what follows. Facilities that are shut at the time asked for
 * or not joined to the network do not count. Adding a facility never makes anybody's time longer. O(arcs reached + cells), for
 * the catchment and the way back once more for each facility.
 * @param graph of sense 'to'
 */
export function evaluateClass(
  graph: WalkGraph,
  cells: PeopleCells,
  places: ClassPlaces,
  options: EvaluateOptions,
  walker: Walker = makeWalker(graph),
): ClassReach {
  const { open } = places;
  const counts = (place: number): boolean => joined(places.holds, place) && (open === null || open[place] === 1);
  const limitDs = Math.round(options.cutoffS * 10);
  const found = nearestPlace(graph, walker, { places: places.holds, origins: cells.holds, counts, limitDs });
  const beyond = (k: number): boolean => (found.ds[k] as number) > options.standardS * 10;
  const lackingCells: number[] = [];
  for (let k = 0; k < cells.people.length; k++) if ((cells.people[k] as number) > 0 && beyond(k)) lackingCells.push(k);
  return {
    nearestDs: found.ds,
    facility: found.place,
    ...ownWays(cells, places, found.place, options),
    whole: tally(cells, () => true),
    unjoined: tally(cells, (k) => !joined(cells.holds, k)),
    within: options.limits.map((seconds) => ({
      seconds,
      ...tally(cells, (k) => (found.ds[k] as number) <= seconds * 10),
    })),
    lackingCells: Uint32Array.from(lackingCells),
    lacking: tally(cells, beyond),
    ...shares(graph, walker, { cells, places, counts, options }),
  };
}

function tally({ people, elders, children }: PeopleCells, counts: (cell: number) => boolean): Tally {
  const sum = { people: 0, elders: 0, children: 0 };
  for (let k = 0; k < people.length; k++) {
    if (!counts(k)) continue;
    sum.people += people[k] as number;
    sum.elders += elders[k] as number;
    sum.children += children[k] as number;
  }
  return sum;
}

/** Between each cell and its own facility: the way back, the length of the way. */
function ownWays(
  cells: PeopleCells,
  places: ClassPlaces,
  placeOf: Int32Array,
  { back, lengths = null, cutoffS, between }: EvaluateOptions,
): Pick<ClassReach, 'backDs' | 'metres'> {
  const turned = { places: turnHolds(places.holds), cells: turnHolds(cells.holds), placeOf, between };
  const limitDs = Math.min(longestDs, Math.round(3 * cutoffS * 10));
  const backDs = back === null ? null : timesBetween(back, makeWalker(back), { ...turned, limitDs });
  if (lengths === null) return { backDs, metres: null };
  const hung = { places: rehang(lengths, places.holds), cells: rehang(lengths, cells.holds), placeOf, between };
  const lengthsDm = timesBetween(lengths, makeWalker(lengths), { ...hung, limitDs: longestDs });
  return { backDs, metres: Float64Array.from(lengthsDm, (dm) => (dm === impassable ? NaN : dm / 10)) };
}

/** A walker goes no further. */
const longestDs = 65_535;

interface Shared {
  cells: PeopleCells;
  places: ClassPlaces;
  counts: (place: number) => boolean;
  options: EvaluateOptions;
}

type Shares = Pick<ClassReach, 'perHead' | 'counted' | 'capacityUnknown' | 'gini' | 'palma'>;

function shares(graph: WalkGraph, walker: Walker, { cells, places, counts, options }: Shared): Shares {
  const all = Array.from({ length: places.capacity.length }, (_, k) => k);
  const counted = all.filter(counts);
  const known = counted.filter((k) => !Number.isNaN(places.capacity[k] as number));
  const sums = { counted: counted.length, capacityUnknown: counted.length - known.length };
  if (!options.catchment || known.length === 0) return { perHead: null, ...sums, gini: null, palma: null };
  const [isKnown, limitDs] = [new Set(known), Math.round(options.standardS * 10)];
  const edge = places.holds.edge.map((at, k) => (isKnown.has(k) ? at : -1));
  const asked = { cells: cells.holds, places: { ...places.holds, edge }, limitDs, progress: options.between };
  const walks = walksTo(graph, walker, asked);
  const capacity = Float64Array.from(all, (k) => (isKnown.has(k) ? (places.capacity[k] as number) : 0));
  const perHead = floatingCatchment(walks, cells.people, capacity, stepDecay(options.standardS));
  return { perHead, ...sums, gini: gini(perHead, cells.people), palma: palma(perHead, cells.people) };
}
