import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor, IdentityQueries } from '#server/modules/identity/index.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';
import type { Vault } from '#server/vault/vault.ts';

/** A visit at which somebody was seen ('home') or heard ('phone'). */
export interface Meeting {
  personId: string;
  how: 'home' | 'phone';
  atMs: number;
}

/** Somebody who was visited says what is missing nearby. */
export interface Missed {
  visitId: string;
  /** Classes of facility. */
  classCodes: readonly string[];
  areaCode: string;
  tags: readonly string[];
  atMs: number;
}

export interface VisitParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
  events: Pick<Events, 'joinReport' | 'dictionary' | 'photos'>;
  names: IdentityQueries['namesOf'];
  /** What warnings have switched on that asks for daily contact. */
  listContacts: () => Promise<RunningEffect[]>;
  /** Who goes while an account is away on a day 'YYYY-MM-DD'; null: nobody needs to, or nobody does. */
  standIn: (tx: Tx, accountId: string, day: string) => Promise<string | null>;
  /** Somebody was seen or heard: told in the transaction of the record, so that their household counts as visited too. */
  met: (tx: Tx, meeting: Meeting) => Promise<void>;
  /** Told in the transaction of the record, for the list of needs. */
  missed: (tx: Tx, missed: Missed) => Promise<void>;
}

/** What handlers need to know of a request. */
export interface VisitCtx {
  actor: Actor;
}
