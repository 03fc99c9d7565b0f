import { createRequire } from 'node:module';
import { join } from 'node:path';
import sharp from 'sharp';
import { metresPerUnit, perDegree, type Network } from '#engine/network/network.ts';
import { impassable } from '#engine/network/profile.ts';
import { makeCanvas, type Canvas, type Colour } from './canvas.ts';
import type { ClassResult, ProfileResult } from './evaluate-city.ts';
import type { Cells } from './tables.ts';

const require = createRequire(import.meta.url);
const fontfile = require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf');

/** Painted twice as large as it is written, so that edges come out smooth. */
const finer = 2;
const [mapWidth, margin, headHeight, footHeight] = [1400, 30, 96, 64];

const paper: Colour = [250, 250, 247];
const street: Colour = [206, 206, 200];
const nobody: Colour = [226, 226, 222];
const ink: Colour = [28, 28, 28];
/** Near to far; told apart by people who see colours differently, and in grey. */
const steps: readonly { minutes: number; colour: Colour; zh: string; en: string }[] = [
  { minutes: 5, colour: [28, 98, 110], zh: '5 分钟内', en: 'within 5 min' },
  { minutes: 10, colour: [78, 160, 160], zh: '10 分钟内', en: '10 min' },
  { minutes: 15, colour: [168, 214, 200], zh: '15 分钟内', en: '15 min' },
  { minutes: Infinity, colour: [240, 178, 94], zh: '15 分钟以上', en: 'beyond 15 min' },
  { minutes: NaN, colour: [196, 78, 48], zh: '走不到', en: 'not within reach' },
];

/** From degrees to points of the picture, north up, the same scale both ways. */
interface Frame {
  at(lon: number, lat: number): readonly [x: number, y: number];
  /** Points a metre. */
  perM: number;
  height: number;
}

function frameOf(cells: Cells): Frame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < cells.lon.length; k++) {
    west = Math.min(west, cells.lon[k] as number);
    east = Math.max(east, cells.lon[k] as number);
    south = Math.min(south, cells.lat[k] as number);
    north = Math.max(north, cells.lat[k] as number);
  }
  const unit = metresPerUnit((south + north) / 2);
  const [wideM, highM] = [(east - west) * perDegree * unit.x + 400, (north - south) * perDegree * unit.y + 400];
  // A town longer than wide is drawn less wide, so that the picture stays a sheet.
  const perM = (finer * Math.min(mapWidth - 2 * margin, (1.3 * mapWidth * wideM) / highM)) / wideM;
  const left = (finer * mapWidth - wideM * perM) / 2;
  return {
    perM,
    height: Math.ceil(highM * perM + finer * (headHeight + footHeight)),
    at: (lon, lat) => [
      left + ((lon - west) * perDegree * unit.x + 200) * perM,
      finer * headHeight + ((north - lat) * perDegree * unit.y + 200) * perM,
    ],
  };
}

/** Draws one class for one walker: cells by minutes, a cross where the standard is missed, streets, facilities, legend, scale. */
export async function drawMap(
  folder: string,
  network: Network,
  cells: Cells,
  profile: ProfileResult,
  found: ClassResult,
): Promise<void> {
  const frame = frameOf(cells);
  const canvas = makeCanvas(finer * mapWidth, frame.height, paper);
  paintStreets(canvas, frame, network);
  paintCells(canvas, frame, cells, found);
  found.places.lon.forEach((lon, k) => paintPlace(canvas, frame.at(lon, found.places.lat[k] as number)));
  const words = paintLegend(canvas, frame);
  words.push({
    x: margin,
    y: 14,
    size: 26,
    text: `${found.norm.name} · ${profile.word.name} · 标准 ${found.norm.walkMin} 分钟`,
  });
  words.push({
    x: margin,
    y: 56,
    size: 15,
    text: `${found.norm.nameEn} · ${profile.word.nameEn} · standard ${found.norm.walkMin} min`,
  });
  const layers = await Promise.all(
    words.map(async ({ x, y, size, text }) => ({ input: await wordPicture(text, size), left: Math.round(x), top: y })),
  );
  const { bytes, width, height } = canvas;
  const small = await sharp(bytes, { raw: { width, height, channels: 3 } }).resize(mapWidth, Math.round(height / finer)).png().toBuffer(); // prettier-ignore
  await sharp(small)
    .composite(layers)
    .png({ compressionLevel: 9 })
    .toFile(join(folder, `map-${profile.word.code}-${found.norm.code}.png`));
}

