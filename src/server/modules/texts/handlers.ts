import type { Handlers } from '#contract/route.ts';
import type { textRoutes } from '#contract/texts.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { advise, type AdviseTools } from './advise.ts';
import type { Alike } from './alike.ts';
import { mergeIssue } from './commands.ts';
import { learn } from './learn.ts';
import type { TextParts } from './parts.ts';
import { modelView, readFigures, readIssue, readIssues, readSimilar, similarTo } from './queries.ts';

export function textHandlers(
  parts: TextParts,
  tools: AdviseTools & { alike: Alike },
): Handlers<typeof textRoutes, { actor: Actor }> {
  const { alike, models } = tools;
  return {
    advise: ({ params }, { actor }) => advise(parts, tools, actor, params.id),
    similar: ({ params }, { actor }) => readSimilar(parts, alike, actor, params.id),
    similarTo: ({ body: { text, lon, lat } }, { actor }) =>
      similarTo(parts, alike, actor, { title: '', text, lon, lat, atMs: parts.clock.now() }),
    issues: ({ query }, { actor }) => readIssues(parts, actor, query),
    issue: ({ params }, { actor }) => readIssue(parts, actor, params.id),
    mergeIssue: ({ params, body }, { actor }) => mergeIssue(parts, actor, params.id, body),
    figures: ({ query }) => readFigures(parts, alike, query.days),
    learn: async (_, { actor }) => {
      const made = await learn(parts, ledgerActor(actor));
      await models.refresh();
      return { models: made.map(modelView) };
    },
  };
}
