import type { Calendar } from '#engine/worktime/calendar.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { CountWish, Indicator, IndicatorFigure } from '#server/modules/analytics/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';

/** A hot issue as a brief tells it. */
export interface IssueLine {
  id: string;
  /** Made of messages of people: looked through for personal data once more before it is told. */
  title: string;
  areaName: string;
  /** Reports of it so far, and how many of them are open. */
  events: number;
  open: number;
  /** Against a week earlier. */
  trend: 'up' | 'down' | 'same';
}

/** One hot issue with the cases it was made of. */
export interface IssueStory {
  id: string;
  /** As of IssueLine. */
  title: string;
  /** The smallest area that holds all its cases, and all above it. */
  areaCode: string;
  path: readonly string[];
  /** Of most of its cases. */
  categoryCode: string;
  trend: IssueLine['trend'];
  eventIds: readonly string[];
}

export interface AnomalyLine {
  id: string;
  day: string;
  areaName: string;
  className: string;
  seen: number;
  /** Likely number, and the interval it should lie in. */
  likely: number;
  low: number;
  high: number;
}

export interface StuckLine {
  step: string;
  cases: number;
  /** Share of all waiting time, 0 to 1. */
  share: number;
}

export interface RatingLine {
  unitName: string;
  side: 'up' | 'down';
  n: number;
  /** Null: too few to be told. */
  mean: number | null;
}

export interface ForecastLine {
  from: string;
  to: string;
  likely: number;
  low: number;
  high: number;
}

/** Asked of modules that may be absent, or may not have reckoned yet: where they say nothing, the brief leaves it out. */
export interface BriefSources {
  hotIssues?(
    tx: Tx,
    wish: { path: readonly string[]; from: string; to: string },
  ): Promise<readonly IssueLine[] | undefined>;
  /** Undefined: there is none, or it is gone since. Whose it is is for the asker to check. */
  issue?(tx: Tx, id: string): Promise<IssueStory | undefined>;
  anomalies?(
    tx: Tx,
    wish: { path: readonly string[]; from: string; to: string },
  ): Promise<readonly AnomalyLine[] | undefined>;
  /** Null: none was made, or not for what follows these days. */
  forecast?(tx: Tx, wish: { path: readonly string[]; from: string; to: string }): Promise<ForecastLine | null>;
  stuck?(tx: Tx, wish: { path: readonly string[]; from: string; to: string }): Promise<readonly StuckLine[]>;
  ratings?(tx: Tx, wish: { path: readonly string[]; from: string; to: string }): Promise<readonly RatingLine[]>;
}

/** What briefs are made from; src/wiring/briefs.ts gives it. */
export interface BriefsParts {
  database: Database;
  clock: Clock;
  territory: Pick<LiveTerritory, 'area' | 'children' | 'unit' | 'unitsByRole'>;
  calendar(): Promise<Calendar>;
  figures: {
    indicators(tx: Tx, wish: CountWish, codes?: readonly string[]): Promise<IndicatorFigure[]>;
    words(): ReadonlyMap<string, Indicator>;
    measures(): ReadonlyMap<string, { name: string }>;
    asOf(tx: Tx): Promise<{ seq: number; at: string }>;
  };
  /** The latest signed tree head; null: nothing is signed yet. */
  head(tx: Tx): Promise<{ size: number; root: string } | null>;
  names(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  categoryName(code: string): Promise<string>;
  sources: BriefSources;
  /** Null: there is no assistant, or it has nothing to say. Facts hold numbers and names of places only. */
  draft?(
    actor: Actor,
    facts: { briefId: string; areaCode: string; section: string; lines: readonly string[] },
  ): Promise<{ text: string; by: string } | null>;
  assistantOn?(): boolean;
}
