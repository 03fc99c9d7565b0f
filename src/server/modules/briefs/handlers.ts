import type { briefRoutes } from '#contract/briefs.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { discardBrief, issueBrief, makeBrief, reckonBrief, writeRemark } from './commands.ts';
import type { BriefsParts } from './parts.ts';
import { readBrief, readBriefs, readChoices, suggestRemark } from './queries.ts';
import { setSchedule } from './schedule.ts';

export function briefHandlers(parts: BriefsParts): Handlers<Omit<typeof briefRoutes, 'file'>, { actor: Actor }> {
  return {
    list: ({ query }, { actor }) => readBriefs(parts, actor, query),
    choices: (_input, { actor }) => readChoices(parts, actor),
    get: ({ params }, { actor }) => readBrief(parts, actor, params.id),
    make: ({ body }, { actor }) => makeBrief(parts, actor, body),
    reckon: ({ params, body }, { actor }) => reckonBrief(parts, actor, params.id, body),
    write: ({ params, body }, { actor }) => writeRemark(parts, actor, params.id, body),
    suggest: ({ params, body }, { actor }) => suggestRemark(parts, actor, { ...params, ...body }),
    issue: ({ params, body }, { actor }) => issueBrief(parts, actor, params.id, body),
    discard: ({ params, body }, { actor }) => discardBrief(parts, actor, params.id, body),
    schedule: ({ body }, { actor }) => setSchedule(parts, actor, body),
  };
}
