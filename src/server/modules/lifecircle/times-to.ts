import type { Walks } from '#engine/access/measure.ts';
import { hangPlaces, joined } from '#engine/network/holds.ts';
import { AppError } from '#kit/errors.ts';
import { share, walksTask } from '#server/compute/index.ts';
import { systemScope } from '#server/db/scope.ts';
import { circleRule, profileOf } from './dictionary.ts';
import type { Networks } from './networks.ts';
import type { CellIn, LifecircleParts } from './parts.ts';

export interface TimesWish {
  /** Cells of this area; its district's latest network unless another is named. */
  areaCode: string;
  network?: string;
  /** Code of walk-profiles.csv; 'adult' unless stated. */
  profile?: string;
  /** Seconds, up to 6,553. */
  cutoffS: number;
  /** Cells of an earlier reading, to keep their order; the cells of the area as they are now unless given. */
  cells?: readonly CellIn[];
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
}

/** Walks from cells to places, for siting. */
export interface TimesTo {
  network: string;
  profile: string;
  cells: readonly CellIn[];
  /** Of cell c the pairs first[c] … first[c + 1] − 1: index of the place, deciseconds from home to it. */
  walks: Walks;
  /** Indices of places too far from any way: nobody can be said to reach them. */
  asidePlaces: number[];
  asideCells: number[];
}

/** @throws AppError in_use when the district has no network; bad_input for an unknown walker */
export async function timesTo(
  parts: LifecircleParts & { networks: Networks },
  places: readonly { lon: number; lat: number }[],
  wish: TimesWish,
): Promise<TimesTo> {
  const network =
    wish.network === undefined ? await parts.networks.forArea(wish.areaCode) : await parts.networks.load(wish.network);
  if (network === undefined)
    throw new AppError('in_use', 'Expected a walking network of this district, found none. Import one first.');
  const profile = wish.profile ?? 'adult';
  const graph = network.graph(profileOf(profile).profile, 'to');
  const cells =
    wish.cells ??
    (await parts.database.read(systemScope, (tx) => parts.facilities.listCells(tx, { areaCode: wish.areaCode })));
  const limitM = circleRule('snap_limit_m');
  const hang = (rows: readonly { lon: number; lat: number }[]) =>
    hangPlaces(graph, network.snapper, { lon: rows.map(({ lon }) => lon), lat: rows.map(({ lat }) => lat) }, limitM);
  const held = { cells: share(hang(cells)), places: share(hang(places)) };
  const walks = await parts.compute.run(
    walksTask,
    { graph, ...held, limitDs: Math.min(65_535, Math.round(wish.cutoffS * 10)) },
    { signal: wish.signal, onProgress: (done, total) => wish.onProgress?.(total === 0 ? 1 : done / total) },
  );
  const aside = (holds: typeof held.cells, count: number): number[] =>
    Array.from({ length: count }, (_, k) => k).filter((k) => !joined(holds, k));
  return {
    network: network.version,
    profile,
    cells,
    walks,
    asidePlaces: aside(held.places, places.length),
    asideCells: aside(held.cells, cells.length),
  };
}
