import type { Permission } from '#contract/route.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { RosterSpan } from './figures-rules.ts';

/** What figures need to know of a station. */
export interface FigureStation {
  id: string;
  code: string;
  name: string;
  nameEn: string;
  unitId: string;
  path: readonly string[];
  district: string;
  /** Given up after that day ('YYYY-MM-DD'). */
  closedOn: string | null;
}

interface Named {
  name: string;
  nameEn: string;
}

/** What a partner promised and gave within a month. */
export interface DeliveredLine {
  partnerName: string;
  what: string;
  quantity: number;
  unit: string;
}

/** What fell below its minimum within a month: how often, and how much was wanting at worst. */
export interface ShortLine {
  stationName: string;
  itemName: string;
  times: number;
  most: number;
  unit: string;
}

export interface Moment {
  fromMs: number;
  toMs: number;
}

/** What figures are built from; src/wiring/service-figures.ts gives it. */
export interface FigureParts {
  database: Database;
  clock: Clock;
  territory: Pick<LiveTerritory, 'area'>;
  /** All stations that the actor sees under this word, given up or not: what they gave still counts. */
  listStations(actor: Actor, word: Permission): Promise<readonly FigureStation[]>;
  partnerNames(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Named>>;
  /** Held activities that began within a span, by station and kind. */
  countHeld(
    tx: Tx,
    filter: Moment & { stations: readonly string[] },
  ): Promise<readonly { stationId: string; kind: string; n: number }[]>;
  activityKind(code: string): Named | undefined;
  activityTitles(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Held and cancelled activities that began within a span, in order. */
  listActivities(
    tx: Tx,
    filter: Moment & { stations: readonly string[] },
  ): Promise<
    readonly { id: string; stationId: string; title: string; startsAt: Date; state: string; reason: string }[]
  >;
  serviceKind(code: string): Named | undefined;
  /** Who was planned and who was there. */
  listRoster(tx: Tx, filter: Moment & { stations: readonly string[] }): Promise<readonly RosterSpan[]>;
  listDelivered(tx: Tx, filter: Moment & { stations: readonly string[] }): Promise<readonly DeliveredLine[]>;
  listShort(tx: Tx, filter: Moment & { stations: readonly string[] }): Promise<readonly ShortLine[]>;
}
