import { contours } from 'd3-contour';
import type { Hold, WalkGraph } from '#engine/network/graph.ts';
import { metresPerUnit, perDegree } from '#engine/network/network.ts';
import { edgeTimes, impassable } from '#engine/network/profile.ts';
import type { Walker } from './walker.ts';

export interface IsochroneOptions {
  /** Seconds, each above 0: one outline for each, in this order. */
  limits: readonly number[];
  /** Side of a cell, metres, 5 to 200: outlines are true to about half of it. */
  cellM: number;
  /** How far from a street one may stand and still count, metres. */
  besideM: number;
}

/** Where one is within a time. GeoJSON of WGS-84 degrees. */
export interface Isochrone {
  seconds: number;
  geometry: { type: 'MultiPolygon'; coordinates: number[][][][] };
}

/**
 * Outlines of what is within given times of a start, or of the nearest of many: every street reached is walked along in steps
 * of half a cell, the ground beside it as far as `besideM` at the flat speed, and the field of least times is cut at each limit.
 * Shorter times lie within longer ones. O(metres reached / cell · (beside / cell)²).
 */
export function makeIsochrones(
  graph: WalkGraph,
  walker: Walker,
  start: Hold | readonly Hold[],
  options: IsochroneOptions,
): Isochrone[] {
  const starts: readonly Hold[] = 'edge' in start ? [start] : start;
  const longestDs = Math.max(...options.limits) * 10;
  const nodes = starts.flatMap(({ from, to }) => [from, to]);
  walker.walk(nodes, starts.flatMap(({ leaveFrom, leaveTo }) => [leaveFrom, leaveTo]), longestDs); // prettier-ignore
  const reached = {
    graph,
    walker,
    starts: Map.groupBy(starts, ({ edge }) => edge),
    stepM: options.cellM / 2,
    longestDs,
  };
  const field = fieldOf(reached, options);
  return options.limits.map((seconds) => ({ seconds, geometry: cutAt(field, seconds) }));
}

interface Point {
  /** 1e-7 degrees. */
  x: number;
  y: number;
  seconds: number;
}

interface Reached {
  graph: WalkGraph;
  walker: Walker;
  /** By the edges they hang on. */
  starts: ReadonlyMap<number, readonly Hold[]>;
  stepM: number;
  longestDs: number;
}

/** Each point of the streets reached, in 1e-7 degrees with its seconds; the same every time it is asked. */
function eachPoint(
  { graph, walker, starts, stepM, longestDs }: Reached,
  take: (x: number, y: number, seconds: number) => void,
): void {
  const { network, profile, sense } = graph;
  const times = edgeTimes(network, profile);
  const turned = sense === 'to' ? 1 : 0;
  for (let e = 0; e < network.edgeFrom.length; e++) {
    const atFrom = walker.timeOf(network.edgeFrom[e] as number);
    const atTo = walker.timeOf(network.edgeTo[e] as number);
    const own = starts.get(e);
    if (atFrom === impassable && atTo === impassable && own === undefined) continue;
    const there = times[2 * e + turned] as number;
    const back = times[2 * e + 1 - turned] as number;
    eachStep(network, e, stepM, (x, y, share) => {
      const on = there === impassable ? Infinity : plus(atFrom, there * share);
      const from = back === impassable ? Infinity : plus(atTo, back * (1 - share));
      let ds = Math.min(on, from);
      for (const start of own ?? []) {
        const ahead = share >= start.share ? there : back;
        if (ahead !== impassable) ds = Math.min(ds, start.offsetDs + ahead * Math.abs(share - start.share));
      }
      if (ds <= longestDs) take(x, y, ds / 10);
    });
  }
}

const plus = (at: number, more: number): number => (at === impassable ? Infinity : at + more);

