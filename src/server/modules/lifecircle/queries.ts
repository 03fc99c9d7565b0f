/** What screens ask of runs that are done. */
import type { Input, Output } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import { AppError } from '#kit/errors.ts';
import { distanceM } from '#kit/geo.ts';
import { walkProfiles } from '#server/compute/index.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { circleRule } from './dictionary.ts';
import { mergeFew, type TimedCell } from './few.ts';
import type { Inputs, ReadInputs } from './inputs.ts';
import type { MeasureParts } from './measure.ts';
import type { PlaceIn, StandardIn } from './parts.ts';
import { absentRun, areaSeen, partsSeen } from './reach.ts';
import { listNetworks } from './store-network.ts';
import { findRun, listResults, listRunRows, noFacility, noTime, type ClassResult, type RunRow } from './store-run.ts';
import { networkView, runView } from './views.ts';

type Routes = typeof lifecircleRoutes;

export interface QueryParts extends MeasureParts {
  readInputs: ReadInputs;
}

export async function listWords({
  codeVersion,
  database,
  facilities,
  territory,
}: QueryParts): Promise<Output<Routes['words']>> {
  const classes = await database.read(systemScope, (tx) => facilities.standards(tx, territory.city().path));
  return {
    profiles: [...walkProfiles().values()].map(({ code, name, nameEn, certain, profile: walk }) => ({
      code,
      name,
      nameEn,
      certain,
      flatMs: walk.flatMs,
      climbSecondsPerM: walk.climbSecondsPerM,
      takesSteps: walk.climbSecondsPerM > 0,
    })),
    classes,
    rules: {
      cutoffMinutes: circleRule('cutoff_minutes'),
      snapLimitM: circleRule('snap_limit_m'),
      fewPeople: circleRule('few_people'),
      backSlower: circleRule('back_slower'),
      backSlowerSeconds: circleRule('back_slower_seconds'),
      goodShare: circleRule('good_share'),
      desertShare: circleRule('desert_share'),
    },
    codeVersion,
  };
}

export async function listAllNetworks(
  { database }: QueryParts,
  { district }: Input<Routes['networks']>['query'],
): Promise<Output<Routes['networks']>> {
  const rows = await database.read(systemScope, (tx) => listNetworks(tx, district));
  return { items: rows.map(networkView) };
}

/** Runs that cover an area, or lie in it: those of the actor's own areas, of what lies above and of what lies below. */
export async function listRuns(
  parts: QueryParts,
  actor: Actor,
  { area, state, profile }: Input<Routes['runs']>['query'],
): Promise<Output<Routes['runs']>> {
  const path = area === undefined ? undefined : (parts.territory.area(area)?.path ?? []);
  const rows = await parts.database.read(systemScope, (tx) => listRunRows(tx, { areas: path, state, profile }));
  return {
    items: rows
      .filter((row) => partsSeen(parts.territory, actor, row).length > 0)
      .slice(0, 50)
      .map((row) => runView(parts, row)),
  };
}

/** A run some of which the actor sees. @throws AppError not_found */
export async function runFor(parts: QueryParts, tx: Tx, actor: Actor, id: string): Promise<RunRow> {
  const row = await findRun(tx, id);
  if (row === undefined || partsSeen(parts.territory, actor, row).length === 0) throw absentRun();
  return row;
}

/** The same, finished. @throws AppError not_found, in_use */
export async function doneRun(parts: QueryParts, tx: Tx, actor: Actor, id: string): Promise<RunRow> {
  const row = await runFor(parts, tx, actor, id);
  if (row.state === 'done') return row;
  throw new AppError('in_use', `Expected a measurement that is done, found ${row.state}. Wait for its end.`);
}

export const mayPlan = (actor: Actor, { path }: Pick<RunRow, 'path'>): boolean =>
  actor.kind === 'system' || grantsFor(actor, 'circle.plan', { path, units: [] }).length > 0;

