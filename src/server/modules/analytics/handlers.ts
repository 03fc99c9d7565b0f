import type { analyticsRoutes } from '#contract/analytics.ts';
import type { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { decideExclusion, liftExclusion, proposeExclusion, withdrawExclusion } from './commands-exclusion.ts';
import { answerRating, rateUnit } from './commands-rating.ts';
import { listCases } from './queries-cases.ts';
import { readExclusions } from './queries-exclusion.ts';
import { readCriteria, readDue, readRatings, readSummary } from './queries-rating.ts';
import { compareUnits } from './queries-units.ts';
import { getFigures, getMap, readDictionaries } from './queries.ts';
import type { SharedParts } from './shared.ts';

export function analyticsHandlers(parts: SharedParts): Handlers<typeof analyticsRoutes, { actor: Actor }> {
  return {
    words: () => readDictionaries(parts),
    figures: ({ query }, { actor }) => getFigures(parts, actor, query),
    map: ({ query }, { actor }) => getMap(parts, actor, query),
    cases: ({ query }, { actor }) => listCases(parts, actor, query),
  };
}

export function analyticsUnitHandlers(parts: SharedParts): Handlers<typeof analyticsUnitRoutes, { actor: Actor }> {
  return {
    compare: ({ query }, { actor }) => compareUnits(parts, actor, query),
    exclusions: ({ query }, { actor }) => readExclusions(parts, actor, query),
    propose: ({ body }, { actor }) => proposeExclusion(parts, actor, body),
    decide: ({ params, body }, { actor }) => decideExclusion(parts, actor, params.id, body),
    withdraw: ({ params, body }, { actor }) => withdrawExclusion(parts, actor, params.id, body),
    lift: ({ params, body }, { actor }) => liftExclusion(parts, actor, params.id, body),
    criteria: () => readCriteria(),
    toRate: (_input, { actor }) => readDue(parts, actor),
    ratings: ({ query }, { actor }) => readRatings(parts, actor, query),
    ratingSummary: ({ query }, { actor }) => readSummary(parts, actor, query),
    rate: ({ body }, { actor }) => rateUnit(parts, actor, body),
    answer: ({ params, body }, { actor }) => answerRating(parts, actor, params.id, body),
  };
}
