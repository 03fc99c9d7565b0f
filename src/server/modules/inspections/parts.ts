import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { People } from '#server/modules/people/index.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';

/** Who stands in for an account on a day ('YYYY-MM-DD'): the other's id, or null when nobody needs to. */
export type StandIn = (tx: Tx, accountId: string, day: string) => Promise<string | null>;

/** What the module is built from; src/wiring/inspections.ts gives it. */
export interface InspectionsParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  events: Pick<Events, 'joinReport' | 'photos' | 'dictionary' | 'joint'>;
  /** Rounds that warnings have switched on and not yet off. */
  listRounds: () => Promise<readonly RunningEffect[]>;
  /** How many people in care live around a place, as far as the actor may be told. */
  countCareAround: People['countCareAround'];
  standIn?: StandIn;
  /** Opens the plan of a point on the event of a grave finding, once per opId. */
  openPlan?: (wish: { eventId: string; planCode: string; opId: string }) => Promise<unknown>;
  /** Something beside the act failed. */
  report?: (name: string, error: unknown) => void;
}
