import type { planningRoutes } from '#contract/planning.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { areaFor, lockScenario, seeScenario, tellScenario } from './access.ts';
import { settleCandidates } from './candidates.ts';
import { weightingOf } from './dictionary.ts';
import { figuresOfChoice } from './figures.ts';
import type { Questions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { assertScenario } from './rules.ts';
import { insertChoice, insertScenario, saveScenario, type ScenarioRow } from './store-scenario.ts';

type Routes = typeof planningRoutes;
type Wish = Omit<Input<Routes['make']>['body'], 'opId'>;
type Saved = Output<Routes['make']>;

/** Whose account it is; tokens without one make no scenarios. @throws AppError not_allowed */
export function accountOf({ accountId }: Actor): string {
  if (accountId === null) throw new AppError('not_allowed', 'Expected a person who is signed in.');
  return accountId;
}

/** A new question. @throws AppError bad_input, not_allowed */
export async function makeScenario(
  parts: PlanningParts,
  actor: Actor,
  { opId, ...wish }: Input<Routes['make']>['body'],
): Promise<Saved> {
  const place = placeOf(parts, actor, wish.areaCode);
  const op = { opId, actor: senderOf(actor), route: 'scenario.make', request: wish };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row: ScenarioRow = {
      ...(await settleWish(parts, tx, wish)),
      ...place,
      id: uuidV7(nowMs),
      state: 'draft',
      reason: '',
      madeBy: accountOf(actor),
      createdAt: new Date(nowMs),
      version: 1,
    };
    await insertScenario(tx, row);
    const line = { actor, action: 'scenario.make', opId, nowMs, data: factsOf(row), words: wordsOf(row) };
    return { id: row.id, version: 1, ledgerId: await tellScenario(tx, row, line) };
  });
}

/** Another question in place of a draft. @throws AppError not_found, transition_not_allowed, version_conflict, bad_input */
export async function changeScenario(
  parts: PlanningParts,
  actor: Actor,
  id: string,
  { opId, version, ...wish }: Input<Routes['change']>['body'],
): Promise<Saved> {
  const place = placeOf(parts, actor, wish.areaCode);
  return deed(parts, actor, { id, verb: 'change', opId, request: { version, ...wish } }, async (tx, row, nowMs) => {
    assertScenario(row, 'change', version);
    const next = { ...row, ...(await settleWish(parts, tx, wish)), ...place };
    await saveScenario(tx, next, nowMs);
    const line = { actor, action: 'scenario.change', opId, nowMs, data: factsOf(next), words: wordsOf(next) };
    return { id, version: version + 1, ledgerId: await tellScenario(tx, next, line) };
  });
}

/** Not followed up, and why. @throws AppError not_found, transition_not_allowed, version_conflict */
export async function setAsideScenario(
  parts: PlanningParts,
  actor: Actor,
  id: string,
  { opId, version, reason }: Input<Routes['setAside']>['body'],
): Promise<Saved> {
  return deed(parts, actor, { id, verb: 'set_aside', opId, request: { version, reason } }, async (tx, row, nowMs) => {
    assertScenario(row, 'set_aside', version);
    await saveScenario(tx, { ...row, state: 'set_aside', reason }, nowMs);
    const line = { actor, action: 'scenario.set_aside', opId, nowMs, data: { from: row.state }, words: { reason } };
    return { id, version: version + 1, ledgerId: await tellScenario(tx, row, line) };
  });
}

