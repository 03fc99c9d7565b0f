import type { Handlers } from '#contract/route.ts';
import type { shortfallRoutes } from '#contract/shortfalls.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { addProblem, editDemand, editProblem } from './commands.ts';
import { readMatches } from './matches.ts';
import type { ShortfallsParts } from './parts.ts';
import { produce } from './produce.ts';
import { readDemand, readDemands, readProblem, readProblems, readStanding } from './queries.ts';

export function shortfallHandlers(
  parts: ShortfallsParts,
): Handlers<Omit<typeof shortfallRoutes, 'export'>, { actor: Actor }> {
  return {
    problems: ({ query }, { actor }) => readProblems(parts, actor, query),
    problem: ({ params }, { actor }) => readProblem(parts, actor, params.id),
    addProblem: ({ body }, { actor }) => addProblem(parts, actor, body),
    editProblem: ({ params, body }, { actor }) => editProblem(parts, actor, params.id, body),
    demands: ({ query }, { actor }) => readDemands(parts, actor, query),
    demand: ({ params }, { actor }) => readDemand(parts, actor, params.id),
    editDemand: ({ params, body }, { actor }) => editDemand(parts, actor, params.id, body),
    matches: ({ params }, { actor }) => readMatches(parts, actor, params.id),
    standing: ({ query }, { actor }) => readStanding(parts, actor, query),
    produce: ({ body }, { actor }) => produce(parts, actor, body),
  };
}
