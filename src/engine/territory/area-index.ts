/**
 * Point → smallest area, for a whole city at once.
 *
 * A raster over all areas. A cell that no outline crosses knows its answer; a cell that outlines cross keeps the areas
 * concerned, in the order in which they would win, and asks each exactly. So most lookups are one array read.
 *
 *   head[cell] = -1            → answer is full[cell]
 *   head[cell] = i, item[i], next[i] … → the first area that holds the point; after the last, full[cell]
 *
 * The winner: the lowest tier (micro-grid before grid before community …); among areas of one tier the lowest code, so
 * a point on a common border belongs to exactly one neighbour.
 */
import { orient2d } from 'robust-predicates';
import { tiers } from '#kit/tiers.ts';
import type { Tier } from '#kit/tiers.ts';
import { ringsOf } from './geometry.ts';
import type { AreaGeometry } from './geometry.ts';
import { rasterOver, rasterise } from './raster.ts';
import type { Raster } from './raster.ts';

export interface IndexedArea {
  code: string;
  tier: Tier;
  rings: AreaGeometry;
}

export interface AreaIndex {
  /** Position in the input array of the smallest area that holds the point (border included), or −1. NaN gives −1. */
  locate(lon: number, lat: number): number;
  readonly cellCount: number;
  /** Share of cells that answer at once, 0–1. */
  readonly directShare: number;
}

/** Outlines as struct of arrays: area a owns rings ringFrom[a]…ringFrom[a+1], ring r owns points pointFrom[r]…. */
interface Outlines {
  ringFrom: Int32Array;
  pointFrom: Int32Array;
  xy: Float64Array;
}

/**
 * Builds the index. Outlines must be valid (see `findRingProblems`) and in WGS-84; they need not tile. Memory is 8 bytes
 * per cell (at most 4 M cells) plus the outlines. Deterministic: neither order of input nor of rings changes an answer.
 */
export function buildAreaIndex(areas: readonly IndexedArea[]): AreaIndex {
  const outlines = flatten(areas);
  const raster = rasterOver(outlines.xy, areas.length);
  const losersFirst = areas.map((_, index) => index).sort((a, b) => -compare(areas[a], areas[b]));
  for (const area of losersFirst) {
    const from = outlines.ringFrom[area] ?? 0;
    const to = outlines.ringFrom[area + 1] ?? 0;
    rasterise(raster, area, outlines.xy, outlines.pointFrom.subarray(from, to + 1));
  }
  return {
    locate: (lon, lat) => locateIn(raster, outlines, lon, lat),
    cellCount: raster.head.length,
    directShare: raster.head.reduce((sum, head) => sum + (head < 0 ? 1 : 0), 0) / Math.max(1, raster.head.length),
  };
}

function compare(a: IndexedArea | undefined, b: IndexedArea | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (a.tier !== b.tier) return tiers.indexOf(b.tier) - tiers.indexOf(a.tier);
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}

function flatten(areas: readonly IndexedArea[]): Outlines {
  const all = areas.map(({ rings }) => ringsOf(rings));
  const ringFrom = new Int32Array(areas.length + 1);
  const pointFrom = [0];
  const xy: number[] = [];
  all.forEach((rings, area) => {
    for (const ring of rings) {
      for (const [lon, lat] of ring) xy.push(lon, lat);
      pointFrom.push(xy.length / 2);
    }
    ringFrom[area + 1] = pointFrom.length - 1;
  });
  return { ringFrom, pointFrom: Int32Array.from(pointFrom), xy: Float64Array.from(xy) };
}

function locateIn(raster: Raster, outlines: Outlines, lon: number, lat: number): number {
  const column = Math.floor((lon - raster.west) * raster.perLon);
  const row = Math.floor((lat - raster.south) * raster.perLat);
  if (!(column >= 0 && column < raster.columns && row >= 0 && row < raster.rows)) return -1;
  const cell = row * raster.columns + column;
  let link = raster.head[cell] ?? -1;
  while (link >= 0) {
    const area = raster.item[link] ?? -1;
    if (holds(outlines, area, lon, lat)) return area;
    link = raster.next[link] ?? -1;
  }
  return raster.full[cell] ?? -1;
}

/** True when the point lies inside or on the border: `sideOfRings` over typed arrays, without allocation. */
function holds({ ringFrom, pointFrom, xy }: Outlines, area: number, lon: number, lat: number): boolean {
  let inside = false;
  const lastRing = ringFrom[area + 1] ?? 0;
  for (let ring = ringFrom[area] ?? 0; ring < lastRing; ring++) {
    const end = (pointFrom[ring + 1] ?? 0) * 2;
    let ax = xy[end - 2] ?? 0;
    let ay = xy[end - 1] ?? 0;
    for (let k = (pointFrom[ring] ?? 0) * 2; k < end; k += 2) {
      const bx = xy[k] ?? 0;
      const by = xy[k + 1] ?? 0;
      if (ay > lat !== by > lat) {
        const turn = orient2d(ax, ay, bx, by, lon, lat);
        if (turn === 0) return true;
        if (turn < 0 === by > ay) inside = !inside;
      } else if (by === lat && (bx === lon || (ay === lat && ax <= lon === lon <= bx))) {
        return true;
      }
      ax = bx;
      ay = by;
    }
  }
  return inside;
}