export async function getRun(parts: QueryParts, actor: Actor, id: string): Promise<Output<Routes['run']>> {
  return parts.database.read(systemScope, async (tx) => {
    const row = await runFor(parts, tx, actor, id);
    const { summary, parameters } = row;
    const whole = partsSeen(parts.territory, actor, row)[0] === row.areaCode;
    return {
      ...runView(parts, row),
      parameters: { ...parameters },
      aside: {
        facilities: summary?.asideFacilities ?? [],
        cells: whole ? (summary?.asideCells ?? []) : [],
        people: whole ? (summary?.asidePeople ?? 0) : 0,
      },
      shift: summary?.shift ?? null,
      people: summary?.people ?? 0,
      elders: summary?.elders ?? 0,
      children: summary?.children ?? 0,
      mayPlan: mayPlan(actor, row),
    };
  });
}

/** Indices of cells within an area. */
function cellsWithin({ territory }: QueryParts, inputs: Inputs, areaCode: string): number[] {
  const inside = new Map<string, boolean>();
  return inputs.cells.flatMap((cell, k) => {
    let is = inside.get(cell.areaCode);
    if (is === undefined) {
      is = territory.area(cell.areaCode)?.path.includes(areaCode) ?? false;
      inside.set(cell.areaCode, is);
    }
    return is ? [k] : [];
  });
}

interface ClassOfRun {
  run: RunRow;
  inputs: Inputs;
  norm: StandardIn;
  result: ClassResult;
}

/** One class of a run. @throws AppError not_found */
async function readClass(parts: QueryParts, tx: Tx, run: RunRow, classCode: string): Promise<ClassOfRun> {
  const inputs = await parts.readInputs(tx, run);
  const [result] = await listResults(tx, run.id, classCode);
  const norm = inputs.standards.find(({ code }) => code === classCode);
  if (norm === undefined || result === undefined)
    throw new AppError('not_found', `This measurement has no class ${classCode}. Its matrix lists those it has.`);
  return { run, inputs, norm, result };
}

const secondsAt = (times: Uint16Array, k: number): number | null =>
  times[k] === undefined || times[k] === noTime ? null : times[k];

/** Facilities of the class with their own numbers, and where the run's numbers went. */
function pointsOf({ run, inputs, norm }: ClassOfRun, port: QueryParts['facilities']) {
  const aside = new Set(run.summary?.asideFacilities.map(({ code }) => code) ?? []);
  const place = new Map<number, number>();
  const points = inputs.facilities.flatMap((facility, k) => {
    if (facility.classCode !== norm.code) return [];
    place.set(k, place.size);
    return [pointOf(facility, run, aside, port)];
  });
  return { points, place };
}

function pointOf(facility: PlaceIn, run: RunRow, aside: ReadonlySet<string>, port: QueryParts['facilities']) {
  const { at } = run.parameters;
  const closed = at !== null && port.openAtMinute(facility.hours, at.weekday, at.minute) === false;
  const { id, name, classCode, lon, lat } = facility;
  const counted = aside.has(facility.code) ? 'aside' : closed ? 'closed' : 'yes';
  return { id, name, classCode, lon, lat, counted: counted as 'aside' | 'closed' | 'yes' };
}

function timedCell({ inputs, result }: ClassOfRun, k: number, place: ReadonlyMap<number, number>) {
  const cell = inputs.cells[k] as Inputs['cells'][number];
  const facility = result.facility[k] as number;
  return {
    ...cell,
    merged: false,
    seconds: secondsAt(result.seconds, k),
    back: secondsAt(result.back, k),
    facility: facility === noFacility ? null : (place.get(facility) ?? null),
  };
}

