import type { needRoutes } from '#contract/needs.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { describeNeed, mergeNeeds, recordVoice, settleNeed, splitNeed } from './commands.ts';
import { importHotline } from './import.ts';
import type { NeedsParts } from './parts.ts';
import { guessNeed, listOwnNeeds, readHistory, readNeed, readWords, tallyOwn } from './queries.ts';

export function needHandlers(parts: NeedsParts): Handlers<Omit<typeof needRoutes, 'export'>, { actor: Actor }> {
  return {
    words: async () => readWords(parts),
    list: ({ query }, { actor }) => listOwnNeeds(parts, actor, query),
    tally: ({ query }, { actor }) => tallyOwn(parts, actor, query),
    get: ({ params }, { actor }) => readNeed(parts, actor, params.id),
    history: ({ params }, { actor }) => readHistory(parts, actor, params.id),
    guess: ({ body }, { actor }) => guessNeed(parts, actor, body),
    hear: ({ body }, { actor }) => recordVoice(parts, actor, body),
    describe: ({ params, body }, { actor }) => describeNeed(parts, actor, params.id, body),
    settle: ({ params, body }, { actor }) => settleNeed(parts, actor, params.id, body),
    merge: ({ params, body }, { actor }) => mergeNeeds(parts, actor, params.id, body),
    split: ({ params, body }, { actor }) => splitNeed(parts, actor, params.id, body),
    import: ({ body }, { actor }) => importHotline(parts, actor, body),
  };
}
