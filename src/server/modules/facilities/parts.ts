import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';

/** Points as a file states them, WGS-84 degrees as far as it says so. */
export interface StatedPoints {
  lon: readonly number[];
  lat: readonly number[];
}

/** What the streets say of points that are declared WGS-84. */
export interface StreetVerdict {
  /** They lie at streets only once GCJ-02 is undone. */
  isShifted: boolean;
  /** Metres between the points as stated and undone. */
  shiftM: number;
}

/** Asks the walking network of the district an area lies in; undefined where there is none. */
export type AskStreets = (areaCode: string, points: StatedPoints) => Promise<StreetVerdict | undefined>;

/** What the module is built from; src/wiring/facilities.ts gives it. */
export interface FacilitiesParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  /** Pictures of idle rooms. */
  events: Pick<Events, 'photos'>;
  /** Asks the streets; the life circle, which stands above, answers once it is there. */
  askStreets: AskStreets;
  /** Names of accounts, for those who may see people. */
  names: (tx: Tx, accountIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}
