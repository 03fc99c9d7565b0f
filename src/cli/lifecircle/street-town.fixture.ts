import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metresPerUnit, perDegree } from '#engine/network/network.ts';
import { runCli } from '../run.ts';

/** A corner in Chongqing. */
const corner = { lon: 106.55, lat: 29.56 };
const scale = metresPerUnit(corner.lat);

/** Degrees of a place so many metres east and north of the corner. */
export const at = (x: number, y: number): [number, number] => [
  corner.lon + x / scale.x / perDegree,
  corner.lat + y / scale.y / perDegree,
];

/** One street of 3 km with corners every 30 m, an island beyond the river, a kindergarten on the map. */
export function streetTown(): string {
  const node = (id: number, x: number, y: number, tags = ''): string => {
    const [lon, lat] = at(x, y);
    return `<node id="${id}" lon="${lon.toFixed(7)}" lat="${lat.toFixed(7)}">${tags}</node>`;
  };
  const way = (id: number, refs: readonly number[], key: string, value: string): string =>
    `<way id="${id}">${refs.map((ref) => `<nd ref="${ref}"/>`).join('')}<tag k="${key}" v="${value}"/></way>`;
  const street = Array.from({ length: 101 }, (_, k) => k + 1);
  const school = '<tag k="amenity" v="kindergarten"/><tag k="name" v="黄葛幼儿园"/>';
  const others = [node(201, 0, 3000), node(202, 100, 3000), node(300, 1500, 12, school)];
  const ways = [way(1, street, 'highway', 'residential'), way(2, [201, 202], 'highway', 'footway')];
  return `<osm>${[...street.map((id) => node(id, 30 * (id - 1), 0)), ...others, ...ways].join('')}</osm>`;
}

/** A folder in which the command is run. */
export function makeDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'huangge-circle-'));
  return {
    folder,
    path: (...names: string[]): string => join(folder, ...names),
    write(name: string, head: string, rows: readonly (readonly (string | number)[])[]): void {
      writeFileSync(join(folder, name), `${head}\n${rows.map((row) => row.join(',')).join('\n')}\n`);
    },
    async huangge(...words: string[]): Promise<{ code: number; out: string; err: string }> {
      const [out, err]: [string[], string[]] = [[], []];
      const io = {
        env: { PWD: folder },
        out: (line: string) => void out.push(line),
        err: (line: string) => void err.push(line),
      };
      const code = await runCli(['lifecircle', ...words], io);
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
    clear: (): void => rmSync(folder, { recursive: true }),
  };
}
