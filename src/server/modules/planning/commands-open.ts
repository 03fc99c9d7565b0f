import type { planningRoutes } from '#contract/planning.ts';
import type { Input } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { endStage, onProject, type ProjectWork } from './commands-project.ts';
import type { Questions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { getProject, type ProjectDetail } from './queries-project.ts';
import { needsServed } from './rules-needs.ts';
import type { ProjectRow } from './store-project.ts';

type Body = Input<(typeof planningRoutes)['open']>['body'];

/**
 * People use it: the facility joins the map, the room is used, what people asked for is met, all in one transaction. Where
 * nobody measured before, that is done first: afterwards nobody could.
 * @throws AppError not_found, transition_not_allowed, version_conflict, bad_input
 */
export async function openProject(
  parts: PlanningParts & { questions: Questions },
  actor: Actor,
  id: string,
  body: Body,
): Promise<ProjectDetail> {
  const seen = await getProject(parts, actor, id);
  const question = await parts.questions.of(seen.scenarioId);
  const { servedCode: areaCode, profile } = seen;
  const runBefore =
    seen.runBefore ?? (seen.state === 'opening' ? (await parts.circle.measure({ areaCode, profile }, actor)).id : null);
  return onProject(parts, actor, { id, verb: 'open', body }, async (work) => {
    const { openedOn, note, attachments, hours, services, capacity, floorM2, stepFree } = body;
    await endStage(parts, work, { stage: 'opening', doneOn: openedOn, note, attachments });
    const project: ProjectRow = {
      ...work.project,
      hours,
      services,
      capacity: capacity ?? work.project.capacity,
      floorM2: floorM2 ?? work.project.floorM2,
      runBefore,
      openedOn,
      state: 'open',
      toldLateOn: null,
    };
    const facility = await joinMap(parts, work, project, stepFree);
    const met = await meetNeeds(parts, work, {
      project,
      answered: (needs) => needsServed(question, project.candidateKey, needs),
    });
    return {
      action: 'project.open',
      next: { ...project, facilityId: facility },
      data: { facilityId: facility, openedOn, hours, needs: met, runBefore },
      words: { services, note },
    };
  });
}

async function joinMap(
  { facilities }: PlanningParts,
  { tx, actor }: ProjectWork,
  project: ProjectRow,
  stepFree: boolean | null,
): Promise<string> {
  const { id: projectId, classCode, name, lon, lat, address, capacity, floorM2, openedOn, idleResourceId } = project;
  const facts = { projectId, classCode, name, lon, lat, address, capacity, floorM2, stepFree, note: project.services };
  const hours = project.hours ?? [];
  const facility = await facilities.addFacility(tx, { ...facts, hours, openedOn: openedOn ?? '' }, actor);
  if (idleResourceId !== null) await facilities.useIdle(tx, { id: idleResourceId, projectId }, actor);
  return facility.id;
}

interface Meeting {
  project: ProjectRow;
  answered: (needs: readonly { id: string; areaCode: string; lon: number | null; lat: number | null }[]) => string[];
}

/** Answers how many needs were met. */
async function meetNeeds(
  { needs, demand }: PlanningParts,
  { tx, actor }: ProjectWork,
  { project, answered }: Meeting,
): Promise<number> {
  const { servedCode, classCode, name, openedOn, demandId } = project;
  const wish = { areaCode: servedCode, classCode, states: ['open', 'listed', 'planned'] as const };
  const met = answered(await needs.listNeeds(tx, wish));
  for (const needId of met)
    await needs.setState(tx, { needId, state: 'met', reason: `${name} 已于 ${openedOn ?? ''} 开放` }, actor);
  if (demandId !== null) await demand.markMet(tx, { demandId, projectId: project.id }, actor);
  return met.length;
}
