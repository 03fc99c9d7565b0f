import { metresPerUnit, perDegree, type Network } from './network.ts';

/**
 * Corners of the streets, thinned out so that no two kept ones lie nearer than `everyM` metres (in the plane): places where
 * something could be built, for a question that does not know any. Nodes in their order, the first of a neighbourhood is kept.
 * O(nodes).
 * @param everyM metres, above 0
 * @returns positions in degrees, WGS-84, in the order of the nodes
 */
export function thinCorners({ nodeLon, nodeLat }: Network, everyM: number): { lon: number; lat: number }[] {
  if (nodeLon.length === 0) return [];
  const { x, y } = metresPerUnit((nodeLat[0] as number) / perDegree);
  const kept = new Map<string, [number, number]>();
  const places: { lon: number; lat: number }[] = [];
  for (let k = 0; k < nodeLon.length; k++) {
    const at: [number, number] = [(nodeLon[k] as number) * x, (nodeLat[k] as number) * y];
    // A square whose diagonal is the distance holds at most one.
    const side = everyM / Math.SQRT2;
    const [column, row] = [Math.floor(at[0] / side), Math.floor(at[1] / side)];
    if (kept.has(`${column} ${row}`) || isNear(kept, at, { column, row, everyM })) continue;
    kept.set(`${column} ${row}`, at);
    places.push({ lon: (nodeLon[k] as number) / perDegree, lat: (nodeLat[k] as number) / perDegree });
  }
  return places;
}

function isNear(
  kept: ReadonlyMap<string, [number, number]>,
  [east, north]: [number, number],
  { column, row, everyM }: { column: number; row: number; everyM: number },
): boolean {
  for (let i = -2; i <= 2; i++)
    for (let j = -2; j <= 2; j++) {
      const other = kept.get(`${column + i} ${row + j}`);
      if (other !== undefined && Math.hypot(other[0] - east, other[1] - north) < everyM) return true;
    }
  return false;
}
