import type { NeedState } from '#contract/needs-views.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';

/** Hours on some weekdays (1 Monday … 7 Sunday), Shanghai time, 'HH:MM'. */
export interface OpenSpan {
  days: number[];
  from: string;
  to: string;
}

/** A class of facilities with the norm in force. */
export interface ClassNorm {
  code: string;
  name: string;
  nameEn: string;
  /** public, market (a business runs it), mixed. */
  kind: string;
  walkMin: number;
  perPeople: number | null;
  minFloorM2: number | null;
}

export interface KnownFacility {
  id: string;
  classCode: string;
  name: string;
  areaCode: string;
  path: readonly string[];
  district: string;
  lon: number;
  lat: number;
  floorM2: number | null;
  hours: readonly OpenSpan[] | null;
  stepFree: boolean | null;
}

export interface IdleRoom {
  id: string;
  code: string;
  name: string;
  areaCode: string;
  path: readonly string[];
  lon: number;
  lat: number;
  address: string;
  areaM2: number;
  owner: string;
  ownerKind: string;
  condition: string;
  /** Classes it may become; empty: not yet said. */
  uses: readonly string[];
  state: string;
}

/** What the module asks of facilities; ports.ts gives it. */
export interface FacilitiesPort {
  standards(tx: Tx, path: readonly string[]): Promise<readonly ClassNorm[]>;
  listFacilities(tx: Tx, wish: { area: string; on: string }): Promise<readonly KnownFacility[]>;
  /** In use on a day, as far as the transaction's scope shows it. */
  findFacility(tx: Tx, wish: { id: string; on: string }): Promise<KnownFacility | undefined>;
  listIdle(tx: Tx, wish: { areaCode: string }): Promise<readonly IdleRoom[]>;
  /** Null: its hours are not known. */
  openAtMinute(hours: readonly OpenSpan[] | null, weekday: number, minute: number): boolean | null;
  owners(): ReadonlyMap<string, { name: string }>;
  groups(): ReadonlyMap<string, { name: string }>;
}

export interface KnownNeed {
  id: string;
  title: string;
  classCode: string | null;
  groupCode: string;
  areaCode: string;
  path: readonly string[];
  voices: number;
  people: number;
  state: string;
  lastAt: Date;
}

/** What the module asks of needs. */
export interface NeedsPort {
  listNeeds(tx: Tx, wish: { areaCode: string; states: readonly NeedState[] }): Promise<readonly KnownNeed[]>;
  setState(tx: Tx, wish: { needId: string; state: 'listed'; reason: string }, actor: Actor): Promise<void>;
}

/** A run of the life circle that has ended well. */
export interface RunMark {
  id: string;
  hash: string;
  areaCode: string;
  network: string;
  profile: string;
  day: string;
  codeVersion: string;
  finishedAt: Date;
}

export interface ReachCell {
  code: string;
  areaCode: string;
  lon: number;
  lat: number;
  people: number;
  elders: number;
  children: number;
  /** From home to the nearest, as far as the run measured; null: none within, or not joined to any street. */
  seconds: number | null;
  facilityId: string | null;
}

/** What one class was to each home in one run. */
export interface ClassReach {
  classCode: string;
  limitMin: number;
  cells: readonly ReachCell[];
}

/** Walks home → place: of home c those from first[c] to first[c + 1] − 1. */
export interface Walks {
  first: ArrayLike<number>;
  /** Index of the place. */
  target: ArrayLike<number>;
  /** Indices of places too far from any street to be measured. */
  asidePlaces: readonly number[];
}

interface Spot {
  lon: number;
  lat: number;
}

/** What the module asks of lifecircle. */
export interface CirclePort {
  /** The latest run that ended well and covers the area, at any time of day and for the adult walker. */
  latestRun(tx: Tx, wish: { areaCode: string }): Promise<RunMark | undefined>;
  findRun(tx: Tx, runId: string): Promise<RunMark | undefined>;
  /** Undefined: the run did not measure this class. */
  reachOf(tx: Tx, wish: { runId: string; classCode: string }): Promise<ClassReach | undefined>;
  /** Walks from homes to places within `cutoffS` seconds, on the network of a run. */
  walks(wish: { run: RunMark; cutoffS: number; cells: readonly ReachCell[]; places: readonly Spot[] }): Promise<Walks>;
}

/** What the module is built from. */
export interface ShortfallsParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  facilities: FacilitiesPort;
  needs: NeedsPort;
  circle: CirclePort;
  names(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
