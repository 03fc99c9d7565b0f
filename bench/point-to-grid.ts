/**
 * Point → grid over 60,000 grids: our index beside the usual pair (rbush + point-in-polygon-hao) in the same run.
 * Goal: at least 1,000,000 lookups a second on one core. Run: node bench/point-to-grid.ts
 */
import pointInPolygon from 'point-in-polygon-hao';
import RBush from 'rbush';
import { buildAreaIndex } from '#engine/territory/area-index.ts';
import type { IndexedArea } from '#engine/territory/area-index.ts';
import type { PolygonRings, Ring } from '#engine/territory/geometry.ts';
import { bboxOf } from '#engine/territory/measure.ts';
import { seededRandom } from '#kit/random.ts';
import { count, tell, times } from './lib/figures.ts';

const columns = 300;
const rows = 200;
const stepDegrees = 0.0013;
const west = 106.3;
const south = 29.4;
const pointCount = 1_000_000;

const areas = bentGrids();
const points = randomPoints();

const [index, buildMs] = timed(() => buildAreaIndex(areas));
const [ours, oursMs] = timed(() => lookUpAll((lon, lat) => index.locate(lon, lat)));
const [peer, peerBuildMs] = timed(() => buildPeer());
const [theirs, theirsMs] = timed(() => lookUpAll(peer));

const differing = ours.reduce((sum, found, k) => sum + (found === theirs[k] ? 0 : 1), 0);
const row = (name: string, build: number, ms: number) =>
  `| ${name} | ${build.toFixed(0)} ms | ${Math.round((pointCount / ms) * 1000).toLocaleString('en')} |`;
console.log(
  [
    `point → grid: ${areas.length.toLocaleString('en')} grids of 16 corners, ${pointCount.toLocaleString('en')} random points`,
    '| way | build | lookups/s |',
    '|---|---|---|',
    row('huangge area index', buildMs, oursMs),
    row('rbush + point-in-polygon-hao', peerBuildMs, theirsMs),
    `ratio ${(theirsMs / oursMs).toFixed(1)} · differing answers ${differing} · cells ${index.cellCount.toLocaleString('en')}, ${(index.directShare * 100).toFixed(0)} % answer at once`,
  ].join('\n'),
);
tell(
  `point → grid, ${count(areas.length)} grids, one core: lookups/s`,
  count((pointCount / oursMs) * 1000),
  `goal ≥ 1,000,000; rbush + point-in-polygon-hao ${count((pointCount / theirsMs) * 1000)}, differing answers ${differing}`,
  times(theirsMs / oursMs),
);
if (differing > 0) process.exitCode = 1;

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

function lookUpAll(locate: (lon: number, lat: number) => number): Int32Array {
  const found = new Int32Array(pointCount);
  for (let k = 0; k < pointCount; k++) found[k] = locate(points[2 * k] ?? 0, points[2 * k + 1] ?? 0);
  return found;
}

/** Cells of a bent lattice, four edges of four pieces each; neighbours share every corner. */
function bentGrids(): IndexedArea[] {
  const corner = (x: number, y: number): [number, number] => [
    west + stepDegrees * (x + 0.22 * Math.sin(1.9 * y) + 0.1 * Math.sin(5 * x)),
    south + stepDegrees * (y + 0.22 * Math.sin(1.7 * x) + 0.1 * Math.sin(4 * y)),
  ];
  const made: IndexedArea[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const ring: Ring = [];
      for (let k = 0; k < 4; k++) ring.push(corner(x + k / 4, y));
      for (let k = 0; k < 4; k++) ring.push(corner(x + 1, y + k / 4));
      for (let k = 4; k > 0; k--) ring.push(corner(x + k / 4, y + 1));
      for (let k = 4; k >= 0; k--) ring.push(corner(x, y + k / 4));
      const code = `500103${String(made.length + 1).padStart(9, '0')}`;
      made.push({ code, tier: 'grid', rings: { type: 'Polygon', coordinates: [ring] } });
    }
  }
  return made;
}

function randomPoints(): Float64Array {
  const rng = seededRandom(141);
  const made = new Float64Array(pointCount * 2);
  for (let k = 0; k < pointCount; k++) {
    made[2 * k] = west + rng() * columns * stepDegrees;
    made[2 * k + 1] = south + rng() * rows * stepDegrees;
  }
  return made;
}

function buildPeer(): (lon: number, lat: number) => number {
  const tree = new RBush<{
    minX: number;
    minY: number;
    maxX: number;
    maxY: number;
    area: number;
    rings: PolygonRings;
  }>();
  tree.load(
    areas.map(({ rings }, area) => {
      const [minX, minY, maxX, maxY] = bboxOf(rings);
      return { minX, minY, maxX, maxY, area, rings: rings.type === 'Polygon' ? rings.coordinates : [] };
    }),
  );
  return (lon, lat) => {
    let best = -1;
    for (const item of tree.search({ minX: lon, minY: lat, maxX: lon, maxY: lat })) {
      if ((best < 0 || item.area < best) && pointInPolygon([lon, lat], item.rings) !== false) best = item.area;
    }
    return best;
  };
}
