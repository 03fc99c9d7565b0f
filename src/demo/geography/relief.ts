/** The hills: heights in metres above the sea for any place, and contour lines. */
import { farBank, hills, jiangbeiBank, northBank, southBank } from './drawing.ts';
import { bent, distance, distanceToLine, isInRing, unbent } from './plane.ts';
import type { Xy } from './plane.ts';

const riverHeightM = 165;
/** The lowest ground above the water, in metres. */
const quayM = 5;

/** Water surfaces before bending, unclosed. The Yangtze takes the Jialing at the tip of the peninsula. */
export function riverShapes(): { name: string; shape: Xy[] }[] {
  const mouth = jiangbeiBank.findIndex(([x]) => x >= 3000);
  return [
    { name: '嘉陵江', shape: [...northBank, ...jiangbeiBank.slice(0, mouth + 1).toReversed()] },
    { name: '长江', shape: [...southBank.toReversed(), ...jiangbeiBank.slice(mouth), ...farBank.toReversed()] },
  ];
}

/** Height in metres at a place (plane metres before bending): banks at 170, rising inland, hills on top. */
export function heightAt(point: Xy): number {
  const toWater = Math.min(...[northBank, southBank, jiangbeiBank, farBank].map((bank) => distanceToLine(point, bank)));
  return heightFrom(point, toWater);
}

/** Asks the height people walk at, in metres, at places in plane metres after bending; on the water that of its quays. */
export function makeSurface(): (place: Xy) => number {
  const rivers = riverShapes();
  return (place) => {
    const point = unbent(place);
    return rivers.some(({ shape }) => isInRing(shape, point)) ? riverHeightM + quayM : heightAt(point);
  };
}

function heightFrom(point: Xy, toWaterM: number): number {
  const slope = 95 * (1 - Math.exp(-toWaterM / 330));
  const shore = 1 - Math.exp(-toWaterM / 160);
  const raised = hills.reduce(
    (sum, { at, height, reach }) => sum + height * Math.exp(-((distance(point, at) / reach) ** 2)),
    0,
  );
  const folds =
    9 * Math.sin(point[0] / 170 + 2 * Math.sin(point[1] / 240)) + 7 * Math.cos(point[1] / 150 - point[0] / 310);
  return riverHeightM + quayM + slope + shore * (raised + folds);
}

const frame = { west: -3420, south: -2700, columns: 150, rows: 112, stepM: 53 };

/** Contour lines of the land every `everyM` metres, bent like all layers. */
export function contours(everyM: number): { height: number; line: Xy[] }[] {
  const heights = sampleHeights();
  const highest = Math.max(...heights.filter((height) => !Number.isNaN(height)));
  const found: { height: number; line: Xy[] }[] = [];
  for (let height = 180; height < highest; height += everyM) {
    for (const line of chain(segmentsAt(heights, height))) {
      if (line.length >= 6) found.push({ height, line: rounded(line).map(bent) });
    }
  }
  return found;
}

function sampleHeights(): number[] {
  const rivers = riverShapes();
  const heights: number[] = [];
  for (let row = 0; row <= frame.rows; row++) {
    for (let column = 0; column <= frame.columns; column++) {
      const point: Xy = [frame.west + column * frame.stepM, frame.south + row * frame.stepM];
      heights.push(rivers.some(({ shape }) => isInRing(shape, point)) ? riverHeightM : heightAt(point));
    }
  }
  return heights;
}

type Segment = [from: string, to: string];

/** Marching squares; a crossing is named by its lattice edge, so neighbouring squares meet exactly. */
function segmentsAt(heights: number[], level: number): { segments: Segment[]; places: Map<string, Xy> } {
  const width = frame.columns + 1;
  const places = new Map<string, Xy>();
  const segments: Segment[] = [];
  const crossing = (a: number, b: number): string | undefined => {
    const [ha, hb] = [heights[a] ?? 0, heights[b] ?? 0];
    if (ha >= level === hb >= level) return undefined;
    const t = (level - ha) / (hb - ha);
    const [ax, ay, bx, by] = [a % width, Math.floor(a / width), b % width, Math.floor(b / width)];
    const key = `${a}-${b}`;
    places.set(key, [
      frame.west + (ax + t * (bx - ax)) * frame.stepM,
      frame.south + (ay + t * (by - ay)) * frame.stepM,
    ]);
    return key;
  };
  for (let row = 0; row < frame.rows; row++) {
    for (let column = 0; column < frame.columns; column++) {
      const a = row * width + column;
      const sides = [
        crossing(a, a + 1),
        crossing(a + 1, a + width + 1),
        crossing(a + width, a + width + 1),
        crossing(a, a + width),
      ];
      const met = sides.filter((key) => key !== undefined);
      for (let k = 0; k + 1 < met.length; k += 2) segments.push([met[k] ?? '', met[k + 1] ?? '']);
    }
  }
  return { segments, places };
}

function chain({ segments, places }: { segments: Segment[]; places: Map<string, Xy> }): Xy[][] {
  const at = new Map<string, Segment[]>();
  for (const segment of segments) for (const key of segment) at.set(key, [...(at.get(key) ?? []), segment]);
  const used = new Set<Segment>();
  const grow = (from: string): string[] => {
    const keys: string[] = [];
    let key = from;
    for (;;) {
      const next = at.get(key)?.find((segment) => !used.has(segment));
      if (next === undefined) return keys;
      used.add(next);
      key = next[0] === key ? next[1] : next[0];
      keys.push(key);
    }
  };
  const lines: Xy[][] = [];
  for (const segment of segments) {
    if (used.has(segment)) continue;
    used.add(segment);
    const keys = [...grow(segment[0]).toReversed(), ...segment, ...grow(segment[1])];
    lines.push(keys.map((key): Xy => places.get(key) ?? [0, 0]));
  }
  return lines;
}

/** Each point drawn towards its neighbours; ends stay. */
function rounded(line: Xy[]): Xy[] {
  return line.map((point, k) => {
    const [a, b] = [line[k - 1], line[k + 1]];
    if (a === undefined || b === undefined) return point;
    return [(a[0] + 2 * point[0] + b[0]) / 4, (a[1] + 2 * point[1] + b[1]) / 4];
  });
}
