import type { planningRoutes } from '#contract/planning.ts';
import type { Input } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { lockProject, seeProject, tellProject } from './access.ts';
import type { Stage } from './dictionary.ts';
import type { Questions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { getProject, type ProjectDetail } from './queries-project.ts';
import { needsServed } from './rules-needs.ts';
import { assertPlanned, assertStageDone, assertVersion, stateAfter } from './rules.ts';
import type { SitingData } from './siting-data.ts';
import { listProjects, listStages, saveProject, saveStage, type ProjectRow, type StageRow } from './store-project.ts';

type Routes = typeof planningRoutes;

/** What a command works with, inside its transaction. */
export interface ProjectWork {
  tx: Tx;
  actor: Actor;
  nowMs: number;
  project: ProjectRow;
  stages: StageRow[];
}

/** What a command has done: its line, the row as it now stands. */
interface Done {
  action: string;
  next: ProjectRow;
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
}

interface Command {
  id: string;
  verb: string;
  body: { opId: string; version: number };
}

/** The road of every command on a project: see → lock → same version → deed → save → line, once per opId. */
export async function onProject(
  parts: PlanningParts,
  actor: Actor,
  { id, verb, body }: Command,
  deed: (work: ProjectWork) => Promise<Done>,
): Promise<ProjectDetail> {
  await seeProject(parts, actor, id, 'circle.plan');
  const { opId, ...request } = body;
  const op = { opId, actor: senderOf(actor), route: `project.${verb}`, request: { id, ...request } };
  await once(parts.database, systemScope, op, async (tx) => {
    const project = await lockProject(tx, id);
    assertVersion(project.version, body.version);
    const nowMs = parts.clock.now();
    const stages = await listStages(tx, [id]);
    const { next, action, data = {}, words } = await deed({ tx, actor, nowMs, project, stages });
    await saveProject(tx, next);
    await tellProject(tx, next, { actor, action, opId, nowMs, data, ...(words === undefined ? {} : { words }) });
    return {};
  });
  return getProject(parts, actor, id);
}

/** @throws AppError transition_not_allowed */
export function assertRunning({ state }: ProjectRow): void {
  if (state === 'stopped' || state === 'open')
    throw new AppError('transition_not_allowed', `This project is ${state}; it is not changed any more.`, { state });
}

/** Name, dates, hours, services, budget. @throws AppError not_found, transition_not_allowed, version_conflict, bad_input */
export function changeProject(
  parts: PlanningParts,
  actor: Actor,
  id: string,
  body: Input<Routes['changeProject']>['body'],
): Promise<ProjectDetail> {
  return onProject(parts, actor, { id, verb: 'change', body }, async ({ tx, project, stages }) => {
    assertRunning(project);
    const { opId: _op, version: _seen, planned = {}, ...rest } = body;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const next: ProjectRow = { ...project, ...given };
    const dated = stages.map((one) => ({ ...one, plannedOn: planned[one.stage] ?? one.plannedOn }));
    assertPlanned(dated);
    for (const one of dated) await saveStage(tx, one);
    const { hours, capacity, floorM2, budgetYuan, name, services } = next;
    return {
      action: 'project.change',
      next: { ...next, toldLateOn: null },
      data: { hours, capacity, floorM2, budgetYuan, planned },
      words: { name, services },
    };
  });
}

/** A stage is done, with what was seen there. @throws AppError not_found, transition_not_allowed, version_conflict, bad_input */
export function finishStage(
  parts: PlanningParts,
  actor: Actor,
  id: string,
  body: Input<Routes['finishStage']>['body'],
): Promise<ProjectDetail> {
  return onProject(parts, actor, { id, verb: 'stage', body }, async (work) => {
    const { stage, doneOn, note, attachments } = body;
    await endStage(parts, work, { stage, doneOn, note, attachments });
    return {
      action: 'project.stage',
      next: { ...work.project, state: stateAfter(stage), toldLateOn: null },
      data: { stage, doneOn, photos: attachments.length },
      words: { note },
    };
  });
}

interface Ending {
  stage: Stage;
  doneOn: string;
  note: string;
  attachments: Input<Routes['finishStage']>['body']['attachments'];
}

/** Writes down that a stage is done. @throws AppError transition_not_allowed, bad_input */
export async function endStage(
  parts: PlanningParts,
  { tx, actor, nowMs, project, stages }: ProjectWork,
  { stage, doneOn, note, attachments }: Ending,
): Promise<void> {
  assertStageDone(project, stages, { stage, doneOn, today: dayOf(nowMs) });
  const row = stageOf(stages, stage);
  await saveStage(tx, { ...row, doneOn, note: note === '' ? row.note : note });
  await parts.photos.claimFor(tx, { subjectType: 'project_stage', subjectId: row.id, claims: attachments, actor });
}

/** Photos and words for a stage, also after it is done. @throws AppError not_found, version_conflict, bad_input */
export function addPhotos(
  parts: PlanningParts,
  actor: Actor,
  id: string,
  body: Input<Routes['addPhotos']>['body'],
): Promise<ProjectDetail> {
  return onProject(parts, actor, { id, verb: 'photos', body }, async ({ tx, project, stages }) => {
    const row = stageOf(stages, body.stage);
    const claim = { subjectType: 'project_stage', subjectId: row.id, claims: body.attachments, actor };
    await parts.photos.claimFor(tx, claim);
    if (body.note !== undefined) await saveStage(tx, { ...row, note: body.note });
    return {
      action: 'project.photos',
      next: project,
      data: { stage: body.stage, photos: body.attachments.length },
      words: { note: body.note ?? '' },
    };
  });
}

function stageOf(stages: readonly StageRow[], stage: Stage): StageRow {
  const row = stages.find((one) => one.stage === stage);
  if (row === undefined) throw new Error(`A project has every stage, but ${stage} is missing.`);
  return row;
}

/** Given up, and why; the room is idle again, what people asked for is open again. @throws AppError not_found, transition_not_allowed, version_conflict */
export async function stopProject(
  parts: PlanningParts & { questions: Questions },
  actor: Actor,
  id: string,
  body: Input<Routes['stop']>['body'],
): Promise<ProjectDetail> {
  const question = await parts.questions.of((await getProject(parts, actor, id)).scenarioId);
  return onProject(parts, actor, { id, verb: 'stop', body }, async ({ tx, project }) => {
    assertRunning(project);
    const { idleResourceId, demandId } = project;
    if (idleResourceId !== null) await parts.facilities.releaseIdle(tx, { id: idleResourceId, projectId: id }, actor);
    if (demandId !== null) await parts.demand.release(tx, { demandId, projectId: id }, actor);
    const needs = await reopenNeeds(parts, tx, { actor, project, question });
    return {
      action: 'project.stop',
      next: { ...project, state: 'stopped', reason: body.reason },
      data: { from: project.state, needs },
      words: { reason: body.reason },
    };
  });
}

/** What the place was to answer is open again, unless another project for the same people goes on. Answers how many. */
async function reopenNeeds(
  { needs }: PlanningParts,
  tx: Tx,
  { actor, project, question }: { actor: Actor; project: ProjectRow; question: SitingData },
): Promise<number> {
  const { classCode, district, servedCode, candidateKey, name } = project;
  const others = await listProjects(tx, { areas: [district], classCode });
  const goesOn = ({ id, state, servedCode: served }: ProjectRow): boolean =>
    id !== project.id && served === servedCode && state !== 'stopped';
  if (others.some(goesOn)) return 0;
  const planned = await needs.listNeeds(tx, { areaCode: servedCode, classCode, states: ['planned'] });
  const open = needsServed(question, candidateKey, planned);
  for (const needId of open) await needs.setState(tx, { needId, state: 'open', reason: `项目中止：${name}` }, actor);
  return open.length;
}
