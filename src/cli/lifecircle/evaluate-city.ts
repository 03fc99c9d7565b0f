import type { ClassReach } from '#engine/access/evaluate.ts';
import { detourRatio } from '#engine/access/measure.ts';
import { compileGraph, type WalkGraph } from '#engine/network/graph.ts';
import { hangPlaces, joined, type Holds } from '#engine/network/holds.ts';
import { metresPerUnit, perDegree } from '#engine/network/network.ts';
import { lengthProfile } from '#engine/network/profile.ts';
import { makeSnapper, type Snapper } from '#engine/network/snap.ts';
import type { Isochrone } from '#engine/reach/isochrone.ts';
import { evaluateTask, isochronesTask, share, type ComputePool, type ProfileWord } from '#server/compute/index.ts';
import { openAtMinute, type FacilityClass } from '#server/modules/facilities/index.ts';
import { boundsOf, type Ground } from './ground.ts';
import type { Progress } from './progress.ts';
import { pick, type Cells, type Facilities } from './tables.ts';
import type { WeekTime } from './week-time.ts';

/** Minutes people are counted for. */
export const limitsS = [300, 600, 900];

export interface CityAsked {
  ground: Ground;
  cells: Cells;
  facilities: Facilities;
  profiles: ReadonlyMap<string, ProfileWord>;
  classes: ReadonlyMap<string, FacilityClass>;
  at: WeekTime | null;
  /** Facilities of unknown hours count as open. */
  unknownIsOpen: boolean;
  /** Metres to the nearest way beyond which a facility, a cell is not joined. */
  snapM: number;
  snapCellsM: number;
  /** Minutes beyond which no walk is looked for. */
  cutoffMin: number;
  isochrones: boolean;
}

/** A class of facilities as one kind of walker meets it. */
export interface ClassResult {
  norm: FacilityClass;
  /** Of the facilities of the file, only those of this class; `reach.facility` counts in these. */
  places: Facilities;
  holds: Holds;
  reach: ClassReach;
  /** Whose hours nobody knows, where a time was asked for. */
  hoursUnknown: number;
  /** By cell: metres walked over metres straight to the nearest; NaN where nothing can be said. */
  detour: Float64Array;
  isochrones: Isochrone[];
}

export interface ProfileResult {
  word: ProfileWord;
  cellHolds: Holds;
  classes: ClassResult[];
  /** Facilities no way is near enough to: not counted, and told by name. */
  astray: { code: string; name: string; classCode: string; nearestM: number | null }[];
}

/** Looks so far for a way only to say how far it is, metres. */
const sayingM = 5_000;
/** An outline's raster has no more cells than this. */
const rasterCells = 4_000_000;

/** Evaluates every class for every walker, as many at once as the pool has workers. */
export async function evaluateCity(asked: CityAsked, pool: ComputePool, progress: Progress): Promise<ProfileResult[]> {
  progress.step('indexing ways');
  const snapper = makeSnapper(asked.ground.network);
  const network = share(asked.ground.network);
  const results: ProfileResult[] = [];
  const total = asked.profiles.size * asked.classes.size;
  let done = 0;
  for (const word of asked.profiles.values()) {
    const ground = groundOf(asked, word, share({ network }).network, snapper);
    const classes = await Promise.all(
      [...asked.classes.values()].map(async (norm) => {
        const result = await evaluateOne(asked, ground, norm, pool);
        progress.step('evaluating', ++done, total);
        return result;
      }),
    );
    results.push({
      word,
      cellHolds: ground.cells.holds,
      classes,
      astray: classes.flatMap((found) => strays(found, snapper)),
    });
  }
  progress.end();
  return results;
}

/** What all classes of one walker share. */
interface WalkerGround {
  graph: WalkGraph;
  back: WalkGraph;
  lengths: WalkGraph;
  snapper: Snapper;
  cells: { holds: Holds; people: Float64Array; elders: Float64Array; children: Float64Array };
}

function groundOf(
  { cells, snapCellsM }: CityAsked,
  { profile }: ProfileWord,
  network: Ground['network'],
  snapper: Snapper,
): WalkerGround {
  const graph = share(compileGraph(network, profile, 'to'));
  const { people, elders, children } = cells;
  return {
    graph,
    back: share(compileGraph(network, profile, 'from')),
    lengths: share(compileGraph(network, lengthProfile(profile), 'to')),
    snapper,
    cells: share({ holds: hangPlaces(graph, snapper, cells, snapCellsM), people, elders, children }),
  };
}

async function evaluateOne(
  asked: CityAsked,
  ground: WalkerGround,
  norm: FacilityClass,
  pool: ComputePool,
): Promise<ClassResult> {
  const { facilities, at, unknownIsOpen, snapM, cutoffMin } = asked;
  const places = pick(facilities, [...facilities.classCode.keys()].filter((k) => facilities.classCode[k] === norm.code)); // prettier-ignore
  const { graph, back, lengths, cells } = ground;
  const holds = hangPlaces(graph, ground.snapper, places, snapM);
  const isOpen = places.hours.map((hours) => (at === null ? true : openAtMinute(hours, at.weekday, at.minute)));
  const open = at === null ? null : Uint8Array.from(isOpen, (now) => ((now ?? unknownIsOpen) ? 1 : 0));
  const standardS = norm.walkMin * 60;
  const options = {
    limits: limitsS,
    standardS,
    cutoffS: Math.max(cutoffMin * 60, standardS),
    back,
    lengths,
    catchment: true,
  };
  const reach = await pool.run(evaluateTask, {
    graph,
    cells,
    places: { holds, capacity: places.capacity, open },
    options,
  });
  const shown = open === null ? holds : { ...holds, edge: holds.edge.map((edge, k) => (open[k] === 1 ? edge : -1)) };
  return {
    norm,
    places,
    holds,
    reach,
    hoursUnknown: at === null ? 0 : isOpen.filter((now) => now === null).length,
    detour: detours(asked.cells, places, reach),
    isochrones: asked.isochrones
      ? await pool.run(isochronesTask, { graph, starts: shown, options: outlineOptions(asked.ground) })
      : [],
  };
}

function outlineOptions({ network }: Ground) {
  const [west, south, east, north] = boundsOf(network);
  const scale = metresPerUnit((south + north) / 2);
  const area = (east - west) * perDegree * scale.x * (north - south) * perDegree * scale.y;
  const cellM = Math.min(200, Math.max(20, Math.ceil(Math.sqrt(area / rasterCells))));
  return { limits: limitsS, cellM, besideM: Math.max(60, 2 * cellM) };
}

function detours(cells: Cells, places: Facilities, { facility, metres }: ClassReach): Float64Array {
  return Float64Array.from(cells.lon, (lon, k) => {
    const place = facility[k] as number;
    const walked = metres?.[k] ?? NaN;
    if (place < 0 || Number.isNaN(walked)) return NaN;
    const scale = metresPerUnit(cells.lat[k] as number);
    const dx = ((places.lon[place] as number) - lon) * perDegree * scale.x;
    const dy = ((places.lat[place] as number) - (cells.lat[k] as number)) * perDegree * scale.y;
    return detourRatio(walked, Math.hypot(dx, dy)) ?? NaN;
  });
}

function strays({ places, holds, norm }: ClassResult, snapper: Snapper): ProfileResult['astray'] {
  return [...places.code.keys()]
    .filter((k) => !joined(holds, k))
    .map((k) => ({
      code: places.code[k] as string,
      name: places.name[k] as string,
      classCode: norm.code,
      nearestM: snapper.snap(places.lon[k] as number, places.lat[k] as number, sayingM)?.offsetM ?? null,
    }));
}
