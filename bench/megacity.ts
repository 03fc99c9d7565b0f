/**
 * A made city of 32 million people on a network of more than 3 million edges, evaluated whole for twelve classes of facilities:
 * nearest walk of every cell, shares of people, elders and children, who lacks what, capacity a person. Two workers.
 *   node bench/megacity.ts [side]      side: corners along each side, 1,260 unless stated
 */
import type { Network } from '#engine/network/network.ts';
import { compileGraph } from '#engine/network/graph.ts';
import { hangPlaces } from '#engine/network/holds.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { seededRandom } from '#kit/random.ts';
import { createComputePool, evaluateTask, share, walkProfiles } from '#server/compute/index.ts';
import { facilityClasses } from '#server/modules/facilities/index.ts';
import { count, tell } from './lib/figures.ts';

const side = Number(process.argv[2] ?? 1260);
/** Metres between corners, 1e-7 degrees a metre near 29.5° north. */
const [stepM, latUnit, lonUnit] = [60, 89.93, 103.3];
const south = { lon: 1_060_000_000, lat: 292_000_000 };
const people = 32_000_000;
/** One for so many people, as cities have them. */
const perPeople: Readonly<Record<string, number>> = {
  convenience: 900, breakfast: 1_200, pharmacy: 2_500, fresh_market: 12_000, supermarket: 20_000, health_centre: 45_000,
  health_station: 9_000, primary_school: 11_000, kindergarten: 5_500, elder_day_care: 14_000, canteen: 25_000, bus_stop: 1_500,
}; // prettier-ignore
const random = seededRandom(32);

/** Streets in a bent grid with diagonals and steps, climbing hills: about 2.1 edges for each corner. */
function makeCity(): Network {
  const nodes = side * side;
  const [nodeLon, nodeLat, height] = [new Int32Array(nodes), new Int32Array(nodes), new Int16Array(nodes)];
  for (let k = 0; k < nodes; k++) {
    const [column, row] = [k % side, Math.floor(k / side)];
    const [x, y] = [column * stepM + 24 * (random() - 0.5), row * stepM + 24 * (random() - 0.5)];
    nodeLon[k] = south.lon + Math.round(x * lonUnit);
    nodeLat[k] = south.lat + Math.round(y * latUnit);
    height[k] = Math.round(
      10 * (200 + 60 * Math.sin(x / 1_300) + 45 * Math.cos(y / 1_700) + 12 * Math.sin((x + y) / 260)),
    );
  }
  return layOut(nodeLon, nodeLat, height);
}

function layOut(nodeLon: Int32Array, nodeLat: Int32Array, height: Int16Array): Network {
  const [from, to, flags]: [number[], number[], number[]] = [[], [], []];
  const join = (a: number, b: number, kind = 0): void => void (from.push(a), to.push(b), flags.push(kind));
  for (let k = 0; k < nodeLon.length; k++) {
    const [column, row] = [k % side, Math.floor(k / side)];
    if (column + 1 < side && random() < 0.93) join(k, k + 1);
    if (row + 1 < side && random() < 0.93) join(k, k + side, random() < 0.06 ? 1 : 0);
    if (column + 1 < side && row + 1 < side && random() < 0.08) join(k, k + side + 1);
  }
  const edges = from.length;
  const [shapeLon, shapeLat, shapeHeightDm] = [
    new Int32Array(2 * edges),
    new Int32Array(2 * edges),
    new Int16Array(2 * edges),
  ];
  const edgeLengthCm = new Uint32Array(edges);
  for (let e = 0; e < edges; e++) {
    [from[e], to[e]].forEach((node = 0, end) => {
      shapeLon[2 * e + end] = nodeLon[node] as number;
      shapeLat[2 * e + end] = nodeLat[node] as number;
      shapeHeightDm[2 * e + end] = height[node] as number;
    });
    const dx = ((shapeLon[2 * e + 1] as number) - (shapeLon[2 * e] as number)) / lonUnit;
    const dy = ((shapeLat[2 * e + 1] as number) - (shapeLat[2 * e] as number)) / latUnit;
    edgeLengthCm[e] = Math.round(100 * Math.hypot(dx, dy));
  }
  return {
    nodeLon, nodeLat, edgeFrom: Uint32Array.from(from), edgeTo: Uint32Array.from(to), edgeLengthCm,
    edgeFlags: Uint16Array.from(flags), edgeLifts: new Uint8Array(edges),
    shapeFirst: Uint32Array.from({ length: edges + 1 }, (_, e) => 2 * e), shapeLon, shapeLat, shapeHeightDm,
  }; // prettier-ignore
}

