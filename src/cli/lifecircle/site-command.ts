import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileGraph } from '#engine/network/graph.ts';
import { hangPlaces, joined, type Holds } from '#engine/network/holds.ts';
import { impassable } from '#engine/network/profile.ts';
import { makeSnapper, type Snapper } from '#engine/network/snap.ts';
import { nearestPlace } from '#engine/reach/nearest-place.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import type { SitingAnswer, SitingQuestion } from '#engine/siting/question.ts';
import { AppError } from '#kit/errors.ts';
import {
  createComputePool,
  share,
  sitingTask,
  walksTask,
  type ComputePool,
  type ProfileWord,
} from '#server/compute/index.ts';
import { openAtMinute, type FacilityClass } from '#server/modules/facilities/index.ts';
import { choice, exitCodes, textOption, UsageError, type Command, type Io, type Options } from '../command.ts';
import { readMap } from '../files.ts';
import { classesAsked, numberAsked, profilesAsked, timeAsked } from './asked.ts';
import { groundHelp, groundOptions, openGround, type Ground } from './ground.ts';
import { crsOf, openCells, openFacilities, tableHelp, tableOptions } from './inputs.ts';
import { pathOf } from './open-files.ts';
import { makeProgress, type Progress } from './progress.ts';
import { columnOf, numbersOf, pointsOf, readRows } from './rows.ts';
import { circleRule } from './rules.ts';
import { inChinese, inEnglish, type Told } from './siting-words.ts';
import { hashOf } from './summary.ts';
import type { Cells, Facilities } from './tables.ts';

const goals = ['cover', 'median', 'centre'] as const;

export const siteCommand: Command = {
  name: 'lifecircle site',
  summary: 'Chooses where to put new facilities, with the proof in plain words.',
  usage:
    '--network <net.bin> | --osm <map> … --cells <cells.csv> --class <code> --candidates <rooms.csv> --choose <n> | --budget <n> [--out <folder>]',
  help: [
    groundHelp,
    tableHelp.split('\n').filter((line) => !line.includes('--classes')).join('\n'), // prettier-ignore
    '  --class <code>           one class of db/data/facility-classes.csv',
    '  --candidates <rooms.csv> places that may be chosen: name, lon, lat; cost and capacity (people) where known',
    '  --choose <n>             places at most; --budget <n> cost at most, in the unit of the column cost; one of them or both',
    '  --goal cover|median|centre  most people within the limit · least walking of all · least walking of the farthest (cover)',
    '  --limit <minutes>        within which somebody is served (the standard of the class); --beyond <minutes> walks are looked for',
    '  --weights <o,e,c>        how much others, elders and children count, 0 to 100 (1,1,1)',
    '  --profile, --at, --snap, --snap-cells, --workers as for huangge lifecircle run; --seconds <n> for the proof (60)',
    '  --out <folder>           siting.json and siting.geojson',
  ].join('\n'),
  options: {
    ...groundOptions,
    ...tableOptions,
    class: { type: 'string' },
    candidates: { type: 'string' },
    choose: { type: 'string' },
    budget: { type: 'string' },
    goal: { type: 'string' },
    limit: { type: 'string' },
    beyond: { type: 'string' },
    weights: { type: 'string' },
    profile: { type: 'string' },
    at: { type: 'string' },
    snap: { type: 'string' },
    'snap-cells': { type: 'string' },
    seconds: { type: 'string' },
    workers: { type: 'string' },
    out: { type: 'string' },
  },
  async run(io, { options }) {
    const progress = makeProgress(io);
    const asked = wishOf(options);
    const ground = await openGround(io, options, progress);
    const snapper = makeSnapper(ground.network);
    const cells = wholeHeads(openCells(io, options, snapper));
    const facilities = openFacilities(io, options, ground, new Map([[asked.norm.code, asked.norm]]), snapper);
    const candidates = openCandidates(io, options);
    const pool = createComputePool({ size: 1 });
    try {
      const site = { io, asked, ground, snapper, cells, facilities, candidates };
      const { question, names, rooms, places } = await ask(site, pool, progress);
      const answer = await pool.run(
        sitingTask,
        { question, seconds: asked.seconds },
        { onProgress: () => progress.step('proving') },
      );
      progress.end();
      const told: Told = { ...asked, names, rooms, knows: cells.knows };
      for (const line of [...inChinese(told, answer), '', ...inEnglish(told, answer)]) io.out(line);
      const out = textOption(options, 'out');
      if (out !== undefined) write(pathOf(io, out), { question, answer, told, places, candidates, ground });
      return exitCodes.done;
    } finally {
      await pool.close();
    }
  },
};

