import type { Actor } from '#server/modules/identity/index.ts';
import { planningHandlers, type PlanningHandlers } from './handlers.ts';
import { tellLate } from './jobs.ts';
import { createQuestions } from './keep.ts';
import type { PlanningParts } from './parts.ts';
import { findProjectPhoto } from './queries-project.ts';
import { decisionFile } from './record.ts';
import { planningWorks } from './run.ts';

export type { PlanningParts } from './parts.ts';
export { circlePort, facilitiesPort, needsPort } from './ports.ts';
export { makeSolver, toSolved } from './siting.ts';
export { questionOf } from './question-of.ts';
export type { SitingData } from './siting-data.ts';
export type { Progress, SitingSolver, Solved } from './work.ts';

export interface Planning {
  handlers: PlanningHandlers;
  findPhoto(actor: Actor, where: { id: string; photoId: string }): Promise<{ storageKey: string } | undefined>;
  /** The record of a decision, docx. @throws AppError not_found */
  document(actor: Actor, decisionId: string): Promise<{ name: string; bytes: Buffer }>;
  /** Once a day: projects past their planned day. */
  tellLate(): Promise<void>;
  /** Resolves when nothing is being reckoned in this process. */
  idle(): Promise<void>;
  /** Ends what is being reckoned. */
  stop(): Promise<void>;
}

/** Scenarios, decisions, projects. */
export function createPlanning(given: PlanningParts): Planning {
  const parts = { ...given, questions: createQuestions(given.database), works: planningWorks(given) };
  return {
    handlers: planningHandlers(parts),
    findPhoto: (actor, where) => findProjectPhoto(parts, actor, where),
    document: (actor, id) => decisionFile(parts, actor, id),
    tellLate: () => tellLate(parts).then(() => undefined),
    idle: () => parts.works.idle(),
    stop: () => parts.works.stop(),
  };
}
