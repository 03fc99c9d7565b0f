import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';

/** What the module is built from; src/wiring/stations.ts gives it. */
export interface StationsParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  /** Photos, and the calendar with its public holidays. */
  events: Pick<Events, 'photos' | 'dictionary'>;
  /** Longer hours that warnings have switched on and not yet off. */
  listLongerHours: () => Promise<readonly RunningEffect[]>;
  names: (tx: Tx, accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}
