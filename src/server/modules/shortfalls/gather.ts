import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { shortfallMoments, shortfallRules, type Moment } from './dictionary.ts';
import type { ClassReach, KnownFacility, KnownNeed, ReachCell, RunMark, ShortfallsParts } from './parts.ts';
import { demandsOf, problemsOf, within, type ClassFacts, type DemandDraft, type Draft } from './rules-produce.ts';

/** States of needs that still ask for something. */
export const askingStates = ['open', 'listed', 'planned'] as const;

export interface Produced {
  run: RunMark;
  problems: Draft[];
  demands: DemandDraft[];
  /** Needs that nobody has put on a list yet. */
  open: KnownNeed[];
}

type Measured = Omit<ClassFacts, 'shut'>;

/**
 * What the lists of an area should hold now: the latest run, needs and facilities, and for each moment facilities that are
 * shut then with the homes that have no other near. Reads only; walking times are asked outside of any transaction.
 * @throws AppError not_found when nothing was measured yet
 */
export async function gather(
  parts: ShortfallsParts,
  area: { code: string; path: readonly string[] },
): Promise<Produced> {
  const { run, measured, needs } = await parts.database.read(systemScope, (tx) => read(parts, tx, area));
  const facts: ClassFacts[] = [];
  for (const one of measured) facts.push({ ...one, shut: await shutOf(parts, one, run) });
  const rules = shortfallRules();
  return {
    run,
    problems: facts.flatMap((one) => problemsOf(one, rules)),
    demands: facts.flatMap((one) => demandsOf(one, rules)),
    open: needs.filter(({ state, classCode }) => state === 'open' && classCode !== null),
  };
}

export const notMeasured = (): AppError =>
  new AppError('not_found', 'This area was not measured yet. Measure it on the map of the life circle first.');

async function read(parts: ShortfallsParts, tx: Tx, area: { code: string; path: readonly string[] }) {
  const { circle, facilities, territory } = parts;
  const run = await circle.latestRun(tx, { areaCode: area.code });
  if (run === undefined) throw notMeasured();
  const needs = await parts.needs.listNeeds(tx, { areaCode: area.code, states: askingStates });
  const known = await facilities.listFacilities(tx, { area: area.code, on: run.day });
  const holds = (code: string): boolean => territory.area(code)?.path.includes(area.code) === true;
  const measured: Measured[] = [];
  for (const norm of await facilities.standards(tx, area.path)) {
    const reach = await circle.reachOf(tx, { runId: run.id, classCode: norm.code });
    if (reach === undefined) continue;
    const own = known.filter(({ classCode }) => classCode === norm.code);
    measured.push({ norm, reach, holds, facilities: own, needs: needs.filter((n) => n.classCode === norm.code) });
  }
  return { run, measured, needs };
}

/** For each moment of the class, who depends on a facility that is shut and has no other within the minutes. */
async function shutOf(parts: ShortfallsParts, facts: Measured, run: RunMark): Promise<ClassFacts['shut']> {
  const moments = [...shortfallMoments().values()].filter(({ classes }) => classes.includes(facts.norm.code));
  const found: ClassFacts['shut'][number][] = [];
  for (const moment of moments) found.push(...(await shutAt(parts, facts, run, moment)));
  return found;
}

async function shutAt(
  parts: ShortfallsParts,
  { reach, facilities }: Measured,
  run: RunMark,
  moment: Moment,
): Promise<ClassFacts['shut'][number][]> {
  const isOpen = ({ hours }: KnownFacility) => parts.facilities.openAtMinute(hours, moment.weekday, moment.minute);
  const shut = new Set(facilities.filter((one) => isOpen(one) === false).map(({ id }) => id));
  const users = within(reach).filter(({ facilityId }) => facilityId !== null && shut.has(facilityId));
  if (users.length === 0) return [];
  const open = facilities.filter((one) => isOpen(one) !== false);
  const left = await without(parts, { cells: users, open, reach, run });
  const groups = Map.groupBy(left, ({ facilityId }) => facilityId ?? '');
  return [...groups].map(([facilityId, cells]) => ({ facilityId, moment, cells }));
}

interface Asked {
  cells: readonly ReachCell[];
  open: readonly KnownFacility[];
  reach: ClassReach;
  run: RunMark;
}

/** Homes that reach none of those open within the minutes. */
async function without({ circle }: ShortfallsParts, { cells, open, reach, run }: Asked): Promise<ReachCell[]> {
  if (open.length === 0) return [...cells];
  const { first } = await circle.walks({ run, cutoffS: reach.limitMin * 60, cells, places: open });
  return cells.filter((_, k) => first[k] === first[k + 1]);
}
