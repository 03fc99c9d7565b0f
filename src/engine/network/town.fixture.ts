import { metresPerUnit, perDegree } from './network.ts';
import type { OsmSource } from './osm-ways.ts';
import type { Tags } from './walkable.ts';

/** A corner of a test town: metres east and north of its middle. */
export type Corner = readonly [x: number, y: number];

/** A street of a test town, drawn in metres; streets that share a corner meet there. */
export interface Street {
  at: readonly Corner[];
  tags?: Tags;
}

/** The middle of every test town. On the equator metres are the same both ways. */
export const middle = { lon: 106.5, lat: 0 };
const scale = metresPerUnit(0);

/** Degrees of a corner. */
export function toDegrees([x, y]: Corner): readonly [lon: number, lat: number] {
  return [middle.lon + x / scale.x / perDegree, middle.lat + y / scale.y / perDegree];
}

/** A town as a file of OpenStreetMap would tell it. `nodeTags` are by corner, written "x,y". */
export function drawTown(streets: readonly Street[], nodeTags: Readonly<Record<string, Tags>> = {}): OsmSource {
  const ids = new Map<string, number>();
  const idOf = (corner: Corner): number => {
    const word = corner.join(',');
    ids.set(word, ids.get(word) ?? ids.size + 1);
    return ids.get(word) as number;
  };
  const ways = streets.map(({ at, tags }) => ({ refs: at.map(idOf), tags: tags ?? { highway: 'footway' } }));
  return {
    eachWay: (take) => ways.forEach(({ refs, tags }, k) => take(refs, tags, k + 1)),
    eachNode(take) {
      for (const [word, id] of ids) {
        const [lon, lat] = toDegrees(word.split(',').map(Number) as unknown as Corner);
        take(id, Math.round(lon * perDegree), Math.round(lat * perDegree), nodeTags[word] ?? null);
      }
    },
  };
}
