import type { Permission } from '#contract/route.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { Actor, IdentityQueries } from '#server/modules/identity/index.ts';
import type { RunningWarning, Taking } from './rules.ts';

/** What the counter needs to know of a station. */
export interface ServedStation {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  unitId: string;
  areaCode: string;
  path: readonly string[];
  district: string;
  lon: number;
  lat: number;
  address: string;
}

/** Stock, as a service touches it. A service given is a fact: it is never refused because the books are short. */
export interface StockDoor {
  /** What leaves stock; from batches that have not expired, the earliest first. */
  takeOut(
    tx: Tx,
    wish: { stationId: string; atMs: number; serviceId: string; items: readonly Taking[]; actor: Actor },
  ): Promise<{ short: Taking[] }>;
  /** The record does not count: everything it took comes back. */
  giveBack(tx: Tx, wish: { serviceId: string; actor: Actor }): Promise<unknown>;
}

/** What the module is built from; src/wiring/services.ts gives it. */
export interface ServicesParts {
  database: Database;
  clock: Clock;
  events: Pick<Events, 'joinReport' | 'joinCall'>;
  names: IdentityQueries['namesOf'];
  stations: {
    /** @throws AppError not_found when there is none, or it is not the actor's under the word */
    find(actor: Actor, station: string, word: Permission): Promise<ServedStation>;
    listFor(actor: Actor, word: Permission): Promise<readonly ServedStation[]>;
  };
  stock: StockDoor;
  /** Warnings that are running now, anywhere. */
  listWarnings: () => Promise<readonly RunningWarning[]>;
}
