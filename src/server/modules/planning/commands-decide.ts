import type { planningRoutes } from '#contract/planning.ts';
import type { Candidate, ChoiceFigures } from '#contract/planning.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { lockScenario, seeScenario, tellDecision, tellProject } from './access.ts';
import { accountOf, refuse } from './commands-scenario.ts';
import type { Questions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { decisionViews } from './queries-scenario.ts';
import { needsServed } from './rules-needs.ts';
import { assertAnotherDecides, assertScenario, plannedFrom, stageOrder } from './rules.ts';
import type { SitingData } from './siting-data.ts';
import {
  insertDecision,
  insertProject,
  insertStages,
  listDecisions,
  listProjectsOf,
  type DecisionRow,
  type ProjectRow,
} from './store-project.ts';
import {
  listAnswers,
  listChoices,
  listScenarios,
  saveScenario,
  type AnswerRow,
  type ScenarioRow,
} from './store-scenario.ts';

type Routes = typeof planningRoutes;
type Body = Input<Routes['decide']>['body'];

/**
 * Decides on a scenario: the record, a project for each place with its stages, rooms held, needs and demand planned, all in
 * one transaction. Whoever made the scenario or the choice does not decide on it.
 * @throws AppError not_found, not_allowed, own_scenario, transition_not_allowed, version_conflict, in_use, bad_input
 */
export async function decide(
  parts: PlanningParts & { questions: Questions },
  actor: Actor,
  id: string,
  body: Body,
): Promise<Output<Routes['decide']>> {
  const seen = await seeScenario(parts, actor, id, 'circle.decide');
  assertScenario(seen, 'decide');
  const question = await parts.questions.of(id);
  const { opId, ...request } = body;
  const op = { opId, actor: senderOf(actor), route: 'decision.make', request: { id, ...request } };
  return once(parts.database, systemScope, op, async (tx) => {
    const scenario = await lockScenario(tx, id);
    assertScenario(scenario, 'decide', body.version);
    const nowMs = parts.clock.now();
    const what = await chosenOf(tx, scenario, body.choiceId);
    const decidedBy = accountOf(actor);
    assertAnotherDecides(decidedBy, [scenario.madeBy, what.author]);
    const supersedes = await supersededBy(tx, scenario, body.supersedes);
    const compared = await comparedOf(tx, scenario, body.compared);
    const decision: DecisionRow = {
      id: uuidV7(nowMs),
      scenarioId: id,
      choiceId: body.choiceId,
      chosen: what.figures.chosen,
      figures: what.figures,
      answerHash: what.answer.hash,
      compared,
      reason: body.reason,
      minutesNo: body.minutesNo,
      decidedBy,
      author: what.author,
      decidedAt: new Date(nowMs),
      supersedes,
    };
    await insertDecision(tx, decision);
    await saveScenario(tx, { ...scenario, state: 'decided' }, nowMs);
    const work = { parts, tx, actor, nowMs, opId };
    const ledgerId = await tellDecision(tx, { ...scenario, id: decision.id }, {
      actor,
      action: 'decision.make',
      opId,
      nowMs,
      data: factsOf(decision, scenario),
      words: { reason: body.reason, minutesNo: body.minutesNo },
      people: [scenario.madeBy],
    }); // prettier-ignore
    await beginProjects(work, { scenario, decision, question, answer: what.answer });
    const [view] = await decisionViews(parts, tx, scenario, [decision]);
    if (view === undefined) throw new Error('A view of one decision is one view.');
    return { decision: view, ledgerId };
  });
}

interface Chosen {
  figures: ChoiceFigures;
  answer: AnswerRow;
  author: string;
}

async function chosenOf(tx: Tx, scenario: ScenarioRow, choiceId: string | null): Promise<Chosen> {
  const answer = (await listAnswers(tx, [scenario.id])).get(scenario.id);
  if (answer === undefined)
    throw new AppError('transition_not_allowed', 'This scenario has not been reckoned yet. Run it first.');
  if (choiceId === null) {
    if (answer.chosen.length === 0) throw refuse('choiceId', 'a choice with a place; the engine chose none');
    return { figures: answer.figures, answer, author: scenario.madeBy };
  }
  const choice = (await listChoices(tx, scenario.id)).find(({ id }) => id === choiceId);
  if (choice === undefined) throw refuse('choiceId', 'a choice that was kept with this scenario, found none');
  return { figures: choice.figures, answer, author: choice.madeBy };
}

/** A second decision names the first; nothing may still be built by the first. */
async function supersededBy(tx: Tx, scenario: ScenarioRow, named: string | null): Promise<string | null> {
  const before = await listDecisions(tx, scenario.id);
  const latest = before.find(({ id }) => !before.some(({ supersedes }) => supersedes === id));
  if (latest === undefined) return null;
  if (named !== latest.id)
    throw new AppError(
      'already_exists',
      'This scenario was decided on already. A later decision must name the one it supersedes.',
      { decisionId: latest.id },
    );
  const running = (await listProjectsOf(tx, [latest.id])).filter(({ state }) => state !== 'stopped');
  if (running.length > 0)
    throw new AppError('in_use', `Projects of the earlier decision go on: ${running.map(({ name }) => name).join(', ')}. Stop them first.`); // prettier-ignore
  return latest.id;
}

/** Other scenarios of the same class and area, as far as they exist; the one itself is not among them. */
async function comparedOf(tx: Tx, scenario: ScenarioRow, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const filter = { areas: [scenario.district], classCode: scenario.classCode };
  const known = new Set((await listScenarios(tx, filter, { before: null, limit: 500 })).map(({ id }) => id));
  if (!ids.every((id) => known.has(id))) throw refuse('compared', 'scenarios of the same class in the same district');
  return ids.filter((id) => id !== scenario.id);
}

interface Work {
  parts: PlanningParts;
  tx: Tx;
  actor: Actor;
  nowMs: number;
  opId: string;
}

interface Decided {
  scenario: ScenarioRow;
  decision: DecisionRow;
  question: SitingData;
  answer: AnswerRow;
}

async function beginProjects({ parts, tx, actor, nowMs, opId }: Work, decided: Decided): Promise<void> {
  const { scenario, decision, question } = decided;
  const run = await parts.circle.latestRun(tx, { areaCode: scenario.areaCode, profile: scenario.profile });
  const needs = await openNeeds(parts, tx, scenario);
  const answered = new Set<string>();
  for (const candidate of scenario.candidates.filter(({ key }) => decision.chosen.includes(key))) {
    const project = projectOf(parts, decided, { candidate, runBefore: run?.id ?? null, nowMs });
    await insertProject(tx, project);
    const planned = plannedFrom(dayOf(nowMs));
    await insertStages(
      tx,
      stageOrder.map((stage) => ({
        id: uuidV7(nowMs),
        projectId: project.id,
        stage,
        plannedOn: planned[stage],
        doneOn: null,
        note: '',
      })),
    );
    const { idleResourceId, demandId, predicted } = project;
    await tellProject(tx, project, {
      actor,
      action: 'project.begin',
      opId,
      nowMs,
      data: { decisionId: decision.id, idleResourceId, demandId, classCode: project.classCode, predicted, planned },
      words: { name: project.name, address: project.address },
      people: [project.createdBy],
    });
    if (idleResourceId !== null)
      await parts.facilities.reserveIdle(tx, { id: idleResourceId, projectId: project.id }, actor);
    for (const needId of needsServed(question, candidate.key, needs)) {
      if (answered.has(needId)) continue;
      answered.add(needId);
      await parts.needs.setState(tx, { needId, state: 'planned', reason: `项目：${project.name}` }, actor);
    }
    if (demandId !== null) await parts.demand.markPlanned(tx, { demandId, projectId: project.id }, actor);
  }
}

const openNeeds = ({ needs }: PlanningParts, tx: Tx, { areaCode, classCode }: ScenarioRow) =>
  needs.listNeeds(tx, { areaCode, classCode, states: ['open', 'listed'] });

function projectOf(
  { territory, facilities }: PlanningParts,
  { scenario, decision, answer }: Decided,
  { candidate, runBefore, nowMs }: { candidate: Candidate; runBefore: string | null; nowMs: number },
): ProjectRow {
  const { key, idleId, lon, lat, address, capacity, floorM2, costYuan } = candidate;
  const place = territory.locate(lon, lat) ?? territory.area(scenario.areaCode) ?? territory.city();
  // 桥北社区菜市场（桥下闲置工具房）, until the planner names it.
  const around = territory.area(place.path[3] ?? place.code);
  const what = [...facilities.classes()].find(({ code }) => code === scenario.classCode)?.name ?? scenario.classCode;
  const each = decision.figures.each.find((one) => one.key === key);
  return {
    id: uuidV7(nowMs),
    decisionId: decision.id,
    candidateKey: key,
    idleResourceId: idleId,
    demandId: scenario.demandId,
    classCode: scenario.classCode,
    name: `${around?.name ?? ''}${what.replace(/[(（].*$/u, '')}（${candidate.name}）`.slice(0, 120),
    areaCode: place.code,
    path: [...place.path],
    district: place.path[1] ?? place.code,
    servedCode: scenario.areaCode,
    lon,
    lat,
    address,
    hours: null,
    services: '',
    capacity,
    floorM2,
    budgetYuan: costYuan,
    predicted: {
      ...(each?.newly ?? { people: 0, elders: 0, children: 0 }),
      limitMin: scenario.limitMin,
      profile: scenario.profile,
      hash: answer.hash,
    },
    runBefore,
    state: 'approval',
    reason: '',
    facilityId: null,
    openedOn: null,
    toldLateOn: null,
    createdBy: scenario.madeBy,
    createdAt: new Date(nowMs),
    version: 1,
  };
}

const factsOf = (decision: DecisionRow, { areaCode, classCode }: ScenarioRow) => ({
  scenarioId: decision.scenarioId,
  choiceId: decision.choiceId,
  areaCode,
  classCode,
  chosen: decision.chosen,
  newly: decision.figures.newly,
  answerHash: decision.answerHash,
  compared: decision.compared,
  author: decision.author,
  supersedes: decision.supersedes,
});
