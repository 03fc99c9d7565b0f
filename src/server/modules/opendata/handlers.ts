import type { openReleaseRoutes } from '#contract/opendata.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { publishMonth } from './commands.ts';
import type { OpenDataParts } from './parts.ts';
import { listReleases, previewMonth } from './queries.ts';

export function openReleaseHandlers(parts: OpenDataParts): Handlers<typeof openReleaseRoutes, { actor: Actor }> {
  return {
    list: (_input, { actor }) => listReleases(parts, actor),
    preview: ({ query }, { actor }) => previewMonth(parts, actor, query),
    publish: ({ body }, { actor }) => publishMonth(parts, actor, body),
  };
}
