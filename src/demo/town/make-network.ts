/**
 * The walking network of the demo town: its roads, lanes, stairs and riverside ways, six bridges with pavements, a tunnel,
 * lifts and a long escalator, on the heights of its relief. Follows from the geography alone.
 */
import { buildNetwork, type BuildReport } from '#engine/network/build.ts';
import type { HeightField } from '#engine/network/heights.ts';
import { perDegree, type Network } from '#engine/network/network.ts';
import { readWalkedWays, type OsmSource } from '#engine/network/osm-ways.ts';
import type { Feature, FeatureCollection } from '../geography/geojson.ts';
import type { Geography } from '../geography/make-geography.ts';
import { bent, densified, fromPosition, toPosition, type Xy } from '../geography/plane.ts';
import { makeSurface } from '../geography/relief.ts';
import { meeting, type WalkLine } from './network-lines.ts';

/** How far apart heights are asked, in metres: the relief is smooth. */
const heightStepM = 25;
/** A way that ends within this of another was meant to reach it, in metres. */
const reachM = 75;

/** Builds the network. The same geography gives the same bytes. */
export function makeNetwork(geography: Pick<Geography, 'baseMap'>): { network: Network; report: BuildReport } {
  const lines = meeting(walkLines(geography), reachM);
  return buildNetwork(readWalkedWays(sourceOf(lines)), heights());
}

/** Heights in metres by degrees; water where there is water. */
function heights(): HeightField {
  const surface = makeSurface();
  return { at: (lon, lat) => surface(fromPosition([lon, lat])), stepM: heightStepM };
}

const tagsOfRoad: Record<string, WalkLine['tags']> = {
  trunk: { highway: 'primary', sidewalk: 'both' },
  secondary: { highway: 'secondary', sidewalk: 'both' },
  lane: { highway: 'residential' },
};

function walkLines({ baseMap }: Pick<Geography, 'baseMap'>): WalkLine[] {
  const road = ({ properties }: Feature): WalkLine['tags'] =>
    tagsOfRoad[String(properties['class'])] ?? { highway: 'residential' };
  return [
    ...linesOf(baseMap.roads, road),
    ...linesOf(baseMap.stairs, () => ({ highway: 'steps' })),
    ...linesOf(baseMap.bridges, () => ({ highway: 'primary', sidewalk: 'both', bridge: 'yes' })).map(apart),
    ...works.map(({ line, tags }) => apart({ points: densified(line, 40).map(bent), tags, apart: false })),
  ];
}

const apart = (line: WalkLine): WalkLine => ({ ...line, apart: true });

function linesOf({ features }: FeatureCollection, tags: (feature: Feature) => WalkLine['tags']): WalkLine[] {
  return features.flatMap((feature) =>
    feature.geometry.type === 'LineString'
      ? [{ points: feature.geometry.coordinates.map(fromPosition), tags: tags(feature), apart: false }]
      : [],
  );
}

/** What passes over, under or up, before bending; ends are drawn to the nearest way. Names are real, courses invented. */
// prettier-ignore
const works: readonly { name: string; line: readonly Xy[]; tags: WalkLine['tags'] }[] = [
  { name: '向阳隧道', line: [[30, 20], [60, -150], [100, -310]], tags: { highway: 'secondary', sidewalk: 'both', tunnel: 'yes' } },
  { name: '皇冠大扶梯（上行）', line: [[-246, -545], [-280, -432]], tags: { highway: 'steps', conveying: 'forward' } },
  { name: '皇冠大扶梯（下行）', line: [[-252, -545], [-286, -432]], tags: { highway: 'steps', conveying: 'backward' } },
  { name: '凯旋路斜行电梯', line: [[1544, -405], [1527, -276]], tags: { highway: 'elevator' } },
  { name: '华新街站2号出口斜行电梯', line: [[-416, 1380], [-479, 1478]], tags: { highway: 'elevator' } },
  { name: '华新街站过街天桥', line: [[-500, 1480], [-410, 1520]], tags: { highway: 'footway', bridge: 'yes' } },
  { name: '两路口过街天桥', line: [[-370, -40], [-290, -90]], tags: { highway: 'footway', bridge: 'yes' } },
  { name: '观音桥地下通道', line: [[-320, 2280], [-230, 2330]], tags: { highway: 'footway', tunnel: 'yes' } },
];

/** The lines as a file of OpenStreetMap would tell them: corners at one place are one node. */
function sourceOf(lines: readonly WalkLine[]): OsmSource {
  const ids = new Map<string, { id: number; lon: number; lat: number }>();
  const refs = lines.map(({ points }) =>
    points.map((point) => {
      const [lon, lat] = toPosition(point);
      const word = `${lon},${lat}`;
      const node = ids.get(word) ?? { id: ids.size + 1, lon, lat };
      ids.set(word, node);
      return node.id;
    }),
  );
  const nodes = [...ids.values()];
  return {
    eachWay: (take) => lines.forEach(({ tags }, k) => take(refs[k] ?? [], tags, k + 1)),
    eachNode: (take) => {
      for (const { id, lon, lat } of nodes) take(id, Math.round(lon * perDegree), Math.round(lat * perDegree), null);
    },
  };
}
