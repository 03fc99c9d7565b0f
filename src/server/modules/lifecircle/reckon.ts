/**
 * The mathematics of one run, for a worker thread: places are hung on the network, each class of facilities is evaluated, what
 * lies too far from any way is set aside and named. Pure: the same order gives the same answer.
 */
import { evaluateClass, type ClassReach } from '#engine/access/evaluate.ts';
import { detourRatio } from '#engine/access/measure.ts';
import { compileGraph } from '#engine/network/graph.ts';
import { hangPlaces, joined, type Holds } from '#engine/network/holds.ts';
import type { Network } from '#engine/network/network.ts';
import { impassable, lengthProfile, type WalkProfile } from '#engine/network/profile.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { nearestPlace } from '#engine/reach/nearest-place.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { distanceM } from '#kit/geo.ts';
import type { Work } from '#server/compute/index.ts';
import { weightedMedian } from './rules.ts';
import { findShift, type Shift } from './shift.ts';
import { noFacility, noTime, type ClassResult } from './store-run.ts';

export interface ReckonCell {
  lon: number;
  lat: number;
  people: number;
  elders: number;
  children: number;
}

export interface ReckonPlace {
  lon: number;
  lat: number;
  capacity: number | null;
  classCode: string;
  /** At the time asked for; null: its hours are not known, it counts. True where no time was asked for. */
  open: boolean | null;
}

export interface ReckonOrder {
  network: Network;
  walk: WalkProfile;
  cells: readonly ReckonCell[];
  places: readonly ReckonPlace[];
  classes: readonly { code: string; standardS: number }[];
  cutoffS: number;
  snapLimitM: number;
}

export interface Reckoned {
  /** In the order of the classes. */
  results: ClassResult[];
  /** Indices of what lies too far from any way. */
  asideCells: number[];
  asidePlaces: number[];
  shift: Shift | null;
}

/** Walking times of everybody to the nearest facility of each class. Progress counts classes. */
export function run(order: ReckonOrder, work: Work): Reckoned {
  const ground = makeGround(order);
  const results = order.classes.map((asked, k) => {
    work.stopIfAsked();
    const result = reckonClass(order, ground, asked);
    work.progress(k + 1, order.classes.length);
    return result;
  });
  return {
    results,
    asideCells: unjoined(ground.cells.holds),
    asidePlaces: unjoined(ground.places),
    shift: ground.shift,
  };
}

function unjoined(holds: Holds): number[] {
  return Array.from({ length: holds.edge.length }, (_, k) => k).filter((k) => !joined(holds, k));
}

type Ground = ReturnType<typeof makeGround>;

function makeGround({ network, walk, cells, places, snapLimitM }: ReckonOrder) {
  const snapper = makeSnapper(network);
  const to = compileGraph(network, walk, 'to');
  const flat = compileGraph(network, lengthProfile(walk), 'to');
  return {
    to,
    from: compileGraph(network, walk, 'from'),
    flat,
    walker: makeWalker(to),
    cells: {
      holds: hangPlaces(to, snapper, columns(cells), snapLimitM),
      people: Uint32Array.from(cells, ({ people }) => people),
      elders: Uint32Array.from(cells, ({ elders }) => elders),
      children: Uint32Array.from(cells, ({ children }) => children),
    },
    ofClass: Map.groupBy(places.keys(), (k) => places[k]?.classCode ?? ''),
    places: hangPlaces(to, snapper, columns(places), snapLimitM),
    flatCells: hangPlaces(flat, snapper, columns(cells), snapLimitM),
    flatPlaces: hangPlaces(flat, snapper, columns(places), snapLimitM),
    shift: findShift(snapper, places),
  };
}

const columns = (rows: readonly { lon: number; lat: number }[]) => ({
  lon: Float64Array.from(rows, ({ lon }) => lon),
  lat: Float64Array.from(rows, ({ lat }) => lat),
});

function reckonClass(
  order: ReckonOrder,
  ground: Ground,
  { code, standardS }: ReckonOrder['classes'][number],
): ClassResult {
  const own = ground.ofClass.get(code) ?? [];
  const places = {
    holds: pick(ground.places, own),
    capacity: Float64Array.from(own, (k) => order.places[k]?.capacity ?? Number.NaN),
    open: Uint8Array.from(own, (k) => (order.places[k]?.open === false ? 0 : 1)),
  };
  const limits = [standardS];
  const options = { limits, standardS, cutoffS: order.cutoffS, back: ground.from, catchment: true };
  const reach = evaluateClass(ground.to, ground.cells, places, options, ground.walker);
  return {
    classCode: code,
    ...timesOf(reach, own),
    figures: {
      facilities: reach.counted,
      closed: own.filter((k) => order.places[k]?.open === false).length,
      hoursUnknown: own.filter((k) => order.places[k]?.open === null).length,
      gini: reach.gini,
      palma: reach.palma,
      detour: detourOf(order, ground, own, places.open),
    },
  };
}

function pick(holds: Holds, which: readonly number[]): Holds {
  const own = Object.entries(holds).map(([name, array]) => {
    const of = array as Float64Array;
    const made = new (of.constructor as Float64ArrayConstructor)(which.length);
    which.forEach((from, k) => (made[k] = of[from] as number));
    return [name, made];
  });
  return Object.fromEntries(own) as unknown as Holds;
}

/** Whole seconds, rounded up: within a limit exactly when the deciseconds are. */
function timesOf(reach: ClassReach, own: readonly number[]): Pick<ClassResult, 'seconds' | 'back' | 'facility'> {
  return {
    seconds: toSeconds(reach.nearestDs),
    back: toSeconds(reach.backDs ?? new Uint32Array()),
    facility: Uint32Array.from(reach.facility, (k) => (k < 0 ? noFacility : (own[k] as number))),
  };
}

function toSeconds(times: Uint32Array): Uint16Array {
  const seconds = new Uint16Array(times.length).fill(noTime);
  for (let k = 0; k < times.length; k++) {
    const ds = times[k] as number;
    if (ds !== impassable) seconds[k] = Math.min(noTime - 1, Math.ceil(ds / 10));
  }
  return seconds;
}

/** Metres walked over metres straight to the nearest on foot, the median of the people. Null where nobody walks. */
function detourOf(order: ReckonOrder, ground: Ground, own: readonly number[], open: Uint8Array): number | null {
  const found = nearestPlace(ground.flat, ground.walker, {
    places: pick(ground.flatPlaces, own),
    origins: ground.flatCells,
    counts: (place) => open[place] === 1,
    limitDs: Math.min(65_535, Math.round(order.cutoffS * order.walk.flatMs * 10)),
  });
  const ratios: { value: number; weight: number }[] = [];
  order.cells.forEach((cell, k) => {
    const place = order.places[own[found.place[k] as number] ?? -1];
    if (place === undefined || cell.people === 0) return;
    const walkedM = (found.ds[k] as number) / 10; // one metre a second
    const value = detourRatio(walkedM, distanceM([cell.lon, cell.lat], [place.lon, place.lat]));
    if (value !== null) ratios.push({ value, weight: cell.people });
  });
  const median = weightedMedian(ratios);
  return median === null ? null : Math.round(median * 100) / 100;
}
