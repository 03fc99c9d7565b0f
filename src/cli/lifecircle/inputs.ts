import { judgeShift } from '#engine/network/offset.ts';
import type { Snapper } from '#engine/network/snap.ts';
import type { FacilityClass } from '#server/modules/facilities/index.ts';
import { AppError } from '#kit/errors.ts';
import { choice, textOption, UsageError, type Io, type Options } from '../command.ts';
import { readMap } from '../files.ts';
import type { Ground } from './ground.ts';
import { coordinateWords, readRows } from './rows.ts';
import {
  facilitiesOfOsm,
  joinFacilities,
  readCells,
  readCounted,
  readFacilities,
  type Cells,
  type Facilities,
} from './tables.ts';

/** Options of every command that works on cells and facilities. */
export const tableOptions = {
  cells: { type: 'string' },
  facilities: { type: 'string', multiple: true },
  classes: { type: 'string' },
  crs: { type: 'string' },
  map: { type: 'string', multiple: true },
} as const;

export const tableHelp = [
  '  --cells <cells.csv>      where people live: code, lon, lat, people; elders and children where known',
  '  --facilities <file>      CSV or GeoJSON: name, class, lon, lat; capacity and hours where known. Left out: taken from --osm',
  '  --facilities <class>=<file>#<column>  places where the column says how many of the class stand there; both may be given several times',
  '  --classes <a,b>          codes of db/data/facility-classes.csv; all that there are unless stated',
  '  --crs wgs84|gcj02        coordinate system of cells and facilities; stated, it is believed',
  '  --map <field>=<header>   a column with a name of its own, such as people=POP2020; may be given several times',
].join('\n');

export const crsOf = (options: Options) => {
  const said = textOption(options, 'crs');
  return said === undefined ? undefined : choice(said, coordinateWords, '--crs');
};

/** @throws UsageError, AppError bad_input */
export function openCells(io: Io, options: Options, snapper: Snapper): Cells {
  const name = textOption(options, 'cells');
  if (name === undefined) throw new UsageError('Expected --cells <cells.csv>, found none.');
  const cells = readCells(readRows(io, name), readMap(options['map']), crsOf(options));
  if (cells.code.length === 0) throw new AppError('bad_input', `Expected cells in ${name}, found no rows.`);
  askAboutShift(io, name, cells, snapper, options);
  if (cells.people.every((count) => count === 0))
    io.err(`Nobody lives in the cells of ${name}: shares of people cannot be told.`);
  return cells;
}

/** Facilities of files, or of the map of OpenStreetMap. @throws UsageError, AppError bad_input */
export function openFacilities(
  io: Io,
  options: Options,
  ground: Ground,
  classes: ReadonlyMap<string, FacilityClass>,
  snapper: Snapper,
): Facilities {
  const names = options['facilities'];
  if (Array.isArray(names)) {
    const tables = names.map((name) => openTable(io, options, String(name), classes));
    for (const { name, found } of tables) askAboutShift(io, name, found, snapper, options);
    return joinFacilities(tables.map(({ found }) => found));
  }
  if (ground.osm === null)
    throw new UsageError('Expected --facilities <file> or --osm <map> to take them from, found neither.');
  return facilitiesOfOsm(ground.osm, classes);
}

/** One table; of the form class=file#column the column counts. */
function openTable(io: Io, options: Options, said: string, classes: ReadonlyMap<string, FacilityClass>) {
  const counted = /^(\w+)=(.+)#(.+)$/.exec(said);
  const [name, map, crs] = [counted?.[2] ?? said, readMap(options['map']), crsOf(options)];
  const rows = readRows(io, name);
  if (counted !== null) {
    const [, code = '', , column = ''] = counted;
    assertClasses(name, [code], classes);
    return { name, found: readCounted(rows, map, crs, { code, column }) };
  }
  const found = readFacilities(rows, map, crs, classes);
  if (textOption(options, 'classes') === undefined) assertClasses(name, found.classCode, classes);
  return { name, found };
}

function assertClasses(name: string, codes: readonly string[], classes: ReadonlyMap<string, FacilityClass>): void {
  const unknown = [...new Set(codes.filter((code) => !classes.has(code)))];
  if (unknown.length > 0)
    throw new AppError(
      'bad_input',
      `${name}: expected classes ${[...classes.keys()].join(', ')}, found ${unknown.slice(0, 10).join(', ')}.`,
    );
}

/** Points that lie on the streets only once GCJ-02 is undone are not believed to be WGS-84 unless that was stated. */
function askAboutShift(
  io: Io,
  name: string,
  points: { lon: Float64Array; lat: Float64Array },
  snapper: Snapper,
  options: Options,
): void {
  const { verdict, medianM, medianUndoneM, shiftM } = judgeShift(points, snapper);
  if (verdict !== 'shifted') return;
  const seen = `${name}: half of the points lie more than ${medianM.toFixed(0)} m from any way, and ${medianUndoneM.toFixed(0)} m once moved by the ${shiftM.toFixed(0)} m of GCJ-02. They look like GCJ-02, not WGS-84.`;
  if (crsOf(options) === undefined)
    throw new AppError('bad_input', `${seen} Which is it? Say --crs gcj02, or --crs wgs84 if it is so nevertheless.`);
  io.err(seen);
}
