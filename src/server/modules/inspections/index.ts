import type { Actor } from '#server/modules/identity/index.ts';
import { inspectionHandlers } from './handlers.ts';
import type { InspectionsParts } from './parts.ts';
import { planInspections, type Planned } from './plan.ts';
import { findPhoto } from './queries.ts';
import { seedInspectionRules } from './seed.ts';

export type { InspectionsParts, StandIn } from './parts.ts';

export interface Inspections {
  handlers: ReturnType<typeof inspectionHandlers>;
  findPhoto(actor: Actor, where: { id: string; photoId: string }): Promise<{ storageKey: string } | undefined>;
  /** Every minute: the tasks there should be. */
  plan(): Promise<Planned>;
}

/** Builds the module. Puts the first cycles into a database that has none. */
export async function createInspections(parts: InspectionsParts): Promise<Inspections> {
  await seedInspectionRules(parts.database, parts.clock);
  return {
    handlers: inspectionHandlers(parts),
    findPhoto: (actor, where) => findPhoto(parts, actor, where),
    plan: () => planInspections(parts),
  };
}