function eachStep(
  { shapeFirst, shapeLon, shapeLat, edgeLengthCm }: WalkGraph['network'],
  e: number,
  stepM: number,
  take: (x: number, y: number, share: number) => void,
): void {
  const first = shapeFirst[e] as number;
  const last = (shapeFirst[e + 1] as number) - 1;
  const scale = metresPerUnit((shapeLat[first] as number) / perDegree);
  const whole = Math.max(0.01, (edgeLengthCm[e] as number) / 100);
  let done = 0;
  for (let p = first; p < last; p++) {
    const [x0, y0] = [shapeLon[p] as number, shapeLat[p] as number];
    const [dx, dy] = [(shapeLon[p + 1] as number) - x0, (shapeLat[p + 1] as number) - y0];
    const metres = Math.hypot(dx * scale.x, dy * scale.y);
    const parts = Math.max(1, Math.ceil(metres / stepM));
    for (let part = 0; part <= parts; part++)
      take(x0 + (dx * part) / parts, y0 + (dy * part) / parts, Math.min(1, (done + (metres * part) / parts) / whole));
    done += metres;
  }
}

/** Least seconds by cell, rows from the south; cells nobody reaches have a time beyond the longest. */
interface Field {
  west: number;
  south: number;
  columns: number;
  rows: number;
  /** Units of a cell's side. */
  unitX: number;
  unitY: number;
  seconds: Float64Array;
}

function fieldOf(reached: Reached, { cellM, besideM }: IsochroneOptions): Field {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  eachPoint(reached, (x, y) => {
    west = Math.min(west, x);
    east = Math.max(east, x);
    south = Math.min(south, y);
    north = Math.max(north, y);
  });
  if (west > east) [west, south, east, north] = [0, 0, 0, 0];
  const scale = metresPerUnit((south + north) / 2 / perDegree);
  const [unitX, unitY] = [cellM / scale.x, cellM / scale.y];
  const { flatMs } = reached.graph.profile;
  const around = Math.ceil(besideM / cellM) + 2;
  const columns = Math.ceil((east - west) / unitX) + 2 * around;
  const rows = Math.ceil((north - south) / unitY) + 2 * around;
  const field: Field = {
    west: west - around * unitX,
    south: south - around * unitY,
    columns,
    rows,
    unitX,
    unitY,
    seconds: new Float64Array(columns * rows).fill(reached.longestDs / 10 + besideM / flatMs),
  };
  eachPoint(reached, (x, y, seconds) => spread(field, { x, y, seconds }, { cellM, besideM, flatMs }));
  return field;
}

interface Spread {
  cellM: number;
  besideM: number;
  flatMs: number;
}

/** A point makes the cells around it no later than itself and the walk over to them. */
function spread(
  { west, south, columns, rows, unitX, unitY, seconds }: Field,
  point: Point,
  { cellM, besideM, flatMs }: Spread,
): void {
  const [column, row] = [(point.x - west) / unitX - 0.5, (point.y - south) / unitY - 0.5];
  const reach = besideM / cellM;
  for (let r = Math.max(0, Math.ceil(row - reach)); r <= Math.min(rows - 1, row + reach); r++)
    for (let c = Math.max(0, Math.ceil(column - reach)); c <= Math.min(columns - 1, column + reach); c++) {
      const cells = Math.hypot(c - column, r - row);
      const at = point.seconds + (cells * cellM) / flatMs;
      if (cells <= reach && at < (seconds[r * columns + c] as number)) seconds[r * columns + c] = at;
    }
}

function cutAt({ west, south, columns, rows, unitX, unitY, seconds }: Field, limit: number): Isochrone['geometry'] {
  // The library keeps what is at least a threshold: what is left of the time is at least 0.
  const left = Array.from(seconds, (at) => limit - at);
  const cut = contours().size([columns, rows]).thresholds([0])(left)[0];
  const coordinates = (cut?.coordinates ?? []).map((rings) =>
    rings.map((ring) => ring.map(([x = 0, y = 0]) => [toDegrees(west + x * unitX), toDegrees(south + y * unitY)])),
  );
  return { type: 'MultiPolygon', coordinates };
}

const toDegrees = (units: number): number => Math.round(units) / perDegree;
