import { mkdirSync } from 'node:fs';
import { makeSnapper } from '#engine/network/snap.ts';
import { createComputePool } from '#server/compute/index.ts';
import { choice, exitCodes, textOption, UsageError, type Command, type Io, type Options } from '../command.ts';
import { classesAsked, numberAsked, profilesAsked, timeAsked } from './asked.ts';
import { drawMap } from './draw-map.ts';
import { evaluateCity, type CityAsked, type ProfileResult } from './evaluate-city.ts';
import { count, groundHelp, groundOptions, openGround } from './ground.ts';
import { openCells, openFacilities, tableHelp, tableOptions } from './inputs.ts';
import { pathOf } from './open-files.ts';
import { makeProgress, type Progress } from './progress.ts';
import { circleRule } from './rules.ts';
import { summaryOf, type Summary } from './summary.ts';
import { writeCellsCsv, writeCellsGeoJson, writeClassesCsv, writeIsochrones, writeSummary } from './write-results.ts';

/** Facilities told by name on the terminal. */
const most = 10;

export const runCommand: Command = {
  name: 'lifecircle run',
  summary: 'Evaluates a whole city: who reaches which facility on foot in how many minutes.',
  usage:
    '--network <net.bin> | --osm <map> [--elevation <heights>]… --cells <cells.csv> [--facilities <file>] --out <folder>',
  help: [
    groundHelp,
    tableHelp,
    '  --profile <a,b>          who walks: adult, elder, wheelchair, pram (db/data/walk-profiles.csv); adult unless stated',
    '  --at "周三 22:00"        only what is open then, also "Wed 22:00"; unknown hours count as --unknown-hours says',
    '  --unknown-hours shut|open  (shut unless stated)',
    '  --snap, --snap-cells <m> how far a facility, a cell may lie from the nearest way; beyond it is not counted but told',
    '  --cutoff <minutes>       walks beyond are not looked for',
    '                           what is not stated of these three: db/data/circle-rules.csv',
    '  --workers <n>            worker threads (cores less one)',
    '  --no-maps, --no-isochrones  leave them out',
    '  --out <folder>           classes.csv, cells-*.csv, cells-*.geojson, isochrones-*.geojson, map-*.png, summary.json',
  ].join('\n'),
  options: {
    ...groundOptions,
    ...tableOptions,
    profile: { type: 'string' },
    at: { type: 'string' },
    'unknown-hours': { type: 'string' },
    snap: { type: 'string' },
    'snap-cells': { type: 'string' },
    cutoff: { type: 'string' },
    workers: { type: 'string' },
    'no-maps': { type: 'boolean' },
    'no-isochrones': { type: 'boolean' },
    out: { type: 'string' },
  },
  async run(io, { options }) {
    const out = textOption(options, 'out');
    if (out === undefined) throw new UsageError('Expected --out <folder>, found none.');
    const beganMs = performance.now();
    const progress = makeProgress(io);
    const asked = await askedOf(io, options, progress);
    const size = textOption(options, 'workers') === undefined ? undefined : numberAsked(options, 'workers', 1, [1, 64]);
    const pool = createComputePool({ size });
    try {
      const results = await evaluateCity(asked, pool, progress);
      const folder = pathOf(io, out);
      mkdirSync(folder, { recursive: true });
      const summary = summaryOf(asked, results);
      await writeAll(folder, asked, results, summary);
      if (options['no-maps'] !== true) await drawAll(folder, asked, results, progress);
      tell(io, asked, summary);
      io.out(
        `Written: ${out}, ${((performance.now() - beganMs) / 1000).toFixed(1)} s. Made again by its hash ${summary.hash}.`,
      );
      return exitCodes.done;
    } finally {
      await pool.close();
    }
  },
};

