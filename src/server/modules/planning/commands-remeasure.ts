import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import { seeProject, tellProject } from './access.ts';
import { compareRuns } from './compare.ts';
import type { PlanningParts } from './parts.ts';
import { getProject, type ProjectDetail } from './queries-project.ts';
import { insertRemeasure } from './store-project.ts';

/**
 * Measures again as things are now, and keeps predicted against real. The same things measured give the same run: then there
 * is nothing new to keep.
 * @throws AppError not_found, transition_not_allowed when it is not open yet
 */
export async function remeasure(
  parts: PlanningParts,
  actor: Actor,
  id: string,
  { opId }: { opId: string },
): Promise<ProjectDetail> {
  const project = await seeProject(parts, actor, id, 'circle.plan');
  const { runBefore, facilityId, classCode, predicted } = project;
  if (facilityId === null || runBefore === null)
    throw new AppError('transition_not_allowed', 'Only what is open can be measured again.', { state: project.state });
  const run = await parts.circle.measure({ areaCode: project.servedCode, profile: predicted.profile }, actor);
  const op = { opId, actor: senderOf(actor), route: 'project.remeasure', request: { id } };
  await once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const asked = { classCode, areaCode: project.servedCode };
    const before = await parts.circle.reachOf(tx, { runId: runBefore, ...asked });
    const after = await parts.circle.reachOf(tx, { runId: run.id, ...asked });
    if (before === undefined || after === undefined)
      throw new AppError('not_found', 'One of the two measurements does not know this class of facilities.');
    const isServed = (code: string): boolean =>
      parts.territory.area(code)?.path.includes(project.servedCode) ?? code.startsWith(project.servedCode);
    const found = compareRuns(before, after, { facilityId, limitMin: predicted.limitMin, isServed });
    const { people, elders, children } = predicted;
    const isNew = await insertRemeasure(tx, {
      id: uuidV7(nowMs),
      projectId: id,
      runBefore,
      runAfter: run.id,
      hashAfter: after.hash,
      predicted: { people, elders, children },
      found,
      measuredAt: new Date(nowMs),
      measuredBy: actor.accountId,
    });
    if (isNew) {
      const data = { runBefore, runAfter: run.id, hash: after.hash, predicted: { people, elders, children }, found };
      await tellProject(tx, project, { actor, action: 'project.remeasure', opId, nowMs, data });
    }
    return {};
  });
  return getProject(parts, actor, id);
}
