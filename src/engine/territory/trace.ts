/** From directed edges back to polygons: the common last step of splitting and merging. */
import type { LonLat } from '#kit/geo.ts';
import { pointKey, signedRingArea } from './geometry.ts';
import type { PolygonRings, Ring } from './geometry.ts';
import { sideOfRings } from './inside.ts';

export type DirectedEdge = [from: LonLat, to: LonLat];

/**
 * The faces to the left of the given edges. Every edge must have the wanted area on its left and at every point as many
 * edges must arrive as leave. Where several leave, the sharpest left turn is taken, so that faces that touch in a point
 * come out as separate polygons. Rings of no area are dropped. Order follows the order of the edges.
 */
export function traceFaces(edges: readonly DirectedEdge[]): PolygonRings[] {
  const leaving = new Map<string, DirectedEdge[]>();
  for (const edge of edges) {
    const key = pointKey(edge[0]);
    const list = leaving.get(key);
    if (list === undefined) leaving.set(key, [edge]);
    else list.push(edge);
  }
  const used = new Set<DirectedEdge>();
  const rings: Ring[] = [];
  for (const start of edges) {
    if (used.has(start)) continue;
    const ring: Ring = [];
    let edge: DirectedEdge | undefined = start;
    while (edge !== undefined && !used.has(edge)) {
      used.add(edge);
      ring.push([...edge[0]]);
      edge = sharpestLeft(edge, leaving.get(pointKey(edge[1])) ?? [], used, start);
    }
    const [first] = ring;
    if (first === undefined) continue;
    ring.push([...first]);
    if (ring.length >= 4 && signedRingArea(ring) !== 0) rings.push(ring);
  }
  return nest(rings);
}

function sharpestLeft(
  [from, at]: DirectedEdge,
  choices: DirectedEdge[],
  used: Set<DirectedEdge>,
  start: DirectedEdge,
): DirectedEdge | undefined {
  const back = Math.atan2(from[1] - at[1], from[0] - at[0]);
  let best: DirectedEdge | undefined;
  let bestTurn = Infinity;
  for (const choice of choices) {
    if (used.has(choice) && choice !== start) continue;
    const ahead = Math.atan2(choice[1][1] - at[1], choice[1][0] - at[0]);
    // Clockwise angle from the way back to the way on, in (0, 2π]: the smallest keeps the face on the left whole.
    let turn = back - ahead;
    while (turn <= 1e-12) turn += 2 * Math.PI;
    if (turn < bestTurn) {
      bestTurn = turn;
      best = choice;
    }
  }
  return best;
}

/** Gives every clockwise ring (a hole) to the smallest counterclockwise ring around it. */
function nest(rings: Ring[]): PolygonRings[] {
  const outers = rings.filter((ring) => signedRingArea(ring) > 0).map((ring): PolygonRings => [ring]);
  for (const hole of rings.filter((ring) => signedRingArea(ring) < 0)) {
    let home: PolygonRings | undefined;
    let homeArea = Infinity;
    for (const outer of outers) {
      const [ring] = outer;
      if (ring === undefined || !surrounds(ring, hole)) continue;
      if (signedRingArea(ring) < homeArea) {
        homeArea = signedRingArea(ring);
        home = outer;
      }
    }
    home?.push(hole);
  }
  return outers;
}

/** Rings do not cross here, so one point off the border decides. */
function surrounds(ring: Ring, hole: Ring): boolean {
  for (let k = 0; k + 1 < hole.length; k++) {
    const [a, b] = [hole[k], hole[k + 1]];
    if (a === undefined || b === undefined) continue;
    const corner = sideOfRings([ring], a[0], a[1]);
    if (corner !== 0) return corner > 0;
    const middle = sideOfRings([ring], (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    if (middle !== 0) return middle > 0;
  }
  return false;
}
