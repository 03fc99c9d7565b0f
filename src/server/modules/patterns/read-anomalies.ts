import type { patternRoutes } from '#contract/patterns.ts';
import type { Input, Output } from '#contract/route.ts';
import { countInterval, countLaw } from '#engine/stats/count-law.ts';
import { dayFactors, expectedOn, fitDays, varianceOf } from '#engine/stats/day-model.ts';
import { yearSeason } from '#engine/stats/year-season.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { addDays } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { calendarOf, historyOf } from './days.ts';
import { districtsOf, type LookedAt } from './nightly.ts';
import type { PatternParts } from './parts.ts';
import { lengthOf, mayThere, sightOf } from './place.ts';
import { countAreaDays } from './store-facts.ts';
import { countOpen, findAnomaly, listAnomalies, type AnomalyRow, type AnomalyWish } from './store-anomaly.ts';
import { findResults } from './store-result.ts';
import { seriesOf } from './series.ts';
import { areaName, kindNamer, type Kind } from './words.ts';

type Routes = typeof patternRoutes;
export type AnomalyView = Output<Routes['acknowledge']>['anomaly'];
type Anomalies = Output<Routes['anomalies']>;
type Detail = Output<Routes['anomaly']>;

const shownDays = 56;

interface Showing {
  parts: PatternParts;
  actor: Actor;
  nameOf: (code: string) => Kind;
  names: ReadonlyMap<string, string>;
}

async function showing(parts: PatternParts, tx: Tx, actor: Actor, rows: readonly AnomalyRow[]): Promise<Showing> {
  const names = await parts.names(
    tx,
    rows.flatMap(({ answeredBy }) => answeredBy ?? []),
  );
  return { parts, actor, nameOf: kindNamer((await parts.library()).categories), names };
}

function anomalyView(row: AnomalyRow, { parts, actor, nameOf, names }: Showing): AnomalyView {
  const {
    id,
    areaCode,
    day,
    untilHour,
    side,
    seen,
    low,
    high,
    p,
    q,
    series,
    state,
    answer,
    reason,
    quietUntil,
    version,
  } = row;
  return {
    id, areaCode, areaName: areaName(parts, areaCode), category: nameOf(row.category), day, untilHour, side, seen,
    expected: Math.round(row.expected * 10) / 10, low, high, p, q, series, state, answer, reason, quietUntil, version,
    foundAt: toIso(row.foundAt.getTime()), answeredBy: row.answeredBy === null ? null : (names.get(row.answeredBy) ?? null),
    answeredAt: row.answeredAt === null ? null : toIso(row.answeredAt.getTime()),
    mayAnswer: state === 'open' && mayThere(actor, 'analytics.edit', row.path),
  }; // prettier-ignore
}

/** One row as its reader sees it. */
export async function viewOf(parts: PatternParts, tx: Tx, actor: Actor, row: AnomalyRow): Promise<AnomalyView> {
  return anomalyView(row, await showing(parts, tx, actor, [row]));
}

/** Anomalies of an area, the latest day first. @throws AppError not_found, bad_input */
export async function readAnomalies(
  parts: PatternParts,
  actor: Actor,
  query: Input<Routes['anomalies']>['query'],
): Promise<Anomalies> {
  const { area } = sightOf(parts, actor, query.area);
  const { state, from, to, limit } = query;
  const districts = area.tier === 'city' ? districtsOf(parts).map(({ code }) => code) : area.path;
  return parts.database.read(scopeFor(actor, 'analytics.read'), async (tx) => {
    const wish: AnomalyWish = {
      areaCode: area.code,
      states: state,
      from,
      to,
      after: placeIn(query.cursor),
      limit: limit + 1,
    };
    const rows = await listAnomalies(tx, wish);
    const shown = rows.slice(0, limit);
    const show = await showing(parts, tx, actor, shown);
    const last = shown.at(-1);
    const looked = await parts.database.read(systemScope, (reading) =>
      findResults<LookedAt>(reading, 'anomalies', districts),
    );
    return {
      items: shown.map((row) => anomalyView(row, show)),
      next: rows.length > limit && last !== undefined ? `${last.day}_${last.id}` : null,
      open: await countOpen(tx, area.code),
      looked: lookedAt(looked),
    };
  });
}

