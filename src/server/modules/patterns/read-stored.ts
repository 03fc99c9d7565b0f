/** What the night reckoned, as pages show it. */
import type { patternRoutes } from '#contract/patterns.ts';
import type { Input, Output } from '#contract/route.ts';
import { boxOf, middleOf } from '#engine/stats/squares.ts';
import { toIso } from '#kit/clock.ts';
import { addDays } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { districtsOf, type KeptClusters, type KeptForecasts } from './nightly.ts';
import type { PatternParts } from './parts.ts';
import { daysOf, sightOf } from './place.ts';
import { findResults, type StoredResult } from './store-result.ts';
import { areaName, askedOf, kindNamer, placeAt } from './words.ts';

type Routes = typeof patternRoutes;
export type Clusters = Output<Routes['clusters']>;
export type Forecasts = Output<Routes['forecast']>;

/** Districts that an area lies in or holds: what is stored is stored by them. */
function districtCodes(parts: PatternParts, area: Area): string[] {
  if (area.tier === 'city') return districtsOf(parts).map(({ code }) => code);
  return area.path.filter((code) => parts.territory.area(code)?.tier === 'district');
}

function stampOf(stored: readonly StoredResult<unknown>[]): { reckonedAt: string | null; inputHash: string | null } {
  const latest = stored.toSorted((a, b) => b.reckonedAt.getTime() - a.reckonedAt.getTime())[0];
  return {
    reckonedAt: latest === undefined ? null : toIso(latest.reckonedAt.getTime()),
    inputHash: latest?.inputHash ?? null,
  };
}

/** What is gathering now. @throws AppError not_found */
export async function readClusters(
  parts: PatternParts,
  actor: Actor,
  query: Input<Routes['clusters']>['query'],
): Promise<Clusters> {
  const sight = sightOf(parts, actor, query.area);
  const stored = await parts.database.read(scopeOfStored(actor, sight.units), (tx) =>
    findResults<KeptClusters>(tx, 'clusters', districtCodes(parts, sight.area)),
  );
  const days = daysOf(parts.clock.now(), {}, parts.rules.scan_days);
  const nameOf = kindNamer((await parts.library()).categories);
  const items = stored.flatMap(({ result: { steps, draws, lastDay, items: kept } }) =>
    kept.flatMap(({ cells, llr: _llr, risk, expected, ...one }): Clusters['items'] => {
      const squares = cells.map((cell) => {
        const [column = 0, row = 0] = cell.split(':').map(Number);
        return { column, row };
      });
      const [lon = 0, lat = 0] = squares[0] === undefined ? [] : middleOf(steps, squares[0]);
      const place = placeAt(parts, lon, lat);
      if (parts.territory.area(place.areaCode)?.path.includes(sight.area.code) !== true) return [];
      return [{
        ...place, category: nameOf(one.category), from: addDays(lastDay, 1 - one.days), to: lastDay, days: one.days, seen: one.seen,
        likely: Math.round(expected * 10) / 10, times: risk === null || !Number.isFinite(risk) ? null : Math.round(risk * 10) / 10,
        p: one.p, draws, steps, cells, boxes: squares.map((square) => boxOf(steps, square)),
      }]; // prettier-ignore
    }),
  );
  const order = items.toSorted((a, b) => a.p - b.p || b.seen - a.seen);
  return {
    asked: askedOf(sight, days, null),
    items: order,
    ...stampOf(stored),
    tooLittle: stored.length === 0 ? 'history' : null,
  };
}

function scopeOfStored(actor: Actor, units: readonly string[] | null) {
  // Whoever answers for the area sees what lies in it; the district's result is cut to the area afterwards.
  return units === null ? systemScope : scopeFor(actor, 'analytics.read');
}

/** Next week. @throws AppError not_found */
export async function readForecast(
  parts: PatternParts,
  actor: Actor,
  query: Input<Routes['forecast']>['query'],
): Promise<Forecasts> {
  const sight = sightOf(parts, actor, query.area);
  return parts.database.read(scopeOfStored(actor, sight.units), (tx) => forecastOf(parts, tx, sight.area));
}

/** Next week of an area: of itself where it is a district or a street, else of the street it lies in; of every district for a city. */
export async function forecastOf(parts: PatternParts, tx: Tx, area: Area): Promise<Forecasts> {
  const stored = await findResults<KeptForecasts>(tx, 'forecast', districtCodes(parts, area));
  const nameOf = kindNamer((await parts.library()).categories);
  const wanted =
    area.tier === 'city'
      ? districtsOf(parts).map(({ code }) => code)
      : area.path.filter((code) => ['district', 'street'].includes(parts.territory.area(code)?.tier ?? '')).slice(-1);
  const items = stored.flatMap(({ lastDay, result }) =>
    result.items
      .filter(({ areaCode }) => wanted.includes(areaCode))
      .map(({ areaCode, category, past, next, trial }) => ({
        areaCode,
        areaName: areaName(parts, areaCode),
        category: nameOf(category),
        past: past.map((seen, k) => ({ day: addDays(lastDay, k + 1 - past.length), seen })),
        next: next.map(({ expected, low, high }, k) => ({
          day: addDays(lastDay, k + 1),
          expected: Math.round(expected * 10) / 10,
          low,
          high,
        })),
        trial,
      })),
  );
  const sum = ({ next }: (typeof items)[number]): number => next.reduce((total, { expected }) => total + expected, 0);
  const shown = wanted[0] ?? area.code;
  return {
    areaCode: area.tier === 'city' ? area.code : shown,
    areaName: areaName(parts, area.tier === 'city' ? area.code : shown),
    share: parts.rules.forecast_share,
    items: items.toSorted((a, b) => Number(a.category.code !== '') - Number(b.category.code !== '') || sum(b) - sum(a)),
    tooFew: stored.reduce((total, { result }) => total + result.tooFew, 0),
    ...stampOf(stored),
    tooLittle: items.length === 0 ? 'history' : null,
  };
}
