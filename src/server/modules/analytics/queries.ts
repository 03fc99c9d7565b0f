import type { analyticsRoutes } from '#contract/analytics.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { addDays, daysBetween } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { readWords, type Indicator } from './dictionary.ts';
import type { AnalyticsParts } from './parts.ts';
import { asOfNow } from './queries-cases.ts';
import { bucketEnd, gradeOf, quantile } from './rules.ts';
import { spanFor, type Span } from './scope.ts';
import type { SharedParts } from './shared.ts';
import { listMainClasses } from './store-class.ts';
import {
  addUp,
  countChildren,
  countSteps,
  countWaits,
  type Counts,
  type CountWish,
  type StepCounts,
} from './store-figures.ts';
import { waits } from './measures.ts';

type Routes = typeof analyticsRoutes;
export type IndicatorFigure = Output<Routes['figures']>['indicators'][number];
export type WaitFigure = Output<Routes['figures']>['waits'][number];

/** The dictionary of the figures, for screens and papers. */
export async function readDictionaries(parts: AnalyticsParts): Promise<Output<Routes['words']>> {
  const { indicators, measures, exclusions } = readWords();
  const named = (code: string) => {
    const word = measures.get(code);
    return { code, name: word?.name ?? code, nameEn: word?.nameEn ?? code };
  };
  return {
    indicators: [...indicators.values()]
      .toSorted((a, b) => a.sort - b.sort)
      .map(({ numerator, denominator, leftOut, certain: _certain, sort: _sort, ...rest }) => ({
        ...rest,
        numerator: numerator === '' ? null : named(numerator),
        denominator: denominator === '' ? null : named(denominator),
        leftOut: leftOut.map(named),
      })),
    measures: [...measures.keys()].map(named),
    exclusions: [...exclusions.values()].map(({ code, name, nameEn }) => ({ code, name, nameEn })),
    classes: await parts.database.read(systemScope, listMainClasses),
  };
}

/** Days between two, both included. */
const lengthOf = (from: string, to: string): number => daysBetween(from, to) + 1;

/** The days just before, as many. */
export function daysBefore({ from, to }: { from: string; to: string }): { from: string; to: string } {
  return { from: addDays(from, -lengthOf(from, to)), to: addDays(from, -1) };
}

/** All indicators of a span, or those named, with the same of the days before. */
export async function figuresOf(tx: Tx, wish: CountWish, codes?: readonly string[]): Promise<IndicatorFigure[]> {
  const before = daysBefore(wish);
  // By day up to two months, by week beyond: the last step ends with the span.
  const step = lengthOf(wish.from, wish.to) > 62 ? 7 : 1;
  const steps = await countSteps(tx, { ...wish, earlier: before.from, step });
  const now = steps.filter(({ at }) => at >= 0);
  const total = addUp(now);
  const earlier = addUp(steps.filter(({ at }) => at < 0));
  const chosen = [...readWords().indicators.values()].filter(({ code }) => codes?.includes(code) ?? true);
  return chosen
    .toSorted((a, b) => a.sort - b.sort)
    .map((one) => ({
      ...valueIn(one, total),
      before: valueIn(one, earlier).value,
      trend: one.kind === 'none' ? [] : trendOf(one, now, { ...wish, step }),
    }));
}

/** One indicator from counts. */
export function valueIn(one: Indicator, counts: Counts): Omit<IndicatorFigure, 'before' | 'trend'> {
  const numerator = counts[one.numerator] ?? 0;
  const denominator = one.kind === 'share' ? (counts[one.denominator] ?? 0) : numerator;
  const value =
    one.kind === 'count' ? numerator : one.kind === 'none' || denominator === 0 ? null : numerator / denominator;
  return {
    code: one.code,
    value,
    numerator,
    denominator,
    excluded: one.leftOut.map((measure) => ({ measure, count: counts[measure] ?? 0 })).filter(({ count }) => count > 0),
    grade: gradeOf(one, value, denominator),
    few: one.kind === 'share' && one.limits.length > 0 && denominator < one.least,
  };
}