/** Places anywhere in the city, denser towards its middle. */
function placesIn(howMany: number): { lon: Float64Array; lat: Float64Array } {
  const span = (side - 1) * stepM;
  const spot = (): number => span * (0.5 + (random() + random() - 1) / 2);
  const at = Array.from({ length: howMany }, () => [spot(), spot()] as const);
  return {
    lon: Float64Array.from(at, ([x]) => (south.lon + x * lonUnit) / 1e7),
    lat: Float64Array.from(at, ([, y]) => (south.lat + y * latUnit) / 1e7),
  };
}

const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
const held = (): string => `${(process.memoryUsage().rss / 2 ** 30).toFixed(2)} GiB held`;

const network = share(makeCity());
const profile = walkProfiles().get('adult')?.profile;
if (profile === undefined) throw new Error('Expected the profile adult.');
const began = performance.now();
const graph = share(compileGraph(network, profile, 'to'));
const snapper = makeSnapper(network);
tell(
  'network of the made city',
  `${count(network.edgeFrom.length)} edges`,
  `${count(network.nodeLon.length)} corners; graph and index in ${seconds(began)}; ${held()}`,
);

/** A cell of 40 people on average: a building. */
const cellCount = people / 40;
const hangMs = performance.now();
const spots = placesIn(cellCount);
const heads = Uint32Array.from({ length: cellCount }, () => 20 + Math.floor(random() * 41));
const cells = share({
  holds: hangPlaces(graph, snapper, spots, 300),
  people: heads,
  elders: heads.map((all) => Math.round(all * 0.21)),
  children: heads.map((all) => Math.round(all * 0.13)),
});
const classes = [...facilityClasses().values()].filter(({ code }) => code in perPeople).map((norm) => {
  const howMany = Math.round(people / (perPeople[norm.code] ?? people));
  return { norm, holds: hangPlaces(graph, snapper, placesIn(howMany), 100), capacity: new Float64Array(howMany).fill(100) };
}); // prettier-ignore
const lived = heads.reduce((sum, all) => sum + all, 0);
const facilities = classes.reduce((sum, { capacity }) => sum + capacity.length, 0);
tell(
  'cells and facilities joined to it',
  `${count(cellCount)} cells, ${count(lived)} people`,
  `${count(facilities)} facilities of ${classes.length} classes in ${seconds(hangMs)}; ${held()}`,
);

const pool = createComputePool({ size: 2 });
for (const catchment of [false, true]) {
  const startMs = performance.now();
  const found = await Promise.all(
    classes.map(({ norm, holds, capacity }) => {
      const options = { limits: [300, 600, 900], standardS: norm.walkMin * 60, cutoffS: 1_800, back: null, catchment };
      return pool.run(evaluateTask, { graph, cells, places: { holds, capacity, open: null }, options });
    }),
  );
  const within = found.map(({ within: limits }) => limits[2]?.people ?? 0);
  tell(
    catchment
      ? 'twelve classes, with capacity a person (two-step catchment)'
      : 'twelve classes: nearest, shares, who lacks what',
    seconds(startMs),
    `${held()}; of ${count(lived)} people within 15 minutes ${count(Math.min(...within))} to ${count(Math.max(...within))}`,
  );
}
await pool.close();
