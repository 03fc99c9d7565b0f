import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { readWords, type Indicator } from './dictionary.ts';
import { rebuild, refresh, tellsLong } from './follow.ts';
import { analyticsHandlers, analyticsUnitHandlers } from './handlers.ts';
import type { AnalyticsParts } from './parts.ts';
import { asOfNow } from './queries-cases.ts';
import { figuresOf, waitsOf, type IndicatorFigure, type WaitFigure } from './queries.ts';
import { sumRatings } from './rating-sums.ts';
import { gradeOf } from './rules.ts';
import { rollUp } from './store-rollups.ts';
import { spanFor, type Span, type Wish } from './scope.ts';
import { createShared } from './shared.ts';
import { countFacts, listFacts, type FactFilter, type FactRow } from './store-cases.ts';
import { countDaily, recountSteps, type CountWish, type DailyCount } from './store-figures.ts';

export type { AnalyticsParts } from './parts.ts';
export type { Indicator } from './dictionary.ts';
export type { IndicatorFigure, WaitFigure } from './queries.ts';
export type { FactFilter, FactRow } from './store-cases.ts';
export type { CountWish, DailyCount } from './store-figures.ts';
export type { Span } from './scope.ts';
export { createScreens, type Screens } from './screens.ts';
export type { ScreenAsk, WidgetSources } from './screen-parts.ts';

export interface Analytics {
  handlers: ReturnType<typeof analyticsHandlers>;
  /** Comparison of units, ratings between them, exclusions. */
  unitHandlers: ReturnType<typeof analyticsUnitHandlers>;
  queries: {
    /** What the actor asks about, checked against what they may read: ask the others only for what this answered. @throws AppError not_found, bad_input */
    spanFor(actor: Actor, wish: Wish): Span;
    /** The indicators of an area or a unit (days of report, both included), with the days before and a trend; all of them without `codes`. */
    indicators(tx: Tx, wish: CountWish, codes?: readonly string[]): Promise<IndicatorFigure[]>;
    waits(tx: Tx, wish: CountWish): Promise<WaitFigure[]>;
    /** What `indicators` counts, from the facts themselves: the peer of the bench. */
    recount: typeof recountSteps;
    /** The dictionary: names, formula, limits, source. */
    words(): ReadonlyMap<string, Indicator>;
    /** What is counted, in words. */
    measures(): ReadonlyMap<string, { name: string; nameEn: string }>;
    grade: typeof gradeOf;
    /** Facts that fit and that the transaction's scope shows (row-level security), newest first. */
    facts(tx: Tx, filter: FactFilter, limit: number): Promise<FactRow[]>;
    countFacts(tx: Tx, filter: FactFilter): Promise<number>;
    /** Reports by day, area of a tier and class, within the transaction's scope; see store-figures.ts. */
    dailyCounts(tx: Tx, wish: Parameters<typeof countDaily>[1]): Promise<DailyCount[]>;
    /** Ratings between units in a span, by the unit that was rated. */
    ratings: typeof sumRatings;
    /** How far the facts have followed the ledger. */
    asOf(tx: Tx): Promise<{ seq: number; at: string; told: boolean }>;
  };
  /** Follows the ledger to its end; the first time tells everything. Returns how many lines were read. */
  refresh(): Promise<number>;
  /** Tells everything again from the record. Returns the number of facts. */
  rebuild(): Promise<number>;
  /** Makes the rollups again from the facts that are there. */
  rollUp(): Promise<void>;
  /** Whether the next `refresh` has so much to tell that nobody should wait for it. */
  tellsLong(): Promise<boolean>;
}

/** Facts of events and the figures made of them. */
export function createAnalytics(given: AnalyticsParts): Analytics {
  const shared = createShared(given);
  const parts = { ...given, shared };
  // Told anew from the same lines: the cursor stands where it stood.
  const anew = async <T>(work: Promise<T>): Promise<T> => work.finally(() => shared.forget());
  return {
    handlers: analyticsHandlers(parts),
    unitHandlers: analyticsUnitHandlers(parts),
    queries: {
      spanFor: (actor, wish) => spanFor(parts, actor, wish),
      indicators: figuresOf,
      waits: waitsOf,
      recount: recountSteps,
      words: () => readWords().indicators,
      measures: () => readWords().measures,
      grade: gradeOf,
      facts: (tx, filter, limit) => listFacts(tx, filter, { limit }),
      countFacts,
      dailyCounts: countDaily,
      ratings: sumRatings,
      asOf: (tx) => asOfNow(parts, tx),
    },
    refresh: () => refresh(parts),
    rebuild: () => anew(rebuild(parts)),
    rollUp: () => anew(parts.database.inTx(systemScope, rollUp)),
    tellsLong: () => tellsLong(parts),
  };
}
