import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Link } from './problem.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/siting');

/** Whether the published instances lie beside the project; tests that need them are skipped with a word otherwise. */
export const hasInstances = existsSync(folder);
if (!hasInstances)
  process.stdout.write('Published siting instances are not beside the project: their tests are skipped.\n');

const numbersIn = (path: string): number[] => readFileSync(join(folder, path), 'utf8').trim().split(/\s+/).map(Number);

export interface Instance {
  size: number;
  count: number;
  links: Link[];
  /** The published best value. */
  known: number;
}

/** One of pmed1 to pmed20 of Beasley's OR-Library: a graph, so distances are those of its shortest ways. */
export function readPmed(which: number): Instance {
  const [size = 0, edges = 0, count = 0, ...rest] = numbersIn(`pmed/pmed${which}.txt`);
  const ways = Array.from({ length: size }, (_, i) => new Float64Array(size).fill(Infinity).fill(0, i, i + 1));
  for (let e = 0; e < edges; e++) {
    const [a = 1, b = 1, cost = 0] = rest.slice(3 * e, 3 * e + 3);
    // Of an edge told twice the last counts, as the library says.
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const)
      (ways[from - 1] as Float64Array)[to - 1] = cost;
  }
  for (const over of ways.keys())
    for (const from of ways) shorten(from, from[over] as number, ways[over] as Float64Array);
  const links = ways.flatMap((row, demand) => Array.from(row, (cost, candidate) => ({ demand, candidate, cost })));
  const known = new Map(
    readFileSync(join(folder, 'pmed/pmedopt.txt'), 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/) as [string, string]),
  );
  return { size, count, links, known: Number(known.get(`pmed${which}`)) };
}

function shorten(row: Float64Array, over: number, onward: Float64Array): void {
  for (let to = 0; to < row.length; to++) row[to] = Math.min(row[to] as number, over + (onward[to] as number));
}

/** A maximal covering instance of Máximo, Cordeau and Nascimento: places with people, covered within a radius on a sphere of 6,378,137 m. */
export function readMclp(name: 'Bronx' | 'NewYork', count: number, radiusM: number): Instance & { people: number[] } {
  const lines = readFileSync(join(folder, `mclp/${name}.txt`), 'utf8')
    .split('\n')
    .map((line) => line.trim());
  const demandsAt = lines.indexOf('DEMAND_SECTION');
  const at = lines
    .slice(lines.indexOf('NODE_COORD_SECTION') + 1, demandsAt)
    .map((line) => line.split(/\s+/).map(Number));
  const people = at.map((_, i) => Number(lines[demandsAt + 1 + i]));
  const known = Number(
    /f:\s*(\d+)/.exec(readFileSync(join(folder, `mclp/${name}_${count}_${radiusM}.txt`), 'utf8'))?.[1],
  );
  const links: Link[] = [];
  at.forEach((a, demand) => {
    at.forEach((b, candidate) => {
      if (Math.abs((a[0] as number) - (b[0] as number)) * 111_000 < radiusM * 1.1 && metresOnSphere(a, b) <= radiusM)
        links.push({ demand, candidate, cost: 0 });
    });
  });
  return { size: at.length, count, links, known, people };
}

function metresOnSphere(a: readonly number[], b: readonly number[]): number {
  const rad = Math.PI / 180;
  const [lat1, lon1, lat2, lon2] = [a[0], a[1], b[0], b[1]].map((degrees) => (degrees as number) * rad) as [
    number,
    number,
    number,
    number,
  ];
  const h = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
  return 2 * 6_378_137 * Math.asin(Math.sqrt(h));
}

/** A capacitated p-median instance pmedcap1 to 10: distances are rounded down. */
export function readCpmp(which: number): Instance & { demand: number[]; capacity: number } {
  const [, known = 0, size = 0, count = 0, capacity = 0, ...rest] = numbersIn(`cpmp/pmedcap${which}.txt`);
  const at = Array.from({ length: size }, (_, i) => rest.slice(4 * i, 4 * i + 4) as [number, number, number, number]);
  const links = at.flatMap(([, x1, y1], demand) =>
    at.map(([, x2, y2], candidate) => ({ demand, candidate, cost: Math.floor(Math.hypot(x1 - x2, y1 - y2)) })),
  );
  return { size, count, links, known, demand: at.map(([, , , d]) => d), capacity };
}
