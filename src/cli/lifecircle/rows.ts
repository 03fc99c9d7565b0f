import { parse } from 'csv-parse/sync';
import { fromGcj02 } from '#engine/network/gcj.ts';
import { AppError } from '#kit/errors.ts';
import type { Io } from '../command.ts';
import { readNamed } from './open-files.ts';

/** A row of a table or a feature of a map, by the names of its columns. */
export type Row = Readonly<Record<string, string>>;

/** Rows of a file with where each stands in it, for messages. */
export interface Rows {
  file: string;
  rows: Row[];
  /** 'line 7' or 'feature 3'. */
  whereOf(row: number): string;
}

/** Names of columns people use, by what they mean; the first found is taken. Case and blanks do not matter. */
const known: Readonly<Record<string, readonly string[]>> = {
  code: ['code', 'id', 'gid', 'cell', '编号', '代码'],
  name: ['name', '名称'],
  class: ['class', 'class_code', 'kind', 'type', '类别'],
  lon: ['lon', 'lng', 'long', 'longitude', 'x', '经度'],
  lat: ['lat', 'latitude', 'y', '纬度'],
  people: ['people', 'population', 'pop', '人口'],
  elders: ['elders', 'elderly', 'old', '老人', '老年人'],
  children: ['children', 'child', 'kids', '儿童'],
  capacity: ['capacity', 'size', '容量'],
  hours: ['hours', 'opening_hours', '开放时间', '营业时间'],
  cost: ['cost', 'price', '费用', '造价'],
};

/** Reads a CSV with a header, or a GeoJSON of points. @throws AppError bad_input naming what is wrong */
export function readRows(io: Io, name: string): Rows {
  const text = new TextDecoder().decode(readNamed(io, name)).replace(/^\uFEFF/, '');
  if (text.trimStart().startsWith('{'))
    return { file: name, rows: fromGeoJson(name, text), whereOf: (row) => `feature ${row + 1}` };
  const lines: number[] = [];
  try {
    const records = parse(text, { columns: true, skip_empty_lines: true, trim: true, comment: '#', comment_no_infix: true, info: true }) as unknown as
      { record: Row; info: { lines: number } }[]; // prettier-ignore
    const rows = records.map(({ record, info }) => {
      lines.push(info.lines);
      return record;
    });
    return { file: name, rows, whereOf: (row) => `line ${lines[row]}` };
  } catch (error) {
    throw new AppError(
      'bad_input',
      `${name} cannot be read as CSV (${(error as Error).message}). Give a table with a header, in UTF-8.`,
    );
  }
}

function fromGeoJson(name: string, text: string): Row[] {
  const features = featuresOf(name, text);
  return features.map((feature, k) => {
    const { geometry, properties } = feature as {
      geometry?: { type?: string; coordinates?: unknown[] };
      properties?: Record<string, unknown>;
    };
    if (geometry?.type !== 'Point')
      throw new AppError(
        'bad_input',
        `${name}, feature ${k + 1}: expected a Point, found ${geometry?.type ?? 'no geometry'}.`,
      );
    const [lon, lat] = geometry.coordinates ?? [];
    const words = Object.entries(properties ?? {}).filter(
      ([, value]) => typeof value === 'string' || typeof value === 'number',
    );
    return {
      ...Object.fromEntries(words.map(([key, value]) => [key, String(value)])),
      lon: String(lon),
      lat: String(lat),
    };
  });
}

function featuresOf(name: string, text: string): unknown[] {
  try {
    const { features } = JSON.parse(text) as { features?: unknown };
    if (Array.isArray(features)) return features;
  } catch {
    // Told below, as any other file that is none.
  }
  throw new AppError('bad_input', `Expected a GeoJSON FeatureCollection in ${name}, found something else.`);
}

/** Which column of the rows holds what; `said` are the person's own (field=header). Undefined where there is none. */
export function columnOf(
  { rows }: Rows,
  field: string,
  said: Readonly<Record<string, string>> = {},
): string | undefined {
  const headers = Object.keys(rows[0] ?? {});
  if (said[field] !== undefined) return headers.find((header) => header === said[field]);
  const names = known[field] ?? [field];
  return names
    .map((name) => headers.find((header) => header.toLowerCase().trim() === name))
    .find((found) => found !== undefined);
}

/** The same, where nothing goes without it. @throws AppError bad_input */
export function columnNeeded(rows: Rows, field: string, said: Readonly<Record<string, string>>): string {
  const found = columnOf(rows, field, said);
  if (found !== undefined) return found;
  const headers = Object.keys(rows.rows[0] ?? {}).join(', ');
  throw new AppError(
    'bad_input',
    `${rows.file}: expected a column ${(known[field] ?? [field]).join(' or ')}, found ${headers === '' ? 'no rows' : headers}. Or say --map ${field}=<header>.`,
  );
}

/** Wrong rows are told all at once, the first twenty in words. */
const most = 20;

/** Numbers of a column between two limits. An empty cell is NaN where `empty` allows it. @throws AppError bad_input naming each wrong row */
export function numbersOf(
  rows: Rows,
  column: string,
  [low, high]: readonly [number, number],
  empty = false,
): Float64Array {
  const wrong: string[] = [];
  const values = Float64Array.from(rows.rows, (row, k) => {
    const text = (row[column] ?? '').trim();
    const value = text === '' ? NaN : Number(text);
    if (!(value >= low && value <= high) && !(empty && text === ''))
      wrong.push(
        `${rows.whereOf(k)}: ${column}: expected a number from ${low} to ${high}, found "${text.slice(0, 30)}"`,
      );
    return value;
  });
  if (wrong.length === 0) return values;
  const more = wrong.length > most ? `\n… and ${wrong.length - most} more` : '';
  throw new AppError(
    'bad_input',
    `${rows.file}:\n${wrong.slice(0, most).join('\n')}${more}\nCorrect the file and give it again.`,
  );
}

export const coordinateWords = ['wgs84', 'gcj02'] as const;

/** Degrees of every row in WGS-84. */
export function pointsOf(
  rows: Rows,
  said: Readonly<Record<string, string>>,
  crs: (typeof coordinateWords)[number] | undefined,
): { lon: Float64Array; lat: Float64Array } {
  const lon = numbersOf(rows, columnNeeded(rows, 'lon', said), [-180, 180]);
  const lat = numbersOf(rows, columnNeeded(rows, 'lat', said), [-90, 90]);
  if (crs !== 'gcj02') return { lon, lat };
  const undone = Array.from(lon, (x, k) => fromGcj02(x, lat[k] as number));
  return { lon: Float64Array.from(undone, ([x]) => x), lat: Float64Array.from(undone, ([, y]) => y) };
}
