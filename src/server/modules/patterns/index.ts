import { addDays, dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { patternHandlers } from './handlers.ts';
import { hotSpots, type HotSpots } from './hot-spots.ts';
import { reckonHour, reckonNight, wasReckoned } from './nightly.ts';
import type { PatternParts } from './parts.ts';
import { viewOf, type AnomalyView } from './read-anomalies.ts';
import { forecastOf, type Forecasts } from './read-stored.ts';
import { flowIn, recurrencesOf, type Flow, type Recurrences } from './read-ways.ts';
import { listAnomalies } from './store-anomaly.ts';

export { patternRules } from './dictionary.ts';
export type { PatternParts } from './parts.ts';
export type { AnomalyView } from './read-anomalies.ts';
export type { HotSpots } from './hot-spots.ts';
export type { Forecasts } from './read-stored.ts';
export type { Flow, Recurrences } from './read-ways.ts';

/** An area by its path, its own code last; `days` back from yesterday where not said otherwise. */
interface Wish {
  path: readonly string[];
  days?: number;
  category?: string;
}

/** Asked in the name of the program: whoever asks has checked whose the area is. All throw AppError-free; unknown areas are empty. */
export interface PatternQueries {
  /** Not answered yet, the latest day first; at most 50. */
  openAnomalies(tx: Tx, wish: { path: readonly string[] }): Promise<AnomalyView[]>;
  /** Of the last `days` (28 unless said) up to yesterday, beside as many before. */
  hotSpots(tx: Tx, wish: Wish): Promise<HotSpots>;
  /** Next seven days as the night reckoned them. */
  forecast(tx: Tx, wish: { path: readonly string[] }): Promise<Forecasts>;
  /** Of the last `days` (182 unless said); the 50 most frequent. */
  recurrences(tx: Tx, wish: Wish): Promise<Recurrences>;
  /** By step unless units are asked for; the first node holds the greatest share of all time. */
  bottlenecks(tx: Tx, wish: Wish & { by?: 'units' | 'steps' }): Promise<Flow>;
}

export interface Patterns {
  handlers: ReturnType<typeof patternHandlers>;
  queries: PatternQueries;
  /** Nightly: yesterday's anomalies, next week, what is gathering. Answers how many anomalies are new. */
  reckonNight(): Promise<number>;
  /** The night's work where none was ever done. */
  reckonFirst(): Promise<void>;
  /** Hourly: today so far, what is gathering. Answers how many anomalies are new. */
  reckonHour(): Promise<number>;
}

/** Builds the module. */
export function createPatterns(parts: PatternParts): Patterns {
  const areaOf = (path: readonly string[]): Area => parts.territory.area(path.at(-1) ?? '') ?? parts.territory.city();
  const facts = ({ path, days = parts.rules.hot_days, category }: Wish) => {
    const to = addDays(dayOf(parts.clock.now()), -1);
    return { area: areaOf(path), units: null, from: addDays(to, 1 - days), to, category };
  };
  return {
    handlers: patternHandlers(parts),
    queries: {
      async openAnomalies(tx, { path }) {
        const rows = await listAnomalies(tx, { areaCode: areaOf(path).code, states: ['open'], limit: 50 });
        return Promise.all(rows.map((row) => viewOf(parts, tx, systemActor, row)));
      },
      hotSpots: (tx, wish) => hotSpots(parts, facts(wish), tx),
      forecast: (tx, { path }) => forecastOf(parts, tx, areaOf(path)),
      recurrences: (tx, wish) => recurrencesOf(parts, tx, facts({ days: 182, ...wish }), 50),
      bottlenecks: (tx, { by = 'steps', ...wish }) => flowIn(parts, tx, facts(wish), by),
    },
    reckonNight: () => reckonNight(parts),
    async reckonFirst() {
      if (await wasReckoned(parts)) return;
      await reckonNight(parts);
    },
    reckonHour: () => reckonHour(parts),
  };
}
