import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor, IdentityQueries } from '#server/modules/identity/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { Rules } from './rulebook.ts';

/** Opens a plan on an event, once per opId. */
export type OpenPlan = (wish: { actor: Actor; eventId: string; planCode: string; opId: string }) => Promise<unknown>;

/** What the module is built from; src/wiring/sensing.ts gives it. */
export interface SensingDeps {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
  events: Events;
  /** Where third parties reach us. */
  publicUrl: string;
  /** Readings and names of messages are kept this long; default 400 days. */
  keepDays?: number;
  openPlan?: OpenPlan;
  people: IdentityQueries;
  /** Something failed that will be tried again. */
  report?: (name: string, error: unknown) => void;
}

export interface Kit extends SensingDeps {
  rules: Rules;
  /** There may be wishes to fulfil: returns at once. */
  wake: () => void;
}