async function wordPicture(text: string, size: number): Promise<Buffer> {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  // At 72 dots an inch a point is a dot.
  return sharp({ text: { text: safe, font: `Noto Serif SC ${size}`, fontfile, dpi: 72, rgba: true } }).png().toBuffer(); // prettier-ignore
}

function paintStreets(canvas: Canvas, frame: Frame, { edgeFrom, shapeFirst, shapeLon, shapeLat }: Network): void {
  for (let e = 0; e < edgeFrom.length; e++)
    for (let p = shapeFirst[e] as number; p < (shapeFirst[e + 1] as number) - 1; p++) {
      const [from, to] = [p, p + 1].map((n) =>
        frame.at((shapeLon[n] as number) / perDegree, (shapeLat[n] as number) / perDegree),
      ) as [readonly [number, number], readonly [number, number]];
      if (isInside(canvas, from) || isInside(canvas, to)) canvas.line(from, to, street, finer);
    }
}

const isInside = ({ width, height }: Canvas, [x, y]: readonly [number, number]): boolean =>
  x >= 0 && y >= 0 && x < width && y < height;

function paintCells(canvas: Canvas, frame: Frame, cells: Cells, { reach, norm }: ClassResult): void {
  const area = (canvas.width * canvas.height) / Math.max(1, cells.code.length);
  const radius = Math.max(finer, Math.min(9 * finer, 0.32 * Math.sqrt(area)));
  cells.lon.forEach((lon, k) => {
    const [x, y] = frame.at(lon, cells.lat[k] as number);
    const ds = reach.nearestDs[k] as number;
    const lived = (cells.people[k] as number) > 0;
    canvas.disc(x, y, radius, lived ? stepOf(ds) : nobody);
    if (lived && ds > norm.walkMin * 600 && radius > 2 * finer) paintCross(canvas, [x, y], radius * 0.55);
  });
}

function stepOf(ds: number): Colour {
  const found = ds === impassable ? steps.at(-1) : steps.find(({ minutes }) => ds <= minutes * 600);
  return (found ?? steps[3])?.colour ?? ink;
}

function paintCross(canvas: Canvas, [x, y]: readonly [number, number], arm: number): void {
  canvas.line([x - arm, y - arm], [x + arm, y + arm], paper, finer);
  canvas.line([x - arm, y + arm], [x + arm, y - arm], paper, finer);
}

function paintPlace(canvas: Canvas, [x, y]: readonly [number, number]): void {
  canvas.disc(x, y, 3.6 * finer, paper);
  canvas.disc(x, y, 2.6 * finer, ink);
}

interface Words {
  x: number;
  y: number;
  size: number;
  text: string;
}

/** Patches below the map with their words; how long a kilometre is. Answers the words. */
function paintLegend(canvas: Canvas, { perM, height }: Frame): Words[] {
  const top = height - finer * (footHeight - 14);
  const words: Words[] = [];
  let x = margin;
  const item = (paint: (x: number, y: number) => void, text: string): void => {
    paint(finer * (x + 8), top + finer * 10);
    words.push({ x: x + 22, y: Math.round(top / finer) + 1, size: 13, text });
    x += 34 + [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 255 ? 13 : 6.5), 0);
  };
  for (const { colour, zh, en } of steps) item((cx, cy) => canvas.disc(cx, cy, 7 * finer, colour), `${zh} ${en}`);
  item((cx, cy) => {
    canvas.disc(cx, cy, 7 * finer, [240, 178, 94]);
    paintCross(canvas, [cx, cy], 4 * finer);
  }, '未达标 below standard'); // prettier-ignore
  item((cx, cy) => canvas.disc(cx, cy, 7 * finer, nobody), '无人居住 nobody lives there');
  item((cx, cy) => paintPlace(canvas, [cx, cy]), '设施 facility');
  const lengthM = [200, 500, 1000, 2000, 5000, 10_000].findLast((metres) => metres * perM <= finer * 220) ?? 200;
  const right = canvas.width - finer * margin;
  canvas.box(right - lengthM * perM, finer * 60, lengthM * perM, 3 * finer, ink);
  words.push({
    x: Math.round((right - lengthM * perM) / finer),
    y: 36,
    size: 14,
    text: lengthM < 1000 ? `${lengthM} m` : `${lengthM / 1000} km`,
  });
  return words;
}