interface Wish {
  norm: FacilityClass;
  walker: ProfileWord;
  goal: SitingQuestion['goal'];
  choose: number | null;
  budget: number | null;
  limitMin: number;
  beyondMin: number;
  weights: SitingQuestion['weights'];
  at: ReturnType<typeof timeAsked>;
  seconds: number;
  snapM: number;
  snapCellsM: number;
}

/** @throws UsageError */
function wishOf(options: Options): Wish {
  const [norm, ...others] = classesAsked({ classes: textOption(options, 'class') }).values();
  const [walker, ...more] = profilesAsked(options).values();
  if (norm === undefined || others.length > 0) throw new UsageError('--class expects one class, such as pharmacy.');
  if (walker === undefined || more.length > 0) throw new UsageError('--profile expects one walker, such as elder.');
  const least = (name: string): number | null =>
    textOption(options, name) === undefined ? null : Math.floor(numberAsked(options, name, 0, [0, 1e12]));
  const [choose, budget] = [least('choose'), least('budget')];
  if (choose === null && budget === null) throw new UsageError('Expected --choose <n> or --budget <n>, found neither.');
  const limitMin = numberAsked(options, 'limit', norm.walkMin, [1, 100]);
  return {
    norm, walker, choose, budget, limitMin,
    goal: choice(textOption(options, 'goal') ?? 'cover', goals, '--goal'),
    beyondMin: numberAsked(options, 'beyond', Math.max(circleRule('cutoff_minutes'), limitMin), [limitMin, 109]),
    weights: weightsOf(textOption(options, 'weights') ?? '1,1,1'),
    at: timeAsked(options),
    seconds: numberAsked(options, 'seconds', 60, [1, 86_400]),
    snapM: numberAsked(options, 'snap', circleRule('snap_limit_m'), [1, 2_000]),
    snapCellsM: numberAsked(options, 'snap-cells', circleRule('snap_cells_m'), [1, 2_000]),
  }; // prettier-ignore
}

function weightsOf(text: string): SitingQuestion['weights'] {
  const [others = NaN, elders = NaN, children = NaN, ...more] = text.split(/[,，]/).map(Number);
  if (
    more.length > 0 ||
    ![others, elders, children].every((weight) => Number.isInteger(weight) && weight >= 0 && weight <= 100)
  )
    throw new UsageError(`--weights expects three whole numbers from 0 to 100 such as 1,2,1, found "${text}".`);
  return { others, elders, children };
}

/** People are whole; elders and children are among them. @throws AppError bad_input */
function wholeHeads(cells: Cells): Cells {
  const [people, elders, children] = [cells.people, cells.elders, cells.children].map((heads) =>
    heads.map(Math.round),
  ) as [Float64Array, Float64Array, Float64Array];
  const wrong = people.findIndex((all, k) => (elders[k] as number) + (children[k] as number) > all);
  if (wrong >= 0)
    throw new AppError(
      'bad_input',
      `Cell ${cells.code[wrong]}: expected elders and children among its ${people[wrong]} people, found ${elders[wrong]} and ${children[wrong]}. Correct the file of cells.`,
    );
  return { ...cells, people, elders, children };
}

interface Candidates {
  name: string[];
  lon: Float64Array;
  lat: Float64Array;
  cost: Float64Array;
  /** NaN: as many as come. */
  capacity: Float64Array;
}

/** @throws UsageError, AppError bad_input */
function openCandidates(io: Io, options: Options): Candidates {
  const name = textOption(options, 'candidates');
  if (name === undefined) throw new UsageError('Expected --candidates <rooms.csv>, found none.');
  const [rows, said] = [readRows(io, name), readMap(options['map'])];
  const [nameColumn, code, cost, capacity] = ['name', 'code', 'cost', 'capacity'].map((field) =>
    columnOf(rows, field, said),
  );
  if (cost === undefined && textOption(options, 'budget') !== undefined)
    throw new AppError(
      'bad_input',
      `${name}: expected a column cost for --budget, found none. Or say --map cost=<header>.`,
    );
  const numbers = (column: string | undefined, none: number, low: number): Float64Array =>
    column === undefined
      ? new Float64Array(rows.rows.length).fill(none)
      : numbersOf(rows, column, [low, 2 ** 30], Number.isNaN(none));
  return {
    name: rows.rows.map(
      (row, k) =>
        (nameColumn === undefined ? '' : row[nameColumn]) ||
        (code === undefined ? '' : row[code]) ||
        `candidate-${k + 1}`,
    ),
    ...pointsOf(rows, said, crsOf(options)),
    cost: numbers(cost, 0, 0).map(Math.round),
    capacity: numbers(capacity, NaN, 1).map(Math.round),
  };
}

