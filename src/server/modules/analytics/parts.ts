import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Sequencer } from '#server/modules/ledger/index.ts';

/** What the module is built from; src/wiring/analytics.ts gives it. */
export interface AnalyticsParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  tenant: string;
  ledger: Pick<Sequencer, 'readSince' | 'lastSeq'>;
  names(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** People with an appointment at each unit, for the load per head. Units without one are left out. */
  heads(tx: Tx, unitIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
