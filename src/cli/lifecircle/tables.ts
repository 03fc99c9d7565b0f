import { readOsmPlaces, type OsmPlace } from '#engine/network/osm-places.ts';
import type { OsmSource } from '#engine/network/osm-ways.ts';
import type { FacilityClass, OpenSpan } from '#server/modules/facilities/index.ts';
import { AppError } from '#kit/errors.ts';
import { columnOf, numbersOf, pointsOf, type coordinateWords, type Rows } from './rows.ts';
import { readHours } from './week-time.ts';

type Crs = (typeof coordinateWords)[number] | undefined;
type Said = Readonly<Record<string, string>>;

/** Where people live. */
export interface Cells {
  code: string[];
  lon: Float64Array;
  lat: Float64Array;
  people: Float64Array;
  /** Zeros where the file has no such column: `knows` says which. */
  elders: Float64Array;
  children: Float64Array;
  knows: { elders: boolean; children: boolean };
}

const mostPeople = 1_000_000;

/** @throws AppError bad_input */
export function readCells(rows: Rows, said: Said, crs: Crs): Cells {
  const points = pointsOf(rows, said, crs);
  const column = columnOf(rows, 'people', said);
  if (column === undefined)
    throw new AppError(
      'bad_input',
      `${rows.file}: expected a column people, population or 人口, found none. Or say --map people=<header>.`,
    );
  const code = codesOf(rows, said, 'cell');
  const part = (field: string): Float64Array | undefined => {
    const found = columnOf(rows, field, said);
    return found === undefined ? undefined : numbersOf(rows, found, [0, mostPeople]);
  };
  const [elders, children] = [part('elders'), part('children')];
  const none = (): Float64Array => new Float64Array(code.length);
  return {
    code,
    ...points,
    people: numbersOf(rows, column, [0, mostPeople]),
    elders: elders ?? none(),
    children: children ?? none(),
    knows: { elders: elders !== undefined, children: children !== undefined },
  };
}

function codesOf(rows: Rows, said: Said, word: string): string[] {
  const column = columnOf(rows, 'code', said);
  return rows.rows.map((row, k) => (column === undefined ? '' : (row[column] ?? '')) || `${word}-${k + 1}`);
}

/** Facilities of all classes. */
export interface Facilities {
  code: string[];
  name: string[];
  classCode: string[];
  lon: Float64Array;
  lat: Float64Array;
  /** NaN: not known. */
  capacity: Float64Array;
  /** Null: not known. */
  hours: (OpenSpan[] | null)[];
}

/**
 * Facilities of a table. Without a column for the class all are of the only class asked for.
 * @throws AppError bad_input
 */
export function readFacilities(
  rows: Rows,
  said: Said,
  crs: Crs,
  classes: ReadonlyMap<string, FacilityClass>,
): Facilities {
  const column = columnOf(rows, 'class', said);
  const [only] = classes.keys();
  if (column === undefined && classes.size !== 1)
    throw new AppError(
      'bad_input',
      `${rows.file}: expected a column class with codes of db/data/facility-classes.csv, found none. Or say which one class they are: --classes pharmacy.`,
    );
  const [name, capacity, hours] = ['name', 'capacity', 'hours'].map((field) => columnOf(rows, field, said));
  const code = codesOf(rows, said, 'facility');
  return {
    code,
    name: rows.rows.map((row, k) => (name === undefined ? '' : (row[name] ?? '')) || (code[k] as string)),
    classCode: rows.rows.map((row) => (column === undefined ? (only as string) : (row[column] ?? ''))),
    ...pointsOf(rows, said, crs),
    capacity:
      capacity === undefined
        ? new Float64Array(code.length).fill(NaN)
        : numbersOf(rows, capacity, [1, mostPeople], true),
    hours: rows.rows.map((row) => (hours === undefined ? null : readHours(row[hours] ?? ''))),
  };
}

/** Places where a column says how many facilities of one class stand: one for each row that has any. @throws AppError bad_input */
export function readCounted(
  rows: Rows,
  said: Said,
  crs: Crs,
  { code, column }: { code: string; column: string },
): Facilities {
  if (!Object.keys(rows.rows[0] ?? {}).includes(column))
    throw new AppError(
      'bad_input',
      `${rows.file}: expected a column ${column}, found ${Object.keys(rows.rows[0] ?? {}).join(', ')}.`,
    );
  const counts = numbersOf(rows, column, [0, mostPeople], true);
  const codes = codesOf(rows, said, code);
  const all: Facilities = {
    code: codes,
    name: codes,
    classCode: codes.map(() => code),
    ...pointsOf(rows, said, crs),
    capacity: new Float64Array(codes.length).fill(NaN),
    hours: codes.map(() => null),
  };
  return pick(all, [...counts.keys()].filter((k) => (counts[k] as number) > 0)); // prettier-ignore
}

/** Several lists as one. */
export function joinFacilities(lists: readonly Facilities[]): Facilities {
  const numbers = (of: 'lon' | 'lat' | 'capacity'): Float64Array =>
    Float64Array.from(lists.flatMap((list) => [...list[of]]));
  return {
    code: lists.flatMap(({ code }) => code),
    name: lists.flatMap(({ name }) => name),
    classCode: lists.flatMap(({ classCode }) => classCode),
    lon: numbers('lon'),
    lat: numbers('lat'),
    capacity: numbers('capacity'),
    hours: lists.flatMap(({ hours }) => hours),
  };
}

/** Facilities a map of OpenStreetMap knows, by the tags in db/data/facility-classes.csv. One object may be of several classes. */
export function facilitiesOfOsm(source: OsmSource, classes: ReadonlyMap<string, FacilityClass>): Facilities {
  const pairs = [...classes.values()].flatMap(({ code, osm }) =>
    osm.map((tag) => [code, ...tag.split('=')] as [string, string, string]),
  );
  const classesOf = (tags: OsmPlace['tags']): string[] => [
    ...new Set(pairs.filter(([, key, value]) => tags[key] === value).map(([code]) => code)),
  ];
  const found = readOsmPlaces(source, (tags) => classesOf(tags).length > 0).flatMap((place) =>
    classesOf(place.tags).map((code) => ({ ...place, code })),
  );
  return {
    code: found.map(({ ref }) => ref),
    name: found.map(({ tags, ref }) => tags['name'] ?? ref),
    classCode: found.map(({ code }) => code),
    lon: Float64Array.from(found, ({ lon }) => lon),
    lat: Float64Array.from(found, ({ lat }) => lat),
    capacity: Float64Array.from(found, ({ tags }) => capacityOf(tags['capacity'])),
    hours: found.map(({ tags }) => readHours(tags['opening_hours'] ?? '')),
  };
}

function capacityOf(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : NaN;
}

/** Only those of some places, in their order. */
export function pick(all: Facilities, places: readonly number[]): Facilities {
  const strings = (of: readonly string[]): string[] => places.map((k) => of[k] as string);
  const numbers = (of: Float64Array): Float64Array => Float64Array.from(places, (k) => of[k] as number);
  return {
    code: strings(all.code), name: strings(all.name), classCode: strings(all.classCode),
    lon: numbers(all.lon), lat: numbers(all.lat), capacity: numbers(all.capacity),
    hours: places.map((k) => all.hours[k] ?? null),
  }; // prettier-ignore
}
