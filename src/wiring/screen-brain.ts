import type { WidgetData } from '#contract/screens-views.ts';
import { redact } from '#engine/text/personal-data.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { ScreenAsk, WidgetSources } from '#server/modules/analytics/index.ts';
import type { Patterns } from '#server/modules/patterns/index.ts';
import type { Texts } from '#server/modules/texts/index.ts';
import type { Parts } from './parts.ts';

/** The modules that find patterns and read texts. */
export interface Brain {
  texts: Texts;
  patterns: Patterns;
}

const hotDays = 30;
/** So many days of the past stand before the forecast. */
const pastDays = 14;

/** Widgets told by the brain: the area was checked before, so they are asked in the program's name and cut to the area. */
export function brainSources({ database }: Parts, { texts, patterns }: Brain): WidgetSources {
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.read(systemScope, work);
  return {
    hot_issues: ({ area }) => read((tx) => hotIssues(tx, texts, area.code)),
    anomalies: ({ area }) => read((tx) => anomalies(tx, patterns, area.path)),
    forecast: ({ area }) => read((tx) => forecast(tx, patterns, area.path)),
  };
}

/** Where reports gather, as circles. */
export async function hotSpotsOf(
  { database }: Parts,
  { patterns }: Brain,
  { area }: ScreenAsk,
): Promise<WidgetData['map']['hotSpots']> {
  const { acrossM, spots } = await database.read(systemScope, (tx) =>
    patterns.queries.hotSpots(tx, { path: area.path }),
  );
  return spots.map(({ lon, lat, seen, cells }) => ({
    lon,
    lat,
    events: seen,
    // A circle of the same ground as its squares.
    radiusM: Math.round(acrossM * Math.sqrt(Math.max(1, cells.length) / Math.PI)),
  }));
}

async function hotIssues(tx: Tx, texts: Texts, area: string): Promise<WidgetData['hot_issues']> {
  const rows = await texts.queries.hotIssues(tx, { path: area, days: hotDays, limit: 20 });
  return {
    items: rows.map(({ id, title, events, openEvents, heat, heatBefore }) => ({
      id,
      // Titles are made of residents' words.
      title: redact(title),
      events,
      openEvents,
      heat,
      rising: heat > heatBefore,
    })),
  };
}

async function anomalies(tx: Tx, { queries }: Patterns, path: readonly string[]): Promise<WidgetData['anomalies']> {
  const rows = await queries.openAnomalies(tx, { path });
  return {
    items: rows.map(({ id, areaName, category, day, untilHour, seen, expected }) => ({
      id,
      areaName,
      what: category.name,
      whatEn: category.nameEn,
      day,
      untilHour,
      count: seen,
      expected,
    })),
  };
}

/** Of all kinds together; of a city the sum of its districts, whose intervals are added up too: wider than needed, never narrower. */
async function forecast(
  tx: Tx,
  { queries }: Patterns,
  path: readonly string[],
): Promise<WidgetData['forecast'] | null> {
  const { items } = await queries.forecast(tx, { path });
  const all = items.filter(({ category }) => category.code === '');
  const [first] = all;
  if (first === undefined) return null;
  const sum = (values: readonly (number | undefined)[]): number =>
    values.reduce<number>((total, n) => total + (n ?? 0), 0);
  return {
    past: first.past.map(({ day }, k) => ({ day, count: sum(all.map(({ past }) => past[k]?.seen)) })).slice(-pastDays),
    next: first.next.map(({ day }, k) => ({
      day,
      middle: sum(all.map(({ next }) => next[k]?.expected)),
      low: sum(all.map(({ next }) => next[k]?.low)),
      high: sum(all.map(({ next }) => next[k]?.high)),
    })),
  };
}
