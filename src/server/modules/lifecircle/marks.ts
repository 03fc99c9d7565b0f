import type { Output } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import { edgeFlag, perDegree, unknownHeight, type Network } from '#engine/network/network.ts';

type Marks = Output<(typeof lifecircleRoutes)['marks']>;

export interface Window {
  west: number;
  south: number;
  east: number;
  north: number;
}

const most = 4_000;

/** Stairs, escalators, lifts, bridges and tunnels that begin in a window. O(edges). */
export function marksOf(network: Network, { west, south, east, north }: Window): Marks {
  const items: Marks['items'] = [];
  for (let e = 0; e < network.edgeFrom.length; e++) {
    const kind = kindOf(network.edgeFlags[e] as number);
    if (kind === null) continue;
    const first = network.shapeFirst[e] as number;
    const [lon, lat] = pointAt(network, first);
    if (lon < west || lon > east || lat < south || lat > north) continue;
    if (items.length === most) return { items, more: true };
    const last = network.shapeFirst[e + 1] as number;
    const line = Array.from({ length: last - first }, (_, k) => pointAt(network, first + k));
    items.push({ kind, climbM: kind === 'off_ground' ? null : climbOf(network, first, last - 1), line });
  }
  return { items, more: false };
}

function kindOf(flags: number): Marks['items'][number]['kind'] | null {
  if ((flags & edgeFlag.escalator) !== 0) return 'escalator';
  if ((flags & edgeFlag.lift) !== 0) return 'lift';
  if ((flags & edgeFlag.steps) !== 0) return 'steps';
  return (flags & edgeFlag.offGround) !== 0 ? 'off_ground' : null;
}

const pointAt = ({ shapeLon, shapeLat }: Network, p: number): [number, number] => [
  (shapeLon[p] as number) / perDegree,
  (shapeLat[p] as number) / perDegree,
];

/** Metres between its ends, whichever is higher. */
function climbOf({ shapeHeightDm }: Network, first: number, last: number): number | null {
  const [from, to] = [shapeHeightDm[first] as number, shapeHeightDm[last] as number];
  return from === unknownHeight || to === unknownHeight ? null : Math.round(Math.abs(to - from)) / 10;
}
