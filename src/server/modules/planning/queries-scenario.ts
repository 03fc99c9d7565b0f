import type { planningRoutes } from '#contract/planning.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { mayThere, seeScenario } from './access.ts';
import { assertKeys } from './commands-scenario.ts';
import { figuresOfChoice, outcomeOf, walksAfter } from './figures.ts';
import type { Questions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import type { SitingData } from './siting-data.ts';
import { listDecisions, listProjectsOf, type DecisionRow } from './store-project.ts';
import {
  countScenarios,
  listAnswers,
  listChoices,
  listScenarios,
  type AnswerRow,
  type ChoiceRow,
  type ScenarioRow,
} from './store-scenario.ts';
import type { Works } from './work.ts';

type Routes = typeof planningRoutes;
type Row = Output<Routes['list']>['items'][number];
type View = Output<Routes['get']>;
type Decision = View['decisions'][number];
type Cells = Output<Routes['cells']>;

/** Fewer live there: not shown singly to whoever does not plan. */
const fewest = 5;

interface Named {
  areaName(code: string): string;
  names: ReadonlyMap<string, string>;
}

/** One page of the scenarios the actor sees, the newest first. @throws AppError bad_input */
export async function listOwnScenarios(
  parts: PlanningParts,
  actor: Actor,
  query: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const scope = scopeFor(actor, 'circle.read');
  const { area, class: classCode, state, demand, limit } = query;
  const filter = { areas: scope.seeAll ? [parts.territory.city().code] : scope.areas, area, classCode, state, demand };
  return parts.database.read(scope, async (tx) => {
    const rows = await listScenarios(tx, filter, { before: readCursor(query.cursor), limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const answers = await listAnswers(
      tx,
      page.map(({ id }) => id),
    );
    const named = await namesFor(parts, tx, page);
    const next = rows.length > limit && last !== undefined ? `${last.createdAt.getTime()}_${last.id}` : null;
    return {
      items: page.map((row) => rowOf(row, answers.get(row.id), named)),
      total: await countScenarios(tx, filter),
      next,
    };
  });
}

function readCursor(cursor: string | undefined): { atMs: number; id: string } | null {
  if (cursor === undefined) return null;
  const [atMs, id = ''] = cursor.split('_');
  if (isUuid(id) && Number.isFinite(Number(atMs))) return { atMs: Number(atMs), id };
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
}

async function namesFor(
  { territory, names }: PlanningParts,
  tx: Tx,
  rows: readonly { madeBy: string }[],
): Promise<Named> {
  return {
    areaName: (code) => territory.area(code)?.name ?? code,
    names: await names(tx, [...new Set(rows.map(({ madeBy }) => madeBy))]),
  };
}

function rowOf(row: ScenarioRow, answer: AnswerRow | undefined, { areaName, names }: Named): Row {
  const { id, title, areaCode, classCode, profile, limitMin, goal, choose, budgetYuan, weighting, state } = row;
  const placeName = (key: string) => row.candidates.find((one) => one.key === key)?.name ?? key;
  return {
    id,
    title,
    areaCode,
    areaName: areaName(areaCode),
    classCode,
    profile,
    limitMin,
    goal,
    choose,
    budgetYuan,
    weighting,
    state,
    candidates: row.candidates.length,
    chosen: answer?.chosen.map(placeName) ?? null,
    ...resultOf(answer),
    madeBy: names.get(row.madeBy) ?? null,
    createdAt: row.createdAt.toISOString(),
    answeredAt: answer?.answeredAt.toISOString() ?? null,
  };
}

function resultOf(answer: AnswerRow | undefined) {
  if (answer === undefined)
    return { newly: null, afterWithin: null, meanS: null, farthestS: null, gini: null, costYuan: null, proven: null, gap: null }; // prettier-ignore
  const { newly, after, costYuan } = answer.figures;
  const { proven, gap } = answer.proof;
  const { meanS, farthestS, gini } = after;
  return { newly, afterWithin: after.within, meanS, farthestS, gini, costYuan, proven, gap };
}

/** One scenario with all that belongs to it. @throws AppError not_found */
export async function getScenario(parts: PlanningParts & { works: Works }, actor: Actor, id: string): Promise<View> {
  // Looked at first: what is not reckoned any more by now has its answer in what is read below.
  const work = parts.works.progressOf(id);
  const row = await seeScenario(parts, actor, id, 'circle.read');
  return parts.database.read(systemScope, async (tx) => {
    const answer = (await listAnswers(tx, [id])).get(id);
    const choices = await listChoices(tx, id);
    const named = await namesFor(parts, tx, [row, ...choices]);
    return {
      ...rowOf(row, answer, named),
      candidates: row.candidates,
      demandId: row.demandId,
      moment: row.moment,
      reason: row.reason,
      note: row.note,
      answer: answer === undefined ? null : answerOf(answer),
      choices: choices.map((choice) => choiceOf(choice, named)),
      decisions: await decisionViews(parts, tx, row, await listDecisions(tx, id)),
      work,
      failure: parts.works.failureOf(id),
      mayPlan: mayThere(actor, 'circle.plan', row),
      mayDecide: mayThere(actor, 'circle.decide', row) && actor.accountId !== row.madeBy,
      version: row.version,
    };
  });
}

function answerOf({ scenarioId: _of, chosen: _chosen, answeredAt, ...answer }: AnswerRow): NonNullable<View['answer']> {
  return { ...answer, answeredAt: answeredAt.toISOString() };
}

const choiceOf = ({ id, title, figures, madeBy, createdAt }: ChoiceRow, { names }: Named) => ({
  id,
  title,
  figures,
  madeBy: names.get(madeBy) ?? null,
  createdAt: createdAt.toISOString(),
});

/** Decisions on a scenario, in the order given. */
export async function decisionViews(
  { names }: PlanningParts,
  tx: Tx,
  scenario: ScenarioRow,
  rows: readonly DecisionRow[],
): Promise<Decision[]> {
  if (rows.length === 0) return [];
  const known = await names(tx, [...new Set(rows.map(({ decidedBy }) => decidedBy))]);
  const projects = Map.groupBy(await listProjectsOf(tx, rows.map(({ id }) => id)), ({ decisionId }) => decisionId); // prettier-ignore
  const filter = { areas: [scenario.district], classCode: scenario.classCode };
  const others = await listScenarios(tx, filter, { before: null, limit: 500 });
  const titles = new Map(others.map(({ id, title }) => [id, title]));
  const superseded = new Set(rows.flatMap(({ supersedes }) => supersedes ?? []));
  return rows.map((row) => ({
    id: row.id,
    scenarioId: row.scenarioId,
    choiceId: row.choiceId,
    chosen: scenario.candidates.filter(({ key }) => row.chosen.includes(key)),
    figures: row.figures,
    answerHash: row.answerHash,
    compared: row.compared.map((id) => ({ id, title: titles.get(id) ?? id })),
    reason: row.reason,
    minutesNo: row.minutesNo,
    decidedBy: known.get(row.decidedBy) ?? null,
    decidedAt: row.decidedAt.toISOString(),
    superseded: superseded.has(row.id),
    projects: (projects.get(row.id) ?? []).map(({ id, name, state }) => ({ id, name, state })),
  }));
}

/** Keys separated by commas; '-' is none. */
const keysIn = (text: string): string[] => text.split(',').filter((key) => key !== '' && key !== '-');

/** What another choice would bring, by the question as it was reckoned. @throws AppError not_found, bad_input, transition_not_allowed */
export async function tryChoice(
  parts: PlanningParts & { questions: Questions },
  actor: Actor,
  id: string,
  chosen: string,
): Promise<Output<Routes['whatIf']>> {
  await seeScenario(parts, actor, id, 'circle.read');
  const data = await parts.questions.of(id);
  return figuresOfChoice(data, assertKeys(data.candidates, keysIn(chosen)));
}

/** Where people live and how long they walk before and after. @throws AppError not_found, bad_input, transition_not_allowed */
export async function readCells(
  parts: PlanningParts & { questions: Questions },
  actor: Actor,
  id: string,
  chosen: string | undefined,
): Promise<Cells> {
  const row = await seeScenario(parts, actor, id, 'circle.read');
  const data = await parts.questions.of(id);
  const keys = chosen === undefined ? await answeredKeys(parts, id) : assertKeys(data.candidates, keysIn(chosen));
  const all = mayThere(actor, 'circle.plan', row) || mayThere(actor, 'circle.decide', row);
  return cellsOf(data, keys, { all, areaName: (code) => parts.territory.area(code)?.name ?? code });
}

async function answeredKeys({ database }: PlanningParts, id: string): Promise<string[]> {
  const answers = await database.read(systemScope, (tx) => listAnswers(tx, [id]));
  return answers.get(id)?.chosen ?? [];
}

const secondsOf = (ds: number | undefined): number | null => (ds === undefined || ds < 0 ? null : Math.round(ds / 10));

interface Showing {
  /** Small homes singly too. */
  all: boolean;
  areaName: (code: string) => string;
}

function cellsOf(data: SitingData, keys: readonly string[], { all, areaName }: Showing): Cells {
  const { cells, limitS, existing } = data;
  const ds = walksAfter(data, outcomeOf(data, keys));
  const items = cells.code.map((_code, k) => {
    const people = cells.people[k] ?? 0;
    const shown = all || people === 0 || people >= fewest;
    return {
      lon: cells.lon[k] ?? 0,
      lat: cells.lat[k] ?? 0,
      areaCode: cells.areaCode[k] ?? '',
      people: shown ? people : null,
      elders: shown ? (cells.elders[k] ?? 0) : null,
      children: shown ? (cells.children[k] ?? 0) : null,
      beforeS: secondsOf(cells.nearestDs[k]),
      afterS: secondsOf(ds[k]),
    };
  });
  const places = existing.map(({ name, lon, lat }) => ({ name, lon, lat }));
  return { items, areas: areasOf(data, ds, areaName), limitS, existing: places };
}

/** Added up by the area the homes stand in, those with most people beyond the limit first. */
function areasOf(
  { cells, limitS }: SitingData,
  after: readonly number[],
  areaName: (code: string) => string,
): Cells['areas'] {
  const sums = new Map<string, Cells['areas'][number]>();
  const isBeyond = (ds: number | undefined): boolean => ds === undefined || ds < 0 || ds > limitS * 10;
  for (let k = 0; k < cells.code.length; k++) {
    const code = cells.areaCode[k] ?? '';
    const people = cells.people[k] ?? 0;
    const sum = sums.get(code) ?? { code, name: areaName(code), people: 0, before: 0, after: 0 };
    sum.people += people;
    if (isBeyond(cells.nearestDs[k])) sum.before += people;
    if (isBeyond(after[k])) sum.after += people;
    sums.set(code, sum);
  }
  return [...sums.values()].toSorted((a, b) => b.before - a.before || (a.code < b.code ? -1 : 1));
}
