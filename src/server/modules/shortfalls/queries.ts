import type { shortfallRoutes } from '#contract/shortfalls.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { timeline } from '#server/modules/ledger/index.ts';
import { shortfallRules } from './dictionary.ts';
import { askingStates } from './gather.ts';
import type { ClassReach, ReachCell, ShortfallsParts } from './parts.ts';
import { areaName, mayPlan, noDemand, noProblem } from './place.ts';
import { communityOf, lacking, within } from './rules-produce.ts';
import { findDemand, listDemandRows, type DemandRow } from './store-demand.ts';
import { countByClass, lastProduction, type After, type ListedRow } from './store-list.ts';
import { findProblem, listProblems, type ProblemRow } from './store-problem.ts';
import { demandView, few, headsOf, problemView, runView } from './views.ts';

type Routes = typeof shortfallRoutes;

export function readProblems(
  parts: ShortfallsParts,
  actor: Actor,
  query: Input<Routes['problems']>['query'],
): Promise<Output<Routes['problems']>> {
  const { cursor, limit, ...filter } = query;
  const after = readCursor(cursor);
  const scope = scopeFor(actor, 'circle.read');
  return parts.database.read(scope, async (tx) => {
    const rows = await listProblems(tx, { scope, filter, after, limit: limit + 1 });
    const classes = await countByClass(tx, 'facility_problem', { scope, filter: { ...filter, class: undefined } });
    const items = rows.slice(0, limit).map((row) => problemView(row, { parts, actor }));
    return { items, ...endOf(rows, limit), total: totalOf(classes, filter.class), classes };
  });
}

export function readDemands(
  parts: ShortfallsParts,
  actor: Actor,
  query: Input<Routes['demands']>['query'],
): Promise<Output<Routes['demands']>> {
  const { cursor, limit, ...filter } = query;
  const after = readCursor(cursor);
  const scope = scopeFor(actor, 'circle.read');
  return parts.database.read(scope, async (tx) => {
    const rows = await listDemandRows(tx, { scope, filter, after, limit: limit + 1 });
    const classes = await countByClass(tx, 'market_demand', { scope, filter: { ...filter, class: undefined } });
    const items = rows.slice(0, limit).map((row) => demandView(row, { parts, actor }));
    return { items, ...endOf(rows, limit), total: totalOf(classes, filter.class), classes };
  });
}

function totalOf(
  classes: readonly { classCode: string; rows: number }[],
  wanted: readonly string[] | undefined,
): number {
  const own = wanted === undefined ? classes : classes.filter(({ classCode }) => wanted.includes(classCode));
  return own.reduce((sum, { rows }) => sum + rows, 0);
}

function endOf(rows: readonly ListedRow[], limit: number): { next: string | null } {
  const last = rows[limit - 1];
  return { next: rows.length > limit && last !== undefined ? `${last.people}_${last.id}` : null };
}

/** @throws AppError bad_input */
function readCursor(cursor: string | undefined): After | null {
  if (cursor === undefined) return null;
  const [people, id = ''] = cursor.split('_');
  if (isUuid(id) && Number.isInteger(Number(people))) return { people: Number(people), id };
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
}

/** One problem with where it comes from. @throws AppError not_found */
export function readProblem(parts: ShortfallsParts, actor: Actor, id: string): Promise<Output<Routes['problem']>> {
  const scope = scopeFor(actor, 'circle.read');
  return parts.database.read(scope, async (tx) => {
    const row = await findProblem(tx, scope, id);
    if (row === undefined) throw noProblem();
    const about = (reach: ClassReach) => cellsOfProblem(row, reach);
    const sources = await sourcesOf(parts, tx, { row, actor, type: 'facility_problem', about });
    return { ...problemView(row, { parts, actor }), ...sources };
  });
}

/** Homes the row is about: those that lack the class in the community, or those its facility serves. */
function cellsOfProblem({ areaCode, facilityId }: ProblemRow, reach: ClassReach): ReachCell[] {
  if (facilityId !== null) return within(reach).filter((cell) => cell.facilityId === facilityId);
  return lacking(reach).filter((cell) => communityOf(cell.areaCode) === areaCode);
}

/** One demand with where it comes from. @throws AppError not_found */
export function readDemand(parts: ShortfallsParts, actor: Actor, id: string): Promise<Output<Routes['demand']>> {
  const scope = scopeFor(actor, 'circle.read');
  return parts.database.read(scope, async (tx) => {
    const row = await findDemand(tx, scope, id);
    if (row === undefined) throw noDemand();
    const about = (reach: ClassReach) => lackingOf(row, reach);
    const sources = await sourcesOf(parts, tx, { row, actor, type: 'market_demand', about });
    return { ...demandView(row, { parts, actor }), ...sources };
  });
}

export function lackingOf({ areaCode }: Pick<DemandRow, 'areaCode'>, reach: ClassReach): ReachCell[] {
  return lacking(reach).filter((cell) => communityOf(cell.areaCode) === areaCode);
}

