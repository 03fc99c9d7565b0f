import { assistantKinds, type assistantRoutes } from '#contract/assistant.ts';
import type { Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { eventFor } from './commands.ts';
import type { Desk } from './draft.ts';
import type { AssistantParts } from './parts.ts';
import { countUses, listUsesOf } from './store-use.ts';

type Routes = typeof assistantRoutes;

const countedMs = 30 * 86_400_000;

/** Whether it is on, what is asked where, and how it has been used. Never the key. */
export async function readState(
  parts: AssistantParts,
  desk: Desk | null,
  actor: Actor,
): Promise<Output<Routes['state']>> {
  if (desk === null)
    return {
      on: false,
      model: null,
      host: null,
      kinds: [],
      timeoutS: null,
      perMinute: null,
      restsUntil: null,
      uses: [],
    };
  const { settings, brake } = desk;
  const nowMs = parts.clock.now();
  const rests = brake.restsUntil(nowMs);
  return {
    on: true,
    model: settings.model,
    host: new URL(settings.baseUrl).host,
    kinds: [...assistantKinds],
    timeoutS: settings.timeoutMs / 1_000,
    perMinute: settings.perMinute,
    restsUntil: rests === null ? null : toIso(rests),
    uses: await parts.database.read(scopeFor(actor, 'assistant.use'), (tx) =>
      countUses(tx, new Date(nowMs - countedMs)),
    ),
  };
}

/** What was drafted about an event the actor sees, and who answered for it. */
export async function readEventUses(
  parts: AssistantParts,
  actor: Actor,
  id: string,
): Promise<Output<Routes['eventUses']>> {
  await eventFor(parts, actor, id);
  const rows = await parts.database.read(systemScope, (tx) => listUsesOf(tx, { type: 'event', id }));
  return {
    items: rows.map(({ model, askedAt, decidedAt, ...row }) => ({
      ...row,
      by: model,
      at: askedAt.toISOString(),
      decidedAt: decidedAt === null ? null : decidedAt.toISOString(),
    })),
  };
}