export async function readCells(
  parts: QueryParts,
  actor: Actor,
  id: string,
  { area, class: classCode }: Input<Routes['cells']>['query'],
): Promise<Output<Routes['cells']>> {
  const found = await parts.database.read(systemScope, async (tx) =>
    readClass(parts, tx, await doneRun(parts, tx, actor, id), classCode),
  );
  const areaCode = areaSeen(parts.territory, actor, found.run, area);
  const { points, place } = pointsOf(found, parts.facilities);
  const cells = cellsWithin(parts, found.inputs, areaCode).map((k) => timedCell(found, k, place));
  const items: TimedCell[] = mayPlan(actor, found.run) ? cells : mergeFew(cells, circleRule('few_people'));
  return {
    limitS: found.norm.walkMin * 60,
    cutoffS: found.run.parameters.cutoffS,
    items: items
      .filter(({ people }) => people !== 0)
      .map((item) => ({ ...item, areaName: parts.territory.area(item.areaCode)?.name ?? item.areaCode })),
    facilities: points,
  };
}

/** One cell and every class. @throws AppError not_found, also for a cell of few people whom the actor may not see alone */
export async function readCell(
  parts: QueryParts,
  actor: Actor,
  { id, code }: { id: string; code: string },
): Promise<Output<Routes['cell']>> {
  const { run, inputs, results } = await parts.database.read(systemScope, async (tx) => {
    const row = await doneRun(parts, tx, actor, id);
    return { run: row, inputs: await parts.readInputs(tx, row), results: await listResults(tx, id) };
  });
  const k = inputs.cells.findIndex((cell) => cell.code === code);
  const cell = inputs.cells[k];
  const path = cell === undefined ? [] : (parts.territory.area(cell.areaCode)?.path ?? []);
  const seen = partsSeen(parts.territory, actor, run).some((own) => path.includes(own));
  const alone = cell !== undefined && (mayPlan(actor, run) || cell.people >= circleRule('few_people'));
  if (cell === undefined || !seen || !alone)
    throw new AppError('not_found', 'There is no such cell in this measurement, or it is not yours to see alone.');
  const aside = new Set(run.summary?.asideFacilities.map((one) => one.code) ?? []);
  const byClass = new Map(results.map((result) => [result.classCode, result]));
  return {
    cell: {
      ...cell,
      areaName: parts.territory.area(cell.areaCode)?.name ?? cell.areaCode,
      merged: false,
      seconds: null,
      back: null,
      facility: null,
    },
    items: inputs.standards.flatMap(({ code: classCode, walkMin }) => {
      const result = byClass.get(classCode);
      if (result === undefined) return [];
      const place = inputs.facilities[result.facility[k] as number];
      return [
        {
          classCode,
          seconds: secondsAt(result.seconds, k),
          back: secondsAt(result.back, k),
          limitS: walkMin * 60,
          facility: place === undefined ? null : pointOf(place, run, aside, parts.facilities),
          straightM: place === undefined ? null : Math.round(distanceM([cell.lon, cell.lat], [place.lon, place.lat])),
        },
      ];
    }),
  };
}

/** The latest finished run that covers an area: of the area itself or of what lies above, whichever is later. */
export async function latestRun(
  { territory }: Pick<QueryParts, 'territory'>,
  tx: Tx,
  { areaCode, profile = 'adult' }: { areaCode: string; profile?: string },
): Promise<RunRow | undefined> {
  const areas = territory.area(areaCode)?.path ?? [];
  const [latest] = await listRunRows(tx, { areas, state: 'done', profile, at: null, limit: 1 });
  return latest;
}

export interface GapCell {
  code: string;
  areaCode: string;
  lon: number;
  lat: number;
  people: number;
  elders: number;
  children: number;
  /** From home to the nearest; null: none within the cut-off. */
  seconds: number | null;
}

/** Cells with people beyond the standard of a class, in full numbers: for modules above, not for screens. @throws AppError not_found */
export async function gapsOf(
  parts: QueryParts,
  tx: Tx,
  { runId, classCode }: { runId: string; classCode: string },
): Promise<GapCell[]> {
  const run = await findRun(tx, runId);
  if (run === undefined) throw absentRun();
  const { inputs, norm, result } = await readClass(parts, tx, run, classCode);
  return inputs.cells.flatMap(({ ...cell }, k) => {
    const seconds = secondsAt(result.seconds, k);
    const lacks = cell.people > 0 && (seconds === null || seconds > norm.walkMin * 60);
    return lacks ? [{ ...cell, seconds }] : [];
  });
}
