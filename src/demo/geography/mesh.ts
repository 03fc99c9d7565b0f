/**
 * A plane cut into faces that tile exactly. Faces are rings of point numbers; when an edge is cut for one face, the new
 * point is noted for the edge, and every other face with that edge takes it in when its ring is read. So neighbours and
 * parents share every corner by construction, whatever rounding comes later.
 */
import { between, densified, distance, isInRing, pairsOf, ringArea } from './plane.ts';
import type { Xy } from './plane.ts';

/** Numbers of the corners, counterclockwise, not closed. May lack points that were put on its edges later. */
export interface Face {
  ring: number[];
}

export interface Cut {
  faces: [left: Face, right: Face];
  /** The points along the cut, ends on the old outline. */
  line: number[];
}

interface Stop {
  edge: number;
  at: Xy;
  /** Place along the cutting line: segment number plus share. */
  along: number;
}

/** Longest straight edge: short enough to follow the bends of `bent`. */
const stepM = 40;
/** A cut ends in an existing corner when one is this near; keeps out slivers. */
const snapM = 9;

export class Mesh {
  readonly #points: Xy[] = [];
  readonly #middles = new Map<string, number>();

  /** A new face from a ring of positions (any winding, not closed). */
  addFace(ring: readonly Xy[]): Face {
    const [first] = ring;
    if (first === undefined) return { ring: [] };
    const dense = densified([...(ringArea(ring) > 0 ? ring : ring.toReversed())], stepM);
    return { ring: dense.map((point) => this.#add(point)) };
  }

  /** Corner numbers of a face with all points that were put on its edges since. */
  corners(face: Face): number[] {
    return pairsOf(face.ring, true).flatMap(([a, b]) => [a, ...this.#pointsOnEdge(a, b)]);
  }

  /** The same for an open line of point numbers. */
  lineCorners(line: readonly number[]): number[] {
    return line.slice(0, 1).concat(pairsOf(line).flatMap(([a, b]) => [...this.#pointsOnEdge(a, b), b]));
  }

  at(point: number): Xy {
    const xy = this.#points[point];
    if (xy === undefined) throw new RangeError(`The mesh has no point ${point}.`);
    return xy;
  }

  shape(face: Face): Xy[] {
    return this.corners(face).map((point) => this.at(point));
  }

  /** Cuts along the longest stretch of the line that runs through the face; undefined when none does. */
  cut(face: Face, line: readonly Xy[]): Cut | undefined {
    const ring = this.corners(face);
    const stretch = longestStretch(
      ring.map((point) => this.at(point)),
      line,
    );
    if (stretch === undefined) return undefined;
    const [from, to] = stretch;
    const start = this.#settle(ring, from);
    const end = this.#settle(ring, to);
    if (start === end) return undefined;
    const inner = line.filter((_, k) => k > from.along && k < to.along).filter((p) => this.#isFree(p, start, end));
    const dense = densified([this.at(start), ...inner, this.at(end)], stepM).slice(1, -1);
    const path = dense.map((point) => this.#add(point));
    const now = this.corners(face);
    const [i, j] = [now.indexOf(start), now.indexOf(end)];
    const there = i < j ? now.slice(i, j + 1) : [...now.slice(i), ...now.slice(0, j + 1)];
    const back = j < i ? now.slice(j, i + 1) : [...now.slice(j), ...now.slice(0, i + 1)];
    const right: Face = { ring: [...there, ...path.toReversed()] };
    const left: Face = { ring: [...back, ...path] };
    return { faces: [left, right], line: [start, ...path, end] };
  }

  #isFree(point: Xy, start: number, end: number): boolean {
    return distance(point, this.at(start)) > snapM && distance(point, this.at(end)) > snapM;
  }

  #add(point: Xy): number {
    return this.#points.push(point) - 1;
  }

  #pointsOnEdge(a: number, b: number): number[] {
    const middle = this.#middles.get(edgeKey(a, b));
    if (middle === undefined) return [];
    return [...this.#pointsOnEdge(a, middle), middle, ...this.#pointsOnEdge(middle, b)];
  }

  #settle(ring: number[], { edge, at }: Stop): number {
    const a = ring[edge] ?? 0;
    const b = ring[(edge + 1) % ring.length] ?? 0;
    if (distance(at, this.at(a)) < snapM) return a;
    if (distance(at, this.at(b)) < snapM) return b;
    const known = this.#middles.get(edgeKey(a, b));
    if (known !== undefined) return known;
    const middle = this.#add(at);
    this.#middles.set(edgeKey(a, b), middle);
    return middle;
  }
}

function edgeKey(a: number, b: number): string {
  return a < b ? `${a}-${b}` : `${b}-${a}`;
}

function longestStretch(shape: Xy[], line: readonly Xy[]): [Stop, Stop] | undefined {
  const stops = stopsOf(shape, line).sort((p, q) => p.along - q.along);
  let best: [Stop, Stop] | undefined;
  let bestLength = 2 * snapM;
  for (const [from, to] of pairsOf(stops)) {
    const length = distance(from.at, to.at);
    if (length <= bestLength || !isInRing(shape, pointAlong(line, (from.along + to.along) / 2))) continue;
    bestLength = length;
    best = [from, to];
  }
  return best;
}

function pointAlong(line: readonly Xy[], along: number): Xy {
  const k = Math.min(line.length - 2, Math.floor(along));
  const [a, b] = [line[k], line[k + 1]];
  return a === undefined || b === undefined ? [NaN, NaN] : between(a, b, along - k);
}

function stopsOf(shape: Xy[], line: readonly Xy[]): Stop[] {
  return pairsOf(line).flatMap(([c, d], segment) =>
    pairsOf(shape, true).flatMap(([a, b], edge): Stop[] => {
      const [rx, ry, sx, sy] = [d[0] - c[0], d[1] - c[1], b[0] - a[0], b[1] - a[1]];
      const cross = rx * sy - ry * sx;
      const t = ((a[0] - c[0]) * sy - (a[1] - c[1]) * sx) / cross;
      const u = ((a[0] - c[0]) * ry - (a[1] - c[1]) * rx) / cross;
      return t >= 0 && t < 1 && u >= 0 && u < 1 ? [{ edge, at: between(a, b, u), along: segment + t }] : [];
    }),
  );
}
