import { addDays, dayOf } from '#kit/shanghai-days.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { tellProject } from './access.ts';
import type { PlanningParts } from './parts.ts';
import { projectLate } from './rules.ts';
import { listStages, lockRunning, saveToldLate } from './store-project.ts';

/** A project that stays late is told again after so many days. */
const againDays = 7;

/**
 * Tells planners of projects whose stage in hand is past its planned day, once and again every week. Twice on one day tells
 * nothing twice. Answers how many were told.
 */
export function tellLate({ database, clock }: Pick<PlanningParts, 'database' | 'clock'>): Promise<number> {
  return database.inTx(systemScope, async (tx) => {
    const nowMs = clock.now();
    const today = dayOf(nowMs);
    const projects = await lockRunning(tx, addDays(today, -againDays));
    const stages = Map.groupBy(await listStages(tx, projects.map(({ id }) => id)), ({ projectId }) => projectId); // prettier-ignore
    let told = 0;
    for (const project of projects) {
      const days = projectLate(project, stages.get(project.id) ?? [], today);
      if (days === null) continue;
      await saveToldLate(tx, project.id, today);
      await tellProject(tx, project, {
        actor: systemActor,
        action: 'project.late',
        opId: null,
        nowMs,
        data: { stage: project.state, days },
        people: [project.createdBy],
      });
      told += 1;
    }
    return told;
  });
}
