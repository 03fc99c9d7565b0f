import type { analyticsRoutes } from '#contract/analytics.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { AnalyticsParts } from './parts.ts';
import { listCases } from './queries-cases.ts';
import { getFigures, getMap, readDictionaries } from './queries.ts';

export function analyticsHandlers(parts: AnalyticsParts): Handlers<typeof analyticsRoutes, { actor: Actor }> {
  return {
    words: () => readDictionaries(parts),
    figures: ({ query }, { actor }) => getFigures(parts, actor, query),
    map: ({ query }, { actor }) => getMap(parts, actor, query),
    cases: ({ query }, { actor }) => listCases(parts, actor, query),
  };
}
