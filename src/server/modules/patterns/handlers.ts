import type { patternRoutes } from '#contract/patterns.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { acknowledge } from './commands.ts';
import { readHotSpots } from './hot-spots.ts';
import type { PatternParts } from './parts.ts';
import { readAnomalies, readAnomaly } from './read-anomalies.ts';
import { readCases } from './read-cases.ts';
import { readClusters, readForecast } from './read-stored.ts';
import { readFlow, readRecurrences } from './read-ways.ts';

export function patternHandlers(parts: PatternParts): Handlers<typeof patternRoutes, { actor: Actor }> {
  return {
    hotSpots: ({ query }, { actor }) => readHotSpots(parts, actor, query),
    cases: ({ query }, { actor }) => readCases(parts, actor, query),
    clusters: ({ query }, { actor }) => readClusters(parts, actor, query),
    anomalies: ({ query }, { actor }) => readAnomalies(parts, actor, query),
    anomaly: ({ params }, { actor }) => readAnomaly(parts, actor, params.id),
    acknowledge: ({ params, body }, { actor }) => acknowledge(parts, actor, params.id, body),
    recurrences: ({ query }, { actor }) => readRecurrences(parts, actor, query),
    flow: ({ query }, { actor }) => readFlow(parts, actor, query),
    forecast: ({ query }, { actor }) => readForecast(parts, actor, query),
  };
}
