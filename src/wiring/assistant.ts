import { assistantRoutes } from '#contract/assistant.ts';
import { eventRoutes } from '#contract/events.ts';
import { mount } from '#server/http/mount.ts';
import { createAssistant, type Assistant } from '#server/modules/assistant/index.ts';
import { createOutgoing } from '#server/net/guarded-fetch.ts';
import type { Joined, Parts } from './parts.ts';

/** The assistant: off unless an endpoint is configured; its way out leads to that endpoint and nowhere else. */
export function joinAssistant(parts: Parts): Joined & { assistant: Assistant } {
  const { app, config, database, territory, clock, events, doors } = parts;
  const settings = config.assistant;
  const host = settings === null ? '' : new URL(settings.baseUrl).hostname.replace(/^\[|\]$/g, '');
  const outgoing = settings === null ? null : createOutgoing({ allow: settings.allowPrivate ? [host] : [] });
  const assistant = createAssistant({
    database,
    territory,
    clock,
    settings,
    outgoing,
    event: async (actor, id) =>
      eventRoutes.get.response.parse(await events.handlers.get({ params: { id }, query: {}, body: {} }, { actor })),
  });
  mount(app, assistantRoutes, assistant.handlers, doors);
  return { assistant, stop: async () => outgoing?.close() };
}
