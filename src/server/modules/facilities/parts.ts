import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';

/** What the module is built from; src/wiring/facilities.ts gives it. */
export interface FacilitiesParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  /** Pictures of idle rooms. */
  events: Pick<Events, 'photos'>;
  /** Names of accounts, for those who may see people. */
  names: (tx: Tx, accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}