function lookedAt(stored: readonly { reckonedAt: Date; result: LookedAt }[]): Anomalies['looked'] {
  const latest = stored.toSorted((a, b) => b.reckonedAt.getTime() - a.reckonedAt.getTime())[0];
  if (latest === undefined) return null;
  const sum = (of: 'series' | 'tooFew'): number => stored.reduce((total, { result }) => total + result[of], 0);
  return {
    at: toIso(latest.reckonedAt.getTime()),
    series: sum('series'),
    tooFew: sum('tooFew'),
    day: latest.result.day,
  };
}

function placeIn(cursor: string | undefined): { day: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const found = /^(\d{4}-\d\d-\d\d)_([0-9a-f-]{36})$/.exec(cursor);
  if (found === null)
    throw new AppError('bad_input', 'cursor: expected the value of `next` of the page before.', { field: 'cursor' });
  return { day: found[1] ?? '', id: found[2] ?? '' };
}

/** @throws AppError not_found, also where it is not the actor's to see */
export function noAnomaly(): AppError {
  return new AppError('not_found', 'There is no such anomaly, or it is not yours to see.');
}

/** An anomaly with the eight weeks before it. @throws AppError not_found */
export async function readAnomaly(parts: PatternParts, actor: Actor, id: string): Promise<Detail> {
  const [row, view] = await parts.database.read(scopeFor(actor, 'analytics.read'), async (tx) => {
    const found = await findAnomaly(tx, id);
    if (found === undefined) throw noAnomaly();
    return [found, await viewOf(parts, tx, actor, found)] as const;
  });
  return { anomaly: view, ...(await daysAround(parts, row)) };
}

/** The days before an anomaly as they were, and what each would have been expected to be by the same history. */
async function daysAround(parts: PatternParts, row: AnomalyRow): Promise<Pick<Detail, 'days' | 'factors'>> {
  const district = parts.territory.area(row.district);
  if (district === undefined) return { days: [], factors: [] };
  const { days, rows } = await parts.database.read(systemScope, async (tx) => {
    const history = (await historyOf(parts, tx, district, row.day)) ?? { from: row.day, to: row.day };
    return { days: history, rows: await countAreaDays(tx, { area: district, units: null, ...history }, row.untilHour) };
  });
  const wish = { district: district.code, firstDay: days.from, days: lengthOf(days) };
  const { pools, series } = seriesOf(rows, { ...wish, tiers: ['district', 'street', 'community'] });
  const line = series.find(({ areaCode, category }) => areaCode === row.areaCode && category === row.category);
  if (line === undefined) return { days: [], factors: [] };
  const { kinds, firstDayOfYear } = await calendarOf(parts, days);
  const whole = pools[line.pool]?.counts.slice(0, -1) ?? new Float64Array(0);
  const season = yearSeason(whole, firstDayOfYear, line.counts.length);
  const pool = dayFactors({ counts: whole, kinds, ...(season === undefined ? {} : { season }) });
  const history = { counts: line.counts.slice(0, -1), kinds, pool, ...(season === undefined ? {} : { season }) };
  const model = fitDays(history, parts.rules.half_life);
  const first = Math.max(0, line.counts.length - shownDays);
  return {
    factors: model === undefined ? [] : [...model.factors].map((one) => Math.round(one * 100) / 100),
    days: Array.from(line.counts.slice(first), (seen, k) => {
      const day = addDays(days.from, first + k);
      if (model === undefined) return { day, seen, expected: null, low: null, high: null };
      const expected = expectedOn(model, history, first + k);
      const interval = countInterval(countLaw(expected, varianceOf(model, expected)), parts.rules.anomaly_share);
      return { day, seen, expected: Math.round(expected * 10) / 10, ...interval };
    }),
  };
}
