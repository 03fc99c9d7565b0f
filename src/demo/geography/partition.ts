/** Recursive cutting of a face into compact pieces of given relative sizes. */
import { randomBetween } from '#kit/random.ts';
import type { Rng } from '#kit/random.ts';
import type { Cut, Face, Mesh } from './mesh.ts';
import { pairsOf, ringArea, ringCentre } from './plane.ts';
import type { Xy } from './plane.ts';

/**
 * Cuts the face into as many pieces as there are weights, areas roughly in their proportion, across the longer axis each
 * time. Returns the pieces and the cuts between them.
 */
export function partition(
  mesh: Mesh,
  rng: Rng,
  face: Face,
  weights: readonly number[],
): { faces: Face[]; cuts: Cut[] } {
  if (weights.length <= 1) return { faces: [face], cuts: [] };
  const half = Math.floor(weights.length / 2);
  const [first, second] = [weights.slice(0, half), weights.slice(half)];
  const cut = cutAtShare(mesh, rng, face, total(first) / total(weights));
  const [a, b] = cut.faces;
  const one = partition(mesh, rng, a, first);
  const two = partition(mesh, rng, b, second);
  return { faces: [...one.faces, ...two.faces], cuts: [cut, ...one.cuts, ...two.cuts] };
}

function total(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** Shares `count` things over the sizes: each at least `least`, the rest by largest remainder. */
export function apportion(count: number, sizes: readonly number[], least: number): number[] {
  const whole = total(sizes);
  const spare = count - least * sizes.length;
  const exact = sizes.map((size) => (spare * size) / whole);
  const shares = exact.map((value) => least + Math.floor(value));
  const order = exact.map((value, k) => ({ k, rest: value - Math.floor(value) }));
  order.sort((p, q) => q.rest - p.rest || p.k - q.k);
  for (const { k } of order.slice(0, count - total(shares))) shares[k] = (shares[k] ?? 0) + 1;
  return shares;
}

function cutAtShare(mesh: Mesh, rng: Rng, face: Face, share: number): Cut {
  const shape = mesh.shape(face);
  const axis = longAxis(shape);
  for (let attempt = 0; attempt < 12; attempt++) {
    const direction = axis + randomBetween(rng, -0.16, 0.16) * (1 + attempt / 2);
    const cut = mesh.cut(face, bentLine(rng, shape, direction, share));
    if (cut !== undefined) return cut;
  }
  throw new Error('A face of the demo town could not be cut; change the seed or the drawing.');
}

/** Direction (radians) in which the shape is longest. */
function longAxis(shape: Xy[]): number {
  const [cx, cy] = ringCentre(shape);
  let [xx, yy, xy] = [0, 0, 0];
  for (const [a, b] of pairsOf(shape, true)) {
    const [ax, ay, bx, by] = [a[0] - cx, a[1] - cy, b[0] - cx, b[1] - cy];
    const cross = ax * by - bx * ay;
    xx += cross * (ax * ax + ax * bx + bx * bx);
    yy += cross * (ay * ay + ay * by + by * by);
    xy += (cross * (ax * by + 2 * ax * ay + 2 * bx * by + bx * ay)) / 2;
  }
  return Math.atan2(2 * xy, xx - yy) / 2;
}

/** A line across the direction with the wanted share of the area behind it, slightly bent in the middle. */
function bentLine(rng: Rng, shape: Xy[], direction: number, share: number): Xy[] {
  const [ux, uy] = [Math.cos(direction), Math.sin(direction)];
  const places = shape.map(([x, y]) => x * ux + y * uy);
  let [low, high] = [Math.min(...places), Math.max(...places)];
  // Left of the line as drawn below lies the part behind it, which comes first from `Mesh.cut`.
  const wanted = share * ringArea(shape);
  for (let step = 0; step < 24; step++) {
    const middle = (low + high) / 2;
    if (areaBehind(shape, ux, uy, middle) < wanted) low = middle;
    else high = middle;
  }
  const [cx, cy] = ringCentre(shape);
  const off = low - (cx * ux + cy * uy);
  const middle: Xy = [cx + off * ux, cy + off * uy];
  const bend = randomBetween(rng, -7, 7);
  const far = 3000;
  return [
    [middle[0] + far * uy, middle[1] - far * ux],
    [middle[0] + bend * ux, middle[1] + bend * uy],
    [middle[0] - far * uy, middle[1] + far * ux],
  ];
}

function areaBehind(shape: Xy[], ux: number, uy: number, limit: number): number {
  const kept: Xy[] = [];
  for (const [a, b] of pairsOf(shape, true)) {
    const [pa, pb] = [a[0] * ux + a[1] * uy - limit, b[0] * ux + b[1] * uy - limit];
    if (pa <= 0) kept.push(a);
    if (pa < 0 !== pb < 0)
      kept.push([a[0] + (pa / (pa - pb)) * (b[0] - a[0]), a[1] + (pa / (pa - pb)) * (b[1] - a[1])]);
  }
  return ringArea(kept);
}
