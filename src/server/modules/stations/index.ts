import type { Permission } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { stationFeatures, type StationFeatures } from './features.ts';
import { followStations } from './follow.ts';
import { stationHandlers, stationPublicHandlers } from './handlers.ts';
import type { StationsParts } from './parts.ts';
import { findFor, findPhoto, listFor } from './queries.ts';
import { allStations } from './register.ts';
import type { DayHours } from './rules-hours.ts';
import { hoursOfDay, openAt, type OpenAt } from './standing.ts';
import type { StationRow } from './store.ts';

export type { StationFeature, StationFeatures } from './features.ts';
export type { StationsParts } from './parts.ts';
export { allStations, stationInUse, stationOf, stationsInUse } from './register.ts';
export type { DayHours, Span } from './rules-hours.ts';
export type { OpenAt } from './standing.ts';
export type { StationRow } from './store.ts';

export interface StationQueries {
  /** A station the actor reaches with the word, by id or code. @throws AppError not_found, also for a foreign one */
  find(actor: Actor, stationIdOrCode: string, word: Permission): Promise<StationRow>;
  /** Stations in use that the actor reaches with the word, by code. */
  listFor(actor: Actor, word: Permission): Promise<StationRow[]>;
  /** Whether it is open at a moment (epoch ms), until when, why. @throws AppError not_found */
  openAt(stationId: string, atMs: number): Promise<OpenAt>;
  /** The hours of local days ('YYYY-MM-DD'), before any warning lengthens them; minutes of each day. @throws AppError not_found */
  hoursOn(stationId: string, days: readonly string[]): Promise<DayHours[]>;
  /** In the caller's transaction, for jobs: every station, those given up too. */
  listStations(tx: Tx): Promise<StationRow[]>;
}

export interface Stations {
  handlers: ReturnType<typeof stationHandlers>;
  publicHandlers: ReturnType<typeof stationPublicHandlers>;
  queries: StationQueries;
  /** For maps of others: public facts of the stations the asker reaches. */
  features: StationFeatures;
  /** The stored file of a photo that is shown to everybody. */
  findPhoto(code: string, photoId: string): Promise<{ storageKey: string } | undefined>;
  /** Stations follow the territory when it is redrawn; answers how many moved. */
  followAreas(): Promise<number>;
}

export function createStations(parts: StationsParts): Stations {
  return {
    handlers: stationHandlers(parts),
    publicHandlers: stationPublicHandlers(parts),
    queries: {
      find: (actor, idOrCode, word) => findFor(parts, actor, idOrCode, word),
      listFor: (actor, word) => listFor(parts, actor, word),
      openAt: (stationId, atMs) => openAt(parts, stationId, atMs),
      hoursOn: (stationId, days) => hoursOfDay(parts, stationId, days),
      listStations: allStations,
    },
    features: stationFeatures(parts),
    findPhoto: (code, photoId) => findPhoto(parts, code, photoId),
    followAreas: followStations(parts),
  };
}
