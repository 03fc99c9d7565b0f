import type { FastifyInstance } from 'fastify';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { FileStore } from '#server/files/file-store.ts';
import type { LiveHub } from '#server/http/live.ts';
import type { MountOptions } from '#server/http/mount.ts';
import type { RecurringJob, Ticker } from '#server/jobs/jobs.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { Identity } from '#server/modules/identity/index.ts';
import type { Grids, LiveTerritory } from '#server/modules/grids/index.ts';
import type { Sequencer } from '#server/modules/ledger/index.ts';
import type { Outgoing } from '#server/net/guarded-fetch.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { Config } from '../config.ts';

/** What the spine built; the modules above it are joined to this, each by its own file in this folder. */
export interface Parts {
  app: FastifyInstance;
  config: Config;
  database: Database;
  vault: Vault;
  clock: Clock;
  files: FileStore;
  doors: MountOptions;
  sequencer: Sequencer;
  /** Tells who is connected of what changes. */
  hub: LiveHub;
  territory: LiveTerritory;
  grids: Grids;
  identity: Identity;
  events: Events;
  /** The only way out to addresses that people gave us. */
  outgoing: Outgoing;
}

/** What a module joined to the program gives back. */
export interface Joined {
  jobs?: readonly RecurringJob[];
  tickers?: readonly Ticker[];
  /** Called in the opposite order of joining, before the database closes. */
  stop?: () => Promise<void>;
}