/** Keeps a choice made by hand, with what it brings by the same question. @throws AppError not_found, bad_input */
export async function keepChoice(
  parts: PlanningParts & { questions: Questions },
  actor: Actor,
  id: string,
  { opId, title, chosen }: Input<Routes['keepChoice']>['body'],
): Promise<Output<Routes['keepChoice']>> {
  const data = await parts.questions.of((await seeScenario(parts, actor, id, 'circle.plan')).id);
  const figures = figuresOfChoice(data, assertKeys(data.candidates, chosen));
  return deed(parts, actor, { id, verb: 'choice', opId, request: { title, chosen } }, async (tx, row, nowMs) => {
    assertScenario(row, 'keep_choice');
    const choice = {
      id: uuidV7(nowMs),
      scenarioId: id,
      title,
      chosen: figures.chosen,
      figures,
      madeBy: accountOf(actor),
      createdAt: new Date(nowMs),
    };
    await insertChoice(tx, choice);
    const facts = { choiceId: choice.id, chosen: choice.chosen, newly: figures.newly };
    const line = { actor, action: 'scenario.choice', opId, nowMs, data: facts, words: { title } };
    const ledgerId = await tellScenario(tx, row, line);
    const { madeBy: _by, createdAt, ...view } = choice;
    return { choice: { ...view, madeBy: actor.name, createdAt: createdAt.toISOString() }, ledgerId };
  });
}

/** @throws AppError bad_input for a key that is no candidate's */
export function assertKeys(candidates: readonly { key: string }[], keys: readonly string[]): string[] {
  const known = new Set(candidates.map(({ key }) => key));
  const strange = keys.find((key) => !known.has(key));
  if (strange !== undefined)
    throw new AppError('bad_input', `chosen: expected keys of candidates of this scenario, found ${strange}.`, {
      field: 'chosen',
    });
  return [...new Set(keys)];
}

interface Deed {
  id: string;
  verb: string;
  opId: string;
  request: object;
}

async function deed<T>(
  parts: PlanningParts,
  actor: Actor,
  { id, verb, opId, request }: Deed,
  work: (tx: Tx, row: ScenarioRow, nowMs: number) => Promise<T>,
): Promise<T> {
  await seeScenario(parts, actor, id, 'circle.plan');
  const op = { opId, actor: senderOf(actor), route: `scenario.${verb}`, request: { id, ...request } };
  return once(parts.database, systemScope, op, async (tx) => work(tx, await lockScenario(tx, id), parts.clock.now()));
}

function placeOf(parts: PlanningParts, actor: Actor, areaCode: string) {
  const area = areaFor(parts, actor, areaCode, 'circle.plan');
  return { areaCode: area.code, path: [...area.path], district: area.path[1] ?? area.code };
}

async function settleWish(parts: PlanningParts, tx: Tx, wish: Wish) {
  const { classCode, profile, weighting, choose, budgetYuan, demandId } = wish;
  if (!Iterator.from(parts.facilities.classes()).some(({ code }) => code === classCode))
    throw refuse('classCode', `a class of facilities, found ${classCode}`);
  if (!Iterator.from(parts.circle.profiles()).some(({ code }) => code === profile))
    throw refuse('profile', `a code of /api/planning/words, found ${profile}`);
  weightingOf(weighting);
  if (choose === null && budgetYuan === null) throw refuse('choose', 'how many places, or a budget, or both');
  if (demandId !== null && (await parts.demand.find(tx, demandId)) === undefined)
    throw refuse('demandId', 'a line of the demand ledger, found none');
  return { ...wish, candidates: await settleCandidates(parts, tx, wish) };
}

export const refuse = (field: string, expected: string): AppError =>
  new AppError('bad_input', `${field}: expected ${expected}.`, { field });

function factsOf(row: ScenarioRow): Record<string, unknown> {
  const { areaCode, classCode, profile, limitMin, moment, goal, choose, budgetYuan, weighting, demandId } = row;
  return {
    areaCode,
    classCode,
    profile,
    limitMin,
    moment,
    goal,
    choose,
    budgetYuan,
    weighting,
    demandId,
    candidates: row.candidates.map(({ key, lon, lat, costYuan }) => ({ key, lon, lat, costYuan })),
  };
}

const wordsOf = ({ title, note, candidates }: ScenarioRow) => ({
  title,
  note,
  places: candidates.map(({ name, address }) => ({ name, address })),
});