interface Site {
  io: Io;
  asked: Wish;
  ground: Ground;
  snapper: Snapper;
  cells: Cells;
  facilities: Facilities;
  candidates: Candidates;
}

/** Walks everything the question needs. Candidates no way is near enough to are named and left out. */
async function ask(
  { io, asked, ground, snapper, cells, facilities, candidates }: Site,
  pool: ComputePool,
  progress: Progress,
) {
  progress.step('walking');
  const graph = share(compileGraph(ground.network, asked.walker.profile, 'to'));
  const homes = share(hangPlaces(graph, snapper, cells, asked.snapCellsM));
  const existing = hangPlaces(graph, snapper, facilities, asked.snapM);
  const all = hangPlaces(graph, snapper, candidates, asked.snapM);
  const places = candidates.name.map((_, k) => k).filter((k) => joined(all, k));
  for (const [k, name] of candidates.name.entries())
    if (!joined(all, k))
      io.err(
        `Not a candidate: ${name}: no way within ${asked.snapM} m. In the river, or wrongly placed? Correct its position or raise --snap.`,
      );
  const limitDs = Math.round(asked.beyondMin * 600);
  const counts = (k: number): boolean =>
    asked.at === null || openAtMinute(facilities.hours[k] ?? null, asked.at.weekday, asked.at.minute) === true;
  const nearest = nearestPlace(graph, makeWalker(graph), { places: existing, origins: homes, counts, limitDs });
  const walks = await pool.run(
    walksTask,
    { graph, cells: homes, places: pickHolds(all, places), limitDs },
    { onProgress: (done, total) => progress.step('walking', done, total) },
  );
  const rooms = places.map((k) => (Number.isNaN(candidates.capacity[k]) ? null : (candidates.capacity[k] as number)));
  const question: SitingQuestion = {
    goal: asked.goal,
    demands: { people: cells.people, elders: cells.elders, children: cells.children },
    weights: asked.weights,
    candidates: places.map((k, n) => ({ cost: candidates.cost[k] as number, capacity: rooms[n] ?? null })),
    times: { first: walks.first, candidate: walks.target, ds: walks.ds },
    existingDs: Float64Array.from(nearest.ds, (ds) => (ds === impassable ? Infinity : ds)),
    limitDs: Math.round(asked.limitMin * 600),
    beyondDs: limitDs,
    choose: asked.choose,
    budget: asked.budget,
  };
  return { question, names: places.map((k) => candidates.name[k] as string), rooms, places };
}

function pickHolds(holds: Holds, places: readonly number[]): Holds {
  const entries = Object.entries(holds).map(([name, values]) => {
    const of = values.constructor as new (length: number) => Holds['share'];
    const picked = new of(places.length);
    places.forEach((k, n) => (picked[n] = (values as Holds['share'])[k] as number));
    return [name, picked];
  });
  return Object.fromEntries(entries) as Holds;
}

interface Written {
  question: SitingQuestion;
  answer: SitingAnswer;
  told: Told;
  /** Of the candidates asked about, which row of the file each is. */
  places: readonly number[];
  candidates: Candidates;
  ground: Ground;
}

/** The time it took is left out, so that the same question gives the same bytes. */
function write(folder: string, { question, answer, told, places, candidates, ground }: Written): void {
  mkdirSync(folder, { recursive: true });
  const { seconds: _, ...kept } = answer;
  const chosen = new Set(answer.chosen);
  const summary = { hash: hashOf({ network: ground.hash, question: { ...question, existingDs: [...question.existingDs as Float64Array].map((ds) => (Number.isFinite(ds) ? ds : null)) } }), network: ground.hash, class: told.norm.code, profile: told.walker.code, chosenNames: answer.chosen.map((j) => told.names[j]), ...kept, words: { zh: inChinese(told, answer), en: inEnglish(told, answer) } }; // prettier-ignore
  writeFileSync(join(folder, 'siting.json'), `${JSON.stringify(summary, null, 2)}\n`);
  const features = places.map((row, j) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [candidates.lon[row], candidates.lat[row]] },
    properties: {
      name: told.names[j],
      chosen: chosen.has(j),
      cost: candidates.cost[row],
      people: answer.loads[answer.chosen.indexOf(j)] ?? 0,
    },
  }));
  writeFileSync(join(folder, 'siting.geojson'), `${JSON.stringify({ type: 'FeatureCollection', features })}\n`);
}
