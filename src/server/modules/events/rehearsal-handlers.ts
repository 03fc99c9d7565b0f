import type { rehearsalRoutes } from '#contract/rehearsals.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { adopt, askRehearsal, cancelRehearsal, propose, turnDown } from './commands-rehearsal.ts';
import { readCases, readRehearsal, readRehearsals, type RehearsalParts } from './queries-rehearsal.ts';

export function rehearsalHandlers(parts: RehearsalParts): Handlers<typeof rehearsalRoutes, { actor: Actor }> {
  return {
    list: ({ query }, { actor }) => readRehearsals(parts, actor, query),
    get: ({ params }, { actor }) => readRehearsal(parts, actor, params.id),
    ask: ({ body }, { actor }) => askRehearsal(parts, actor, body),
    cancel: ({ params, body }, { actor }) => cancelRehearsal(parts, actor, params.id, body),
    propose: ({ params, body }, { actor }) => propose(parts, actor, params.id, body),
    adopt: ({ params, body }, { actor }) => adopt(parts, actor, params.id, body),
    turnDown: ({ params, body }, { actor }) => turnDown(parts, actor, params.id, body),
    cases: ({ params, query }, { actor }) => readCases(parts, actor, params.id, query),
  };
}
