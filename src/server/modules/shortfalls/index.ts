import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { markMet, markPlanned, release } from './commands.ts';
import { makeListFile } from './export-file.ts';
import { shortfallHandlers } from './handlers.ts';
import type { ShortfallsParts } from './parts.ts';
import { findDemand, listDemandRows, type DemandRow } from './store-demand.ts';

export type { ShortfallsParts } from './parts.ts';
export { circlePort, facilitiesPort } from './ports.ts';
export type { DemandRow } from './store-demand.ts';

export interface Shortfalls {
  handlers: ReturnType<typeof shortfallHandlers>;
  /** All four lists of an area, as the actor sees them. */
  exportFile(
    actor: Actor,
    format: 'xlsx' | 'docx',
    area: string | undefined,
  ): Promise<{ name: string; type: string; bytes: Uint8Array }>;
  queries: {
    /** Lines of the ledger of demand in an area that something still produces, most people first. */
    listDemand(tx: Tx, wish: { areaCode: string }): Promise<DemandRow[]>;
    /** Undefined: there is none that the transaction's scope shows. */
    findDemand(tx: Tx, id: string): Promise<DemandRow | undefined>;
  };
  /** Planning: a project is to answer a demand. In the caller's transaction. @throws AppError not_found */
  markPlanned(tx: Tx, claim: { demandId: string; projectId: string }, actor: Actor): Promise<void>;
  /** Planning: the project was opened. In the caller's transaction. @throws AppError not_found */
  markMet(tx: Tx, claim: { demandId: string; projectId: string }, actor: Actor): Promise<void>;
  /** Planning: the project was given up. In the caller's transaction. @throws AppError not_found */
  release(tx: Tx, claim: { demandId: string; projectId: string }, actor: Actor): Promise<void>;
}

export function createShortfalls(parts: ShortfallsParts): Shortfalls {
  return {
    handlers: shortfallHandlers(parts),
    exportFile: (actor, format, area) => makeListFile(parts, actor, { format, area }),
    queries: {
      listDemand: (tx, { areaCode }) =>
        listDemandRows(tx, {
          scope: systemScope,
          filter: { area: areaCode, gone: 'no' },
          after: null,
          limit: 10_000,
        }),
      findDemand: (tx, id) => findDemand(tx, systemScope, id),
    },
    markPlanned: (tx, claim, actor) => markPlanned(parts, tx, claim, actor),
    markMet: (tx, claim, actor) => markMet(parts, tx, claim, actor),
    release: (tx, claim, actor) => release(parts, tx, claim, actor),
  };
}
