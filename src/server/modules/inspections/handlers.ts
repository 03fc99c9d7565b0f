import type { inspectionRoutes } from '#contract/inspections.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { recordInspection } from './commands-record.ts';
import { saveRule } from './commands-rule.ts';
import type { InspectionsParts } from './parts.ts';
import { countAround, listCycles, listTasks, listToday, readHistory, readOfEvent } from './queries.ts';

export function inspectionHandlers(
  parts: InspectionsParts,
): Handlers<Omit<typeof inspectionRoutes, 'photo'>, { actor: Actor }> {
  return {
    today: (_input, { actor }) => listToday(parts, actor),
    tasks: ({ query }, { actor }) => listTasks(parts, actor, query),
    record: ({ params, body }, { actor }) => recordInspection(parts, actor, { taskId: params.id }, body),
    inspect: ({ params, body }, { actor }) => recordInspection(parts, actor, { pointId: params.id }, body),
    history: ({ params, query }, { actor }) => readHistory(parts, actor, params.id, query.limit),
    careAround: ({ params }, { actor }) => countAround(parts, actor, params.id),
    ofEvent: ({ params }, { actor }) => readOfEvent(parts, actor, params.id),
    rules: () => listCycles(parts),
    saveRule: ({ body }, { actor }) => saveRule(parts, actor, body),
  };
}
