import type { Handlers } from '#contract/route.ts';
import type { serviceRoutes } from '#contract/services.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { correctService, followAid, noteCall, noteWant } from './commands-after.ts';
import { recordServices } from './commands-record.ts';
import type { ServicesParts } from './parts.ts';
import { listServices, readCounter, readToday, readWords } from './queries.ts';

export function serviceHandlers(parts: ServicesParts): Handlers<typeof serviceRoutes, { actor: Actor }> {
  return {
    counter: (_input, { actor }) => readCounter(parts, actor),
    record: ({ params, body }, { actor }) => recordServices(parts, actor, params.id, body),
    list: (input, { actor }) => listServices(parts, actor, input),
    correct: (input, { actor }) => correctService(parts, actor, input),
    aid: (input, { actor }) => followAid(parts, actor, input),
    called: (input, { actor }) => noteCall(parts, actor, input),
    want: (input, { actor }) => noteWant(parts, actor, input),
    words: async () => readWords(),
    today: (_input, { actor }) => readToday(parts, actor),
  };
}
