import type { Actor } from '#server/modules/identity/index.ts';
import { planningHandlers, type PlanningHandlers } from './handlers.ts';
import { createQuestions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { findProjectPhoto } from './queries-project.ts';
import { planningWorks } from './run.ts';

export type { PlanningParts } from './parts.ts';
export type { SitingData } from './siting-data.ts';
export type { Progress, SitingSolver, Solved } from './work.ts';

export interface Planning {
  handlers: PlanningHandlers;
  findPhoto(actor: Actor, where: { id: string; photoId: string }): Promise<{ storageKey: string } | undefined>;
  /** Ends what is being reckoned. */
  stop(): Promise<void>;
}

/** Scenarios, decisions, projects. */
export function createPlanning(given: PlanningParts): Planning {
  const parts = { ...given, questions: createQuestions(given.database), works: planningWorks(given) };
  return {
    handlers: planningHandlers(parts),
    findPhoto: (actor, where) => findProjectPhoto(parts, actor, where),
    stop: () => parts.works.stop(),
  };
}
