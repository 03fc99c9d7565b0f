import type { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { addDays, dayMs, dayOf, startOf } from '#kit/shanghai-days.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { quarterCases, ratesFor, streetsOf } from './commands-rating.ts';
import { readWords } from './dictionary.ts';
import type { AnalyticsParts } from './parts.ts';
import { fromCursor, toCursor } from './queries-exclusion.ts';
import { pairsOf, quarterOf, type Pair } from './rules-rating.ts';
import { readCategoryNames } from './store-class.ts';
import {
  listEnded,
  listRated,
  listRatings,
  sumMarks,
  type EndedCase,
  type RatingRow,
  type RatingSight,
} from './store-rating.ts';

type Routes = typeof analyticsUnitRoutes;

/** A case may be rated so long after it was closed. */
const openDays = 45;
const shownCases = 50;

export async function readCriteria(): Promise<Output<Routes['criteria']>> {
  const items = [...readWords().criteria.values()];
  return {
    items: items.map(({ code, side, name, nameEn, hint, hintEn, low }) => ({
      code,
      side,
      name,
      nameEn,
      hint,
      hintEn,
      low,
    })),
  };
}

function refOf({ territory }: AnalyticsParts, id: string) {
  const unit = territory.unit(id);
  return { id, name: unit?.name ?? '', nameEn: unit?.nameEn ?? '' };
}

/** What the actor's units may rate and have not yet: cases closed lately, and units of this quarter. */
export async function readDue(parts: AnalyticsParts, actor: Actor): Promise<Output<Routes['toRate']>> {
  const units = [...new Set(actor.grants.map(({ unitId }) => unitId))].filter((id) => ratesFor(actor, id));
  const nowMs = parts.clock.now();
  const quarter = quarterOf(dayOf(nowMs));
  const since = Math.min(startOf(addDays(dayOf(nowMs), -openDays)), startOf(quarter.from));
  return parts.database.read(systemScope, async (tx) => {
    const streets = streetsOf(parts.territory, units);
    const ended = await listEnded(tx, { units, streets, since: new Date(since), limit: quarterCases });
    const rated = await listRated(tx, units);
    const due = ended.flatMap((found) =>
      pairsOf(found, parts.territory)
        .filter(({ raterId }) => units.includes(raterId))
        .map((pair) => ({ found, pair })),
    );
    const cases = due.filter(
      ({ found, pair }) =>
        found.closedAt.getTime() >= nowMs - openDays * dayMs &&
        !rated.has(`${pair.raterId}|${pair.ratedId}|${found.id}`),
    );
    const shown = cases.slice(0, shownCases);
    const names = await readCategoryNames(
      tx,
      shown.map(({ found }) => found.categoryCode),
    );
    return {
      cases: shown.map(({ found, pair }) => ({
        event: { id: found.id, number: found.number },
        category: names.get(found.categoryCode)?.name ?? found.categoryCode,
        categoryEn: names.get(found.categoryCode)?.nameEn ?? found.categoryCode,
        closedAt: toIso(found.closedAt.getTime()),
        rater: refOf(parts, pair.raterId),
        rated: refOf(parts, pair.ratedId),
        side: pair.side,
      })),
      quarter: quarter.name,
      units: unitsDue(parts, due, { rated, quarter }),
    };
  });
}

function unitsDue(
  parts: AnalyticsParts,
  due: readonly { found: EndedCase; pair: Pair }[],
  { rated, quarter }: { rated: ReadonlySet<string>; quarter: { name: string; from: string } },
): Output<Routes['toRate']>['units'] {
  const within = due.filter(({ found }) => dayOf(found.closedAt.getTime()) >= quarter.from);
  const byPair = Map.groupBy(within, ({ pair }) => `${pair.raterId}|${pair.ratedId}|${quarter.name}`);
  return [...byPair]
    .filter(([key]) => !rated.has(key))
    .flatMap(([, list]) => {
      const pair = list[0]?.pair;
      if (pair === undefined) return [];
      return [
        { rater: refOf(parts, pair.raterId), rated: refOf(parts, pair.ratedId), side: pair.side, cases: list.length },
      ];
    })
    .toSorted((a, b) => a.rated.name.localeCompare(b.rated.name, 'zh-CN'));
}

function sightOf(actor: Actor): RatingSight {
  const { seeAll, areas, units } = scopeFor(actor, 'analytics.read');
  return { all: seeAll, areas, units };
}

/** Ratings given and received by the actor's units, and those within their area, latest first. @throws AppError bad_input */
export async function readRatings(
  parts: AnalyticsParts,
  actor: Actor,
  { side, cursor, limit }: Input<Routes['ratings']>['query'],
): Promise<Output<Routes['ratings']>> {
  const before = cursor === undefined ? undefined : fromCursor(cursor);
  const sight = sightOf(actor);
  return parts.database.read(systemScope, async (tx) => {
    const found = await listRatings(tx, { sight, side, before, limit: limit + 1 });
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return {
      items: rows.map((row) => toView(parts, actor, row)),
      next: found.length > limit && last !== undefined ? toCursor(last.ratedAt.toISOString(), last.id) : null,
    };
  });
}

function toView(parts: AnalyticsParts, actor: Actor, row: RatingRow): Output<Routes['ratings']>['items'][number] {
  return {
    id: row.id,
    rater: refOf(parts, row.raterUnitId),
    rated: refOf(parts, row.ratedUnitId),
    event: row.eventId === null ? null : { id: row.eventId, number: row.number ?? '' },
    quarter: row.quarter,
    marks: row.marks,
    reason: row.reason,
    at: toIso(row.ratedAt.getTime()),
    answer: row.answer,
    answeredAt: row.answeredAt === null ? null : toIso(row.answeredAt.getTime()),
    version: row.version,
    mayAnswer: row.answer === null && ratesFor(actor, row.ratedUnitId),
  };
}

/** Means by criterion of each rated unit; below the least number nothing is told. */
export async function readSummary(
  parts: AnalyticsParts,
  actor: Actor,
  { from, to }: Input<Routes['ratingSummary']>['query'],
): Promise<Output<Routes['ratingSummary']>> {
  const last = to ?? dayOf(parts.clock.now());
  const days = { from: from ?? addDays(last, -364), to: last };
  const criteria = [...readWords().criteria.values()];
  const least = Math.max(1, ...criteria.map((one) => one.least));
  const sums = await parts.database.read(systemScope, (tx) => sumMarks(tx, sightOf(actor), days));
  const units = [...Map.groupBy(sums, ({ unitId }) => unitId)].flatMap(([unitId, marks]) =>
    (['up', 'down'] as const).flatMap((side) => {
      const asked = criteria.filter((one) => one.side === side);
      const rows = asked.map(({ code }) => {
        const sum = marks.find((one) => one.code === code);
        const count = sum?.count ?? 0;
        return { code, count, mean: count < least || sum === undefined ? null : sum.sum / count };
      });
      const count = Math.max(0, ...rows.map((row) => row.count));
      return count === 0 ? [] : [{ unit: refOf(parts, unitId), side, count, marks: rows }];
    }),
  );
  return { least, units: units.toSorted((a, b) => a.unit.name.localeCompare(b.unit.name, 'zh-CN')) };
}
