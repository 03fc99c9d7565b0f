import { distanceM, type LonLat } from '#kit/geo.ts';

/** A door of the day. */
export interface Stop {
  id: string;
  lon: number;
  lat: number;
}

/** Above this many stops the start is not varied: 30² starts × 2-opt stay below a few milliseconds. */
const variedUpTo = 30;

/**
 * The order in which one worker passes the stops: an open path over great-circle distances, nearest neighbour from every
 * possible start, each mended by 2-opt, the shortest kept. Not the shortest of all paths, but never longer than the nearest
 * neighbour from the best start, and the same for the same set of stops whatever their order. Equal ones fall to the lower
 * id. O(n³) for n ≤ 30, beyond that one start.
 */
export function routeOrder(stops: readonly Stop[]): string[] {
  const sorted = stops.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (sorted.length < 3) return sorted.map(({ id }) => id);
  const far = distances(sorted);
  const starts = sorted.length <= variedUpTo ? sorted.map((_, k) => k) : [westernmost(sorted)];
  let best: { path: number[]; length: number } | undefined;
  for (const start of starts) {
    const path = twoOpt(nearestFrom(start, far), far);
    const length = pathLength(path, far);
    if (best === undefined || length < best.length - 1e-9) best = { path, length };
  }
  return (best?.path ?? []).flatMap((k) => sorted[k]?.id ?? []);
}

/** Metres along the stops in this order. */
export function routeLengthM(stops: readonly Stop[]): number {
  return stops.slice(1).reduce((sum, stop, k) => sum + between(stops[k] ?? stop, stop), 0);
}

const at = ({ lon, lat }: Stop): LonLat => [lon, lat];
const between = (a: Stop, b: Stop): number => distanceM(at(a), at(b));
type Distances = readonly (readonly number[])[];

function distances(stops: readonly Stop[]): Distances {
  return stops.map((a) => stops.map((b) => between(a, b)));
}

const far0 = (far: Distances, a: number | undefined, b: number | undefined): number =>
  a === undefined || b === undefined ? 0 : (far[a]?.[b] ?? 0);

function westernmost(stops: readonly Stop[]): number {
  return stops.reduce((best, stop, k) => (stop.lon < (stops[best]?.lon ?? Infinity) ? k : best), 0);
}

function nearestFrom(start: number, far: Distances): number[] {
  const path = [start];
  const left = new Set(far.map((_, k) => k).filter((k) => k !== start));
  while (left.size > 0) {
    const here = path[path.length - 1] ?? start;
    let next = -1;
    for (const k of left) if (next < 0 || far0(far, here, k) < far0(far, here, next)) next = k;
    path.push(next);
    left.delete(next);
  }
  return path;
}

/** Turns pieces of the path round while that shortens it; the ends are free. */
function twoOpt(path: number[], far: Distances): number[] {
  for (let better = true; better;) {
    better = false;
    for (let i = 0; i < path.length - 1; i++) {
      for (let j = i + 1; j < path.length; j++) {
        const now = far0(far, path[i - 1], path[i]) + far0(far, path[j], path[j + 1]);
        const then = far0(far, path[i - 1], path[j]) + far0(far, path[i], path[j + 1]);
        if (then >= now - 1e-9) continue;
        path.splice(i, j - i + 1, ...path.slice(i, j + 1).toReversed());
        better = true;
      }
    }
  }
  return path;
}

function pathLength(path: readonly number[], far: Distances): number {
  return path.reduce((sum, k, at0) => sum + (at0 === 0 ? 0 : far0(far, path[at0 - 1], k)), 0);
}
