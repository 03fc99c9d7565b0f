import Flatbush from 'flatbush';
import { metresPerUnit, perDegree, type Network } from './network.ts';

/** A place joined to the network: at `share` (0 to 1 of its length) of an edge, `offsetM` metres of open ground away. */
export interface Snap {
  edge: number;
  share: number;
  offsetM: number;
  /** Where on the edge, degrees. */
  lon: number;
  lat: number;
}

/** Finds the nearest edge. */
export interface Snapper {
  /**
   * The nearest edge to WGS-84 degrees no further than `limitM` metres that `usable` allows; null where there is none. Of
   * equally near ones the lowest. To edges, not to nodes: half-way along a long stair is half-way along a long stair.
   */
  snap(lon: number, lat: number, limitM: number, usable?: (edge: number) => boolean): Snap | null;
}

/** Index over the boxes of all edges; building takes about a second for a million edges, asking some microseconds. */
export function makeSnapper(network: Network): Snapper {
  const edges = network.edgeFrom.length;
  if (edges === 0) return { snap: () => null };
  const index = new Flatbush(edges, 16, Int32Array);
  for (let e = 0; e < edges; e++) addBox(index, network, e);
  index.finish();
  return {
    snap(lon, lat, limitM, usable) {
      const [x, y] = [Math.round(lon * perDegree), Math.round(lat * perDegree)];
      const scale = metresPerUnit(lat);
      // Most places have an edge within some ten metres: look near before looking far.
      for (let within = Math.min(40, limitM); ; within = Math.min(within * 4, limitM)) {
        const [dx, dy] = [Math.ceil(within / scale.x), Math.ceil(within / scale.y)];
        const near = index.search(x - dx, y - dy, x + dx, y + dy, usable).sort((a, b) => a - b);
        const found = nearestOf(network, near, { x, y, scale });
        if (found !== null && found.offsetM <= within) return found;
        if (within >= limitM) return null;
      }
    },
  };
}

function addBox(index: Flatbush, { shapeFirst, shapeLon, shapeLat }: Network, e: number): void {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let p = shapeFirst[e] as number; p < (shapeFirst[e + 1] as number); p++) {
    west = Math.min(west, shapeLon[p] as number);
    east = Math.max(east, shapeLon[p] as number);
    south = Math.min(south, shapeLat[p] as number);
    north = Math.max(north, shapeLat[p] as number);
  }
  index.add(west, south, east, north);
}

interface At {
  x: number;
  y: number;
  scale: { x: number; y: number };
}

function nearestOf(network: Network, edges: readonly number[], at: At): Snap | null {
  const best = { edge: -1, metres: Infinity, alongM: 0, x: 0, y: 0 };
  for (const e of edges) nearestOn(network, e, at, best);
  if (best.edge < 0) return null;
  const whole = (network.edgeLengthCm[best.edge] as number) / 100;
  return {
    edge: best.edge,
    share: Math.max(0, Math.min(1, whole === 0 ? 0 : best.alongM / whole)),
    offsetM: best.metres,
    lon: best.x / perDegree,
    lat: best.y / perDegree,
  };
}

interface Best {
  edge: number;
  metres: number;
  alongM: number;
  x: number;
  y: number;
}

function nearestOn({ shapeFirst, shapeLon, shapeLat }: Network, e: number, { x, y, scale }: At, best: Best): void {
  let along = 0;
  for (let p = shapeFirst[e] as number; p < (shapeFirst[e + 1] as number) - 1; p++) {
    const [ax, ay] = [((shapeLon[p] as number) - x) * scale.x, ((shapeLat[p] as number) - y) * scale.y];
    const [bx, by] = [((shapeLon[p + 1] as number) - x) * scale.x, ((shapeLat[p + 1] as number) - y) * scale.y];
    const [dx, dy] = [bx - ax, by - ay];
    const length2 = dx * dx + dy * dy;
    const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length2));
    const metres = Math.hypot(ax + t * dx, ay + t * dy);
    const length = Math.sqrt(length2);
    if (metres < best.metres) {
      best.edge = e;
      best.metres = metres;
      best.alongM = along + t * length;
      best.x = x + (ax + t * dx) / scale.x;
      best.y = y + (ay + t * dy) / scale.y;
    }
    along += length;
  }
}
