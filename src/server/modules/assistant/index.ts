import type { assistantRoutes, Draft } from '#contract/assistant.ts';
import type { Handlers } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createBrake } from './brake.ts';
import { confirmUse, createLateDrafts, discardUse, draftForEvent } from './commands.ts';
import { makeDraft, type Desk, type DraftWish } from './draft.ts';
import { createSpeaker } from './endpoint.ts';
import type { AssistantParts } from './parts.ts';
import { readEventUses, readState } from './queries.ts';

export type { DraftWish } from './draft.ts';
export type { AssistantParts, AssistantSettings } from './parts.ts';

export interface Assistant {
  handlers: Handlers<typeof assistantRoutes, { actor: Actor }>;
  /** Whether an endpoint is configured at all. */
  readonly on: boolean;
  /** For modules above: a text a machine wrote, to be confirmed by a human; null when it is off or there is none. Never throws. */
  draft(wish: DraftWish): Promise<Draft | null>;
}

/** Builds the module. Without settings nothing is asked, made or shown; every route but `state` says that it is off. */
export function createAssistant(parts: AssistantParts): Assistant {
  const { settings, outgoing } = parts;
  const late = createLateDrafts();
  const desk: Desk | null =
    settings === null || outgoing === null
      ? null
      : { parts, settings, speak: createSpeaker(settings, outgoing), brake: createBrake(settings.perMinute) };
  const needed = (): Desk => {
    if (desk === null)
      throw new AppError('assistant_off', 'No model is configured here. See docs/assistant.md, or write it yourself.');
    return desk;
  };
  return {
    on: desk !== null,
    draft: async (wish) => (desk === null ? null : makeDraft(desk, wish).catch(() => null)),
    handlers: {
      state: (_, { actor }) => readState(parts, desk, actor),
      event: async ({ params, body }, { actor }) => draftForEvent(needed(), late, actor, params.id, body),
      eventUses: ({ params }, { actor }) => readEventUses(parts, actor, params.id),
      confirm: ({ params, body }, { actor }) => confirmUse(parts, actor, params.id, body),
      discard: ({ params, body }, { actor }) => discardUse(parts, actor, params.id, body),
    },
  };
}
