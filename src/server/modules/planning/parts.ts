import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { SitingSolver } from './work.ts';

/** Hours on some weekdays (1 Monday … 7 Sunday), Shanghai time, 'HH:MM'. */
export interface OpenSpan {
  days: number[];
  from: string;
  to: string;
}

export interface ClassWord {
  code: string;
  name: string;
  nameEn: string;
  certain: boolean;
  family: string;
  /** Minutes within which everybody should reach one. */
  walkMin: number;
  minFloorM2: number | null;
}

export interface KnownFacility {
  id: string;
  classCode: string;
  name: string;
  lon: number;
  lat: number;
  hours: readonly OpenSpan[] | null;
}

export interface PeopleCell {
  code: string;
  areaCode: string;
  lon: number;
  lat: number;
  people: number;
  elders: number;
  children: number;
}

export interface IdleRoom {
  id: string;
  code: string;
  name: string;
  areaCode: string;
  lon: number;
  lat: number;
  address: string;
  areaM2: number;
  condition: string;
  /** Class codes it may become; empty: not yet said. */
  uses: readonly string[];
}

export interface NewFacility {
  classCode: string;
  name: string;
  lon: number;
  lat: number;
  address: string;
  capacity: number | null;
  floorM2: number | null;
  hours: OpenSpan[];
  stepFree: boolean | null;
  openedOn: string;
  projectId: string;
  note: string;
}

/** Given by wire from facilities. Commands write their own ledger lines within the caller's transaction. */
export interface FacilitiesPort {
  classes(): Iterable<ClassWord>;
  /** Those of a class in use on a day. */
  listFacilities(tx: Tx, wish: { classCode: string; on: string }): Promise<readonly KnownFacility[]>;
  /** Everybody's home within an area: numbers only. */
  listCells(tx: Tx, wish: { areaCode: string }): Promise<readonly PeopleCell[]>;
  /** What stands idle and is nobody's yet within an area. */
  listIdle(tx: Tx, wish: { areaCode: string }): Promise<readonly IdleRoom[]>;
  openAt(hours: readonly OpenSpan[], moment: { weekday: number; minute: number }): boolean;
  /** @throws AppError in_use when another project has it */
  reserveIdle(tx: Tx, wish: { id: string; projectId: string }, actor: Actor): Promise<void>;
  releaseIdle(tx: Tx, wish: { id: string; projectId: string }, actor: Actor): Promise<void>;
  useIdle(tx: Tx, wish: { id: string; projectId: string }, actor: Actor): Promise<void>;
  addFacility(tx: Tx, facility: NewFacility, actor: Actor): Promise<{ id: string }>;
}

/** Given by wire from needs. */
export interface NeedsPort {
  listNeeds(
    tx: Tx,
    wish: { areaCode: string; classCode: string; states: readonly ('open' | 'listed' | 'planned')[] },
  ): Promise<readonly { id: string; areaCode: string; lon: number | null; lat: number | null }[]>;
  setState(
    tx: Tx,
    wish: { needId: string; state: 'planned' | 'met' | 'open'; reason: string },
    actor: Actor,
  ): Promise<void>;
}

/** Given by wire from shortfalls. */
export interface DemandPort {
  find(tx: Tx, id: string): Promise<{ id: string; areaCode: string; classCode: string } | undefined>;
  markPlanned(tx: Tx, wish: { demandId: string; projectId: string }, actor: Actor): Promise<void>;
  markMet(tx: Tx, wish: { demandId: string; projectId: string }, actor: Actor): Promise<void>;
  /** The project was given up: open again. */
  release(tx: Tx, wish: { demandId: string; projectId: string }, actor: Actor): Promise<void>;
}

/** Walks home → place: of cell k those from first[k] to first[k + 1] − 1. */
export interface SparseTimes {
  first: ArrayLike<number>;
  /** Index of the place. */
  target: ArrayLike<number>;
  /** Deciseconds. */
  ds: ArrayLike<number>;
  /** Indices of places too far from any street. */
  asidePlaces: readonly number[];
  networkVersion: string;
}

/** What one class was to each home in one run of the life circle. */
export interface ReachOfRun {
  hash: string;
  networkVersion: string;
  profile: string;
  /** Minutes that counted for the class. */
  limitMin: number;
  /** By code of the cell. */
  cells: readonly (Omit<PeopleCell, 'lon' | 'lat'> & {
    seconds: number | null;
    facilityId: string | null;
  })[];
  facilityIds: readonly string[];
}

/** Given by wire from lifecircle. */
export interface CirclePort {
  profiles(): Iterable<{ code: string; name: string; nameEn: string; certain: boolean }>;
  /** Walks from these homes to these places within `cutoffS` seconds, on the network in force of the area. */
  timesTo(
    wish: {
      areaCode: string;
      profile: string;
      cutoffS: number;
      cells: readonly PeopleCell[];
      places: readonly { lon: number; lat: number }[];
    },
    options: { signal: AbortSignal },
  ): Promise<SparseTimes>;
  /** Places every so many metres along the streets of an area. */
  streetPlaces(wish: { areaCode: string; everyM: number }): Promise<readonly { lon: number; lat: number }[]>;
  latestRun(tx: Tx, wish: { areaCode: string; profile: string }): Promise<{ id: string } | undefined>;
  /** Waits for the end of the run. The same inputs give the run there is. */
  measure(wish: { areaCode: string; profile: string }, actor: Actor): Promise<{ id: string }>;
  /** `areaCode`: only homes within it; two runs may have measured different areas around it. */
  reachOf(tx: Tx, wish: { runId: string; classCode: string; areaCode: string }): Promise<ReachOfRun | undefined>;
}

/** What the module is built from; src/wiring/planning.ts gives it. */
export interface PlanningParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  codeVersion: string;
  photos: Pick<Events['photos'], 'claimFor' | 'findOf' | 'listOf'>;
  names(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  facilities: FacilitiesPort;
  needs: NeedsPort;
  demand: DemandPort;
  circle: CirclePort;
  solve: SitingSolver;
  /** Something in the background failed that nobody waits for. */
  report: (what: string, error: unknown) => void;
}