/** Everything asked, read and checked. @throws UsageError, NetworkError */
export async function askedOf(io: Io, options: Options, progress: Progress): Promise<CityAsked> {
  const [all, profiles, at] = [classesAsked(options), profilesAsked(options), timeAsked(options)];
  const ground = await openGround(io, options, progress);
  const snapper = makeSnapper(ground.network);
  const cells = openCells(io, options, snapper);
  progress.step('reading facilities');
  const facilities = openFacilities(io, options, ground, all, snapper);
  progress.end();
  const there = new Set(facilities.classCode);
  const absent = [...all.values()].filter(({ code }) => !there.has(code));
  const classes =
    textOption(options, 'classes') === undefined ? new Map([...all].filter(([code]) => there.has(code))) : all;
  if (absent.length > 0) io.err(`None at all of: ${absent.map(({ code, name }) => `${code} ${name}`).join(', ')}.`);
  const unknown = choice(textOption(options, 'unknown-hours') ?? 'shut', ['shut', 'open'], '--unknown-hours');
  return {
    ground, cells, facilities, profiles, classes, at,
    unknownIsOpen: unknown === 'open',
    snapM: numberAsked(options, 'snap', circleRule('snap_limit_m'), [1, 2_000]),
    snapCellsM: numberAsked(options, 'snap-cells', circleRule('snap_cells_m'), [1, 2_000]),
    cutoffMin: numberAsked(options, 'cutoff', circleRule('cutoff_minutes'), [1, 100]),
    isochrones: options['no-isochrones'] !== true,
  }; // prettier-ignore
}

async function writeAll(
  folder: string,
  { cells, isochrones }: CityAsked,
  results: readonly ProfileResult[],
  summary: Summary,
): Promise<void> {
  for (const result of results) {
    await writeCellsCsv(folder, cells, result);
    await writeCellsGeoJson(folder, cells, result);
    if (isochrones) await writeIsochrones(folder, result);
  }
  await writeClassesCsv(folder, summary);
  writeSummary(folder, summary);
}

async function drawAll(
  folder: string,
  { ground, cells }: CityAsked,
  results: readonly ProfileResult[],
  progress: Progress,
): Promise<void> {
  const all = results.flatMap((profile) => profile.classes.map((found) => ({ profile, found })));
  for (const [k, { profile, found }] of all.entries()) {
    await drawMap(folder, ground.network, cells, profile, found);
    progress.step('drawing maps', k + 1, all.length);
  }
  progress.end();
}

/** What a person at the terminal wants to know at once. */
function tell(io: Io, { at }: CityAsked, { people, profiles }: Summary): void {
  for (const { profile, classes, peopleNotJoined, cellsNotJoined, facilitiesNotJoined } of profiles) {
    io.out(
      `\n${profile}: ${count(people)} people; share within 5, 10, 15 minutes; people beyond the standard of each class`,
    );
    for (const one of classes) {
      const shares = one.within
        .map(({ people: share }) => (share === null ? '—' : `${share.toFixed(1)} %`).padStart(8))
        .join('');
      const hours = at === null ? '' : `, open ${one.counted}, hours unknown ${one.hoursUnknown}`;
      io.out(
        `  ${one.class.padEnd(18)}${shares}  ${count(one.lacking.people).padStart(10)} beyond ${String(one.standardMin).padStart(2)} min  (${one.facilities} there${hours})`,
      );
    }
    if (cellsNotJoined > 0)
      io.err(
        `${profile}: ${count(cellsNotJoined)} cells with ${count(peopleNotJoined)} people lie further from any way than --snap-cells allows; they count as out of reach.`,
      );
    for (const { name, code, classCode, nearestM } of facilitiesNotJoined.slice(0, most))
      io.err(
        `${profile}: not counted: ${name} (${code}, ${classCode}): ${nearestM === null ? 'no way within 5 km' : `the nearest way is ${nearestM} m off`}. In the river, or wrongly placed? Correct its position or raise --snap.`,
      );
    if (facilitiesNotJoined.length > most) io.err(`… and ${facilitiesNotJoined.length - most} more: see summary.json.`);
  }
}
