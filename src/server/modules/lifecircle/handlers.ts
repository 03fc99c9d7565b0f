import type { Handlers } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { cancelRun } from './commands.ts';
import { drawIsochrones } from './isochrones.ts';
import { marksOf } from './marks.ts';
import { readMatrix } from './matrix.ts';
import { measureByHand } from './measure.ts';
import { getRun, listAllNetworks, listRuns, listWords, readCell, readCells, type QueryParts } from './queries.ts';

export function lifecircleHandlers(
  parts: QueryParts,
): Handlers<Omit<typeof lifecircleRoutes, 'addNetwork'>, { actor: Actor }> {
  return {
    words: () => listWords(parts),
    networks: ({ query }) => listAllNetworks(parts, query),
    marks: async ({ params, query }) => marksOf((await parts.networks.load(params.version)).network, query),
    runs: ({ query }, { actor }) => listRuns(parts, actor, query),
    measure: ({ body }, { actor }) => measureByHand(parts, actor, body),
    run: ({ params }, { actor }) => getRun(parts, actor, params.id),
    cancel: ({ params, body }, { actor }) => cancelRun(parts, actor, params.id, body),
    matrix: ({ params, query }, { actor }) => readMatrix(parts, actor, params.id, query.area),
    cells: ({ params, query }, { actor }) => readCells(parts, actor, params.id, query),
    cell: ({ params }, { actor }) => readCell(parts, actor, params),
    isochrones: ({ params, query }, { actor }) => drawIsochrones(parts, actor, params.id, query),
  };
}
