import { systemScope } from '#server/db/scope.ts';
import { systemActor, type Actor } from '#server/modules/identity/index.ts';
import type { Work } from './area-commands.ts';
import { createDocuments } from './documents.ts';
import { createFeatures } from './features.ts';
import { createHandlers, type GridsParts } from './handlers.ts';
import { createRiskHandlers } from './risk-handlers.ts';
import { exportRiskPoints } from './risk-export.ts';
import { listRiskPointsNear, type Circle } from './risk-queries.ts';

/** The whole module: routes, map documents, and the watch for changes of other processes. */
export function createGrids(parts: GridsParts) {
  return {
    handlers: createHandlers(parts),
    riskHandlers: createRiskHandlers(parts),
    /** The file of risk points, in pieces. */
    exportRiskPoints: (actor: Actor, query: Parameters<typeof exportRiskPoints>[1]) =>
      exportRiskPoints({ ...parts, actor, nowMs: parts.clock.now() }, query),
    documents: createDocuments(parts.database, parts.territory),
    /** Areas and risk points as things on a map (OGC API – Features, tiles). */
    features: createFeatures(parts.database, parts.territory),
    /** Looks for changes of other processes every `intervalMs`; returns the stop. */
    startRefresh: (intervalMs: number, onTrouble?: (error: unknown) => void) =>
      parts.territory.startRefresh(intervalMs, onTrouble),
    /** See risk-queries.ts. */
    listRiskPointsNear: (actor: Actor, circle: Circle) => listRiskPointsNear(parts.database, actor, circle),
  };
}

export type Grids = ReturnType<typeof createGrids>;

/** Runs commands of this module as the program itself (command line, demo), in one transaction, and reads anew. */
export async function runAsSystem<T>(
  { database, territory, clock }: GridsParts,
  command: (work: Work) => Promise<T>,
): Promise<T> {
  const result = await database.inTx(systemScope, (tx) =>
    command({ tx, territory, actor: systemActor, atMs: clock.now(), opId: null }),
  );
  await territory.reload();
  return result;
}
