import type { Permission } from '#contract/route.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';

/** What this module needs to know of a station. */
export interface ActivityStation {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  unitId: string;
  path: readonly string[];
  district: string;
  address: string;
  lon: number;
  lat: number;
}

/** People who came to an activity and were not counted one by one: they become one service record. */
export interface Heads {
  activityId: string;
  station: ActivityStation;
  partnerId: string | null;
  persons: number;
  atMs: number;
  accountId: string | null;
}

export interface NearPartner {
  id: string;
  name: string;
  nameEn: string;
  pledges: readonly { id: string; what: string; whatEn: string; quantity: number; unit: string }[];
}

/** What the module is built from; src/wiring/activities.ts gives it. */
export interface ActivityParts {
  database: Database;
  clock: Clock;
  photos: Pick<Events['photos'], 'claimFor' | 'findOf' | 'listOf'>;
  stations: {
    /** @throws AppError not_found for a station that is not there or not the actor's under this word */
    find(actor: Actor, idOrCode: string, word: Permission): Promise<ActivityStation>;
    /** Those in use that the actor sees under this word. */
    listFor(actor: Actor, word: Permission): Promise<readonly ActivityStation[]>;
    /** For whoever is not signed in: an open station by its code. */
    findOpen(code: string): Promise<ActivityStation | undefined>;
  };
  /** Partners whose agreement runs at a station on a day ('YYYY-MM-DD'), with what they promise it. */
  partnersAt(tx: Tx, stationId: string, day: string): Promise<readonly NearPartner[]>;
  partnerNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, { name: string; nameEn: string }>>;
  /** Within the caller's transaction, under its ledger line. */
  recordHeads(tx: Tx, heads: Heads): Promise<void>;
  /** Sums of the service records of activities. */
  countHeads(tx: Tx, activityIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Within the caller's transaction: what the partner gave by this activity. */
  noteDelivery(
    tx: Tx,
    delivery: {
      partnerId: string;
      pledgeId: string | null;
      stationId: string;
      quantity: number;
      /** In words, where there is no pledge that says it. */
      what: string;
      atMs: number;
      source: { type: 'activity'; id: string };
      accountId: string | null;
    },
  ): Promise<void>;
}
