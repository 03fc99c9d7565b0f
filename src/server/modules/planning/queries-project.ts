import type { planningRoutes } from '#contract/planning.ts';
import type { Input, Output } from '#contract/route.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { mayThere, seeProject } from './access.ts';
import type { PlanningParts } from './parts.ts';
import { lateDays, projectLate } from './rules.ts';
import {
  findDecision,
  listProjects,
  listRemeasures,
  listStages,
  type ProjectRow,
  type RemeasureRow,
  type StageRow,
} from './store-project.ts';
import { findScenario } from './store-scenario.ts';

type Routes = typeof planningRoutes;
type Row = Output<Routes['projects']>['items'][number];
type StageView = Row['stages'][number];
export type ProjectDetail = Output<Routes['project']>;

/** Projects the actor sees: late ones first, then the newest. */
export async function listOwnProjects(
  parts: PlanningParts,
  actor: Actor,
  { area, class: classCode, state, late }: Input<Routes['projects']>['query'],
): Promise<Output<Routes['projects']>> {
  const scope = scopeFor(actor, 'circle.read');
  const areas = scope.seeAll ? [parts.territory.city().code] : scope.areas;
  return parts.database.read(systemScope, async (tx) => {
    const rows = await listProjects(tx, { areas, area, classCode, state });
    const ids = rows.map(({ id }) => id);
    const stages = Map.groupBy(await listStages(tx, ids), ({ projectId }) => projectId);
    const again = Map.groupBy(await listRemeasures(tx, ids), ({ projectId }) => projectId);
    const stageView = await stageViews(parts, tx, [...stages.values()].flat());
    const items = rows.map((row): Row => {
      const own = stages.get(row.id) ?? [];
      const found = again.get(row.id)?.[0]?.found.byThis ?? null;
      return { ...rowOf(parts, row, own, stageView), found };
    });
    const wanted =
      late === undefined ? items : items.filter(({ lateDays: days }) => (days !== null) === (late === 'true'));
    return { items: wanted.toSorted((a, b) => (b.lateDays ?? 0) - (a.lateDays ?? 0)) };
  });
}

type StageViewOf = (stage: StageRow) => StageView;

async function stageViews({ photos, clock }: PlanningParts, tx: Tx, stages: readonly StageRow[]): Promise<StageViewOf> {
  const today = dayOf(clock.now());
  const ids = stages.map(({ id }) => id);
  const pictures = Map.groupBy(await photos.listOf(tx, 'project_stage', ids), ({ subjectId }) => subjectId);
  return ({ projectId: _of, ...stage }) => ({
    ...stage,
    lateDays: lateDays(stage, today),
    photos: (pictures.get(stage.id) ?? []).map(({ id, width, height }) => ({ id, width, height })),
  });
}

function rowOf({ territory, clock }: PlanningParts, row: ProjectRow, stages: readonly StageRow[], view: StageViewOf) {
  const { id, name, classCode, areaCode, lon, lat, state, budgetYuan, openedOn } = row;
  const { people, elders, children } = row.predicted;
  return {
    id,
    name,
    classCode,
    areaCode,
    areaName: territory.area(areaCode)?.name ?? areaCode,
    lon,
    lat,
    state,
    stages: stages.map((stage) => ({ ...view(stage), ...(isFuture(row, stage) ? { lateDays: null } : {}) })),
    lateDays: projectLate(row, stages, dayOf(clock.now())),
    predicted: { people, elders, children },
    budgetYuan,
    openedOn,
  };
}

/** A stage whose turn has not come is not late by itself; neither is one of a project that was given up. */
const isFuture = ({ state }: ProjectRow, { stage, doneOn }: StageRow): boolean => doneOn === null && stage !== state;

/** One project with all that belongs to it. @throws AppError not_found */
export async function getProject(parts: PlanningParts, actor: Actor, id: string): Promise<ProjectDetail> {
  const row = await seeProject(parts, actor, id, 'circle.read');
  return parts.database.read(systemScope, async (tx) => {
    const stages = await listStages(tx, [id]);
    const decision = await findDecision(tx, row.decisionId);
    const scenario = decision === undefined ? undefined : await findScenario(tx, decision.scenarioId);
    if (decision === undefined || scenario === undefined) throw new Error('A project has a decision on a scenario.');
    const again = await listRemeasures(tx, [id]);
    const { decisionId, servedCode, idleResourceId, demandId, facilityId, address, hours, services } = row;
    const { capacity, floorM2, runBefore, reason, version, predicted } = row;
    return {
      ...rowOf(parts, row, stages, await stageViews(parts, tx, stages)),
      decisionId,
      scenarioId: scenario.id,
      scenarioTitle: scenario.title,
      minutesNo: decision.minutesNo,
      decidedAt: decision.decidedAt.toISOString(),
      servedCode,
      servedName: parts.territory.area(servedCode)?.name ?? servedCode,
      idleResourceId,
      demandId,
      facilityId,
      address,
      hours,
      services,
      capacity,
      floorM2,
      limitMin: predicted.limitMin,
      profile: predicted.profile,
      predictedHash: predicted.hash,
      runBefore,
      reason,
      remeasures: again.map(remeasureOf),
      mayPlan: mayThere(actor, 'circle.plan', row),
      version,
    };
  });
}

function remeasureOf({ projectId: _of, measuredAt, ...rest }: RemeasureRow): ProjectDetail['remeasures'][number] {
  return { ...rest, measuredAt: measuredAt.toISOString() };
}

/** The stored file of a photo of a project. @throws AppError not_found for a project that is not the actor's to see */
export async function findProjectPhoto(
  parts: PlanningParts,
  actor: Actor,
  { id, photoId }: { id: string; photoId: string },
): Promise<{ storageKey: string } | undefined> {
  await seeProject(parts, actor, id, 'circle.read');
  return parts.database.read(systemScope, async (tx) => {
    for (const stage of await listStages(tx, [id])) {
      const found = await parts.photos.findOf(tx, { subjectType: 'project_stage', subjectId: stage.id, id: photoId });
      if (found !== undefined) return found;
    }
    return undefined;
  });
}
