import type { Handlers } from '#contract/route.ts';
import type { serviceFigureRoutes } from '#contract/service-figures.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { FigureParts } from './figures-parts.ts';
import { getDemand, getFigures, getToday } from './figures-queries.ts';
import { listCounted } from './figures-records.ts';

export function figureHandlers(
  parts: FigureParts,
): Handlers<Omit<typeof serviceFigureRoutes, 'report'>, { actor: Actor }> {
  return {
    get: ({ query }, { actor }) => getFigures(parts, actor, query),
    demand: ({ query }, { actor }) => getDemand(parts, actor, query),
    records: ({ query }, { actor }) => listCounted(parts, actor, query),
    today: (_input, { actor }) => getToday(parts, actor),
  };
}
