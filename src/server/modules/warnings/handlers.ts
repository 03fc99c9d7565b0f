import type { Handlers } from '#contract/route.ts';
import type { warningSourceRoutes } from '#contract/warning-sources.ts';
import type { warningRoutes } from '#contract/warnings.ts';
import { systemScope } from '#server/db/scope.ts';
import { addEffect, editEffect } from './commands-effect.ts';
import { cancelWarning, issueWarning, updateWarning } from './commands-issue.ts';
import { discardLetter, replayLetter, uploadWarning } from './commands-receive.ts';
import { addSource, editSource, getSource, renewSecret } from './commands-source.ts';
import type { WarningsCtx, WarningsParts } from './parts.ts';
import { pollSource } from './poll.ts';
import { listAllSources, listEffectsOn, listOpenLetters, listSeen, readLetter, readSeen } from './queries.ts';
import { listEffects } from './store-effect.ts';

export function createHandlers(parts: WarningsParts): Handlers<typeof warningRoutes, WarningsCtx> {
  return {
    list: ({ query }, { actor }) => listSeen(parts, actor, query),
    get: ({ params }, { actor }) => readSeen(parts, actor, params.id),
    issue: ({ body }, ctx) => issueWarning(parts, ctx, body),
    update: ({ params, body }, ctx) => updateWarning(parts, ctx, params.id, body),
    cancel: ({ params, body }, ctx) => cancelWarning(parts, ctx, params.id, body),
    upload: ({ body }, ctx) => uploadWarning(parts, ctx, body),
    kinds: async () => ({ items: parts.kinds.map(({ code, name, nameEn }) => ({ code, name, nameEn })) }),
    effects: async () => ({ items: await parts.database.read(systemScope, listEffects) }),
    running: ({ query }, { actor }) => listEffectsOn(parts, actor, query),
    addEffect: ({ body }, ctx) => addEffect(parts, ctx, body),
    editEffect: ({ params, body }, ctx) => editEffect(parts, ctx, params.id, body),
  };
}

export function createSourceHandlers(parts: WarningsParts): Handlers<typeof warningSourceRoutes, WarningsCtx> {
  return {
    sources: () => listAllSources(parts),
    addSource: ({ body }, ctx) => addSource(parts, ctx, body),
    editSource: ({ params, body }, ctx) => editSource(parts, ctx, params.id, body),
    newSecret: ({ params }, ctx) => renewSecret(parts, ctx, params.id),
    pollNow: async ({ params }) => pollSource(parts, (await getSource(parts, params.id)).id),
    letters: () => listOpenLetters(parts),
    letter: ({ params }) => readLetter(parts, params.id),
    replayLetter: ({ params }, ctx) => replayLetter(parts, ctx, params.id),
    discardLetter: ({ params, body }, ctx) => discardLetter(parts, ctx, params.id, body.reason),
  };
}