function trendOf(
  one: Indicator,
  rows: readonly StepCounts[],
  { from, to, step }: CountWish & { step: number },
): IndicatorFigure['trend'] {
  const steps = Math.ceil(lengthOf(from, to) / step);
  const trend = Array.from({ length: steps }, (_, i) => {
    const last = addDays(from, (i + 1) * step - 1);
    return { from: addDays(from, i * step), to: last < to ? last : to, numerator: 0, denominator: 0 };
  });
  for (const row of rows) {
    const at = trend[row.at];
    if (at === undefined) continue;
    at.numerator += row[one.numerator] ?? 0;
    at.denominator += row[one.kind === 'share' ? one.denominator : one.numerator] ?? 0;
  }
  return trend;
}

/** Waiting times of a span: median and ninth tenth with their histogram. */
export async function waitsOf(tx: Tx, wish: CountWish): Promise<WaitFigure[]> {
  const all = await countWaits(tx, wish);
  return waits.map(({ code }, at) => {
    const counts = all[at] ?? [];
    const last = counts.findLastIndex((n) => n > 0);
    return {
      code,
      count: counts.reduce((sum, n) => sum + n, 0),
      medianMinutes: quantile(counts, 0.5),
      p90Minutes: quantile(counts, 0.9),
      bins: counts.slice(0, last + 1).map((count, bucket) => ({ toMinutes: bucketEnd(bucket), count })),
    };
  });
}

export const wishOf = ({ area, unit, from, to, class: code }: Span): CountWish => ({
  area,
  unit: unit?.id,
  from,
  to,
  class: code,
});

const asked = ({ area, unit, from, to, class: code }: Span) => [area?.code, unit?.id, from, to, code];

/** @throws AppError not_found, bad_input */
export async function getFigures(
  parts: SharedParts,
  actor: Actor,
  query: Input<Routes['figures']>['query'],
): Promise<Output<Routes['figures']>> {
  const span = spanFor(parts, actor, query);
  const { area, unit, from, to } = span;
  const question = ['figures', ...asked(span)];
  return parts.shared.answer(scopeFor(actor, 'analytics.read'), question, async (tx) => ({
    place: placeView(area),
    unit: unit === undefined ? null : { id: unit.id, name: unit.name, nameEn: unit.nameEn },
    from,
    to,
    before: daysBefore(span),
    indicators: await figuresOf(tx, wishOf(span)),
    waits: await waitsOf(tx, wishOf(span)),
    asOf: await asOfNow(parts, tx),
  }));
}

const placeView = (area: Span['area']) =>
  area === undefined ? null : { code: area.code, name: area.name, tier: area.tier };

/** One indicator in each area directly below. @throws AppError not_found, bad_input */
export async function getMap(
  parts: SharedParts,
  actor: Actor,
  query: Input<Routes['map']>['query'],
): Promise<Output<Routes['map']>> {
  const one = readWords().indicators.get(query.indicator);
  if (one === undefined || one.kind === 'none')
    throw new AppError('bad_input', `indicator: expected one that is counted here, found ${query.indicator}.`, {
      field: 'indicator',
    });
  const span = spanFor(parts, actor, query);
  const { area, from, to } = span;
  const below = area === undefined ? [] : parts.territory.children(area.code);
  const question = ['map', one.code, ...asked(span)];
  return parts.shared.answer(scopeFor(actor, 'analytics.read'), question, async (tx) => {
    const rows = area === undefined ? [] : await countChildren(tx, { ...wishOf(span), area });
    const counts = new Map(rows.map((row) => [row.area, row]));
    return {
      place: placeView(area),
      from,
      to,
      areas: below.map(({ code, name }) => {
        const { excluded: _excluded, ...found } = valueIn(one, counts.get(code) ?? {});
        return { ...found, code, name };
      }),
      asOf: await asOfNow(parts, tx),
    };
  });
}