interface Told {
  row: ListedRow;
  actor: Actor;
  type: 'facility_problem' | 'market_demand';
  about: (reach: ClassReach) => ReachCell[];
}

async function sourcesOf(parts: ShortfallsParts, tx: Tx, { row, actor, type, about }: Told) {
  const { circle } = parts;
  const run = row.runId === null ? undefined : await circle.findRun(tx, row.runId);
  const reach = run === undefined ? undefined : await circle.reachOf(tx, { runId: run.id, classCode: row.classCode });
  const shown = reach === undefined ? [] : cellLines(parts, about(reach));
  const most = shortfallRules().cells_shown;
  return {
    run: run === undefined ? null : runView(run),
    limitMin: reach?.limitMin ?? null,
    cells: shown.slice(0, most),
    moreCells: Math.max(0, shown.length - most),
    needList: await needLines(parts, tx, row),
    history: await historyOf(parts, tx, { row, actor, type }),
  };
}

/** Homes by number of people; those of few people are put together by the area they stand in. */
function cellLines(parts: ShortfallsParts, cells: readonly ReachCell[]) {
  const least = shortfallRules().few_people;
  const lines = cells.filter(({ people }) => people >= least).map((cell) => cellLine(parts, cell));
  const groups = Map.groupBy(cells.filter(({ people }) => people < least), ({ areaCode }) => areaCode); // prettier-ignore
  for (const group of groups.values()) {
    const first = group[0];
    if (first === undefined) continue;
    const sum = group.reduce(
      (all, cell) => ({
        ...all,
        people: all.people + cell.people,
        elders: all.elders + cell.elders,
        children: all.children + cell.children,
      }),
      { ...first, people: 0, elders: 0, children: 0, seconds: null },
    );
    lines.push(cellLine(parts, sum));
  }
  return lines.sort((a, b) => (b.people ?? 0) - (a.people ?? 0));
}

function cellLine(parts: ShortfallsParts, cell: ReachCell) {
  const { areaCode, lon, lat, seconds } = cell;
  return { areaCode, areaName: areaName(parts, areaCode), lon, lat, ...headsOf(cell), seconds: seconds === null ? null : Math.round(seconds) }; // prettier-ignore
}

async function needLines({ needs }: ShortfallsParts, tx: Tx, { areaCode, needIds }: ListedRow) {
  if (needIds.length === 0) return [];
  const known = await needs.listNeeds(tx, { areaCode, states: [...askingStates, 'met', 'declined', 'merged'] });
  return known
    .filter(({ id }) => needIds.includes(id))
    .map(({ id, title, groupCode, voices, people, state }) => ({
      id,
      title,
      groupCode,
      voices,
      people: few(people),
      state,
    }));
}

async function historyOf(
  { names }: ShortfallsParts,
  tx: Tx,
  { row, actor, type }: Pick<Told, 'row' | 'actor' | 'type'>,
) {
  const lines = (await timeline(tx, type, row.id)).toReversed().slice(0, 100);
  const named = grantsFor(actor, 'people.read', { path: row.path, units: [] }).length > 0;
  const who = await names(tx, named ? [...new Set(lines.flatMap(({ actorId }) => actorId ?? []))] : []);
  return lines.map(({ at, action, actorId, data, words }) => ({
    at: at.toISOString(),
    action,
    byName: actorId === null ? null : (who.get(actorId) ?? null),
    reason: typeof words?.['reason'] === 'string' ? words['reason'] : '',
    data,
  }));
}

/** The latest run of an area and whether the lists were made from it. Without an area: the first the actor may plan or see. */
export function readStanding(
  parts: ShortfallsParts,
  actor: Actor,
  { area: wanted }: Input<Routes['standing']>['query'],
): Promise<Output<Routes['standing']>> {
  const scope = scopeFor(actor, 'circle.read');
  const code = wanted ?? scope.areas.toSorted((a, b) => a.length - b.length)[0];
  const area = code === undefined ? undefined : parts.territory.area(code);
  return parts.database.read(scope, async (tx) => {
    const filter = { area: area?.code, gone: 'no' as const };
    const run = area === undefined ? undefined : await parts.circle.latestRun(tx, { areaCode: area.code });
    const last = await lastProduction(tx, 'facility_problem', { scope, filter });
    const count = async (table: 'facility_problem' | 'market_demand') =>
      totalOf(await countByClass(tx, table, { scope, filter }), undefined);
    return {
      areaCode: area?.code ?? null,
      areaName: area?.name ?? '',
      run: run === undefined ? null : runView(run),
      producedAt: last?.producedAt.toISOString() ?? null,
      producedFrom: last?.runId ?? null,
      problems: await count('facility_problem'),
      demands: await count('market_demand'),
      mayProduce: area !== undefined && area.tier !== 'city' && mayPlan(actor, area.path),
    };
  });
}
