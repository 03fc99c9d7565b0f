import { randomUUID } from 'node:crypto';
import type { Tx } from '#server/db/pool.ts';
import type { Companion } from '#server/modules/events/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { assertLinkStands } from './link-stands.ts';
import { settleStep } from './commands-open.ts';
import type { OperationsDeps } from './parts.ts';
import { findOperation, listSteps } from './store-operation.ts';

/**
 * What the room does within the event's own commands: a link that was taken back meanwhile stops them, and a recorded call
 * ticks the step of the plan that asked for it.
 */
export function companionOf(kit: OperationsDeps): Companion {
  return {
    async before(tx, actor) {
      if (actor.linkId !== undefined) await assertLinkStands(tx, actor.linkId, kit.clock.now());
    },
    async after(tx, actor, { eventId, callNumber }) {
      if (callNumber !== null) await tickCall(kit, tx, actor, { eventId, callNumber });
    },
  };
}

const digits = (number: string): string => number.replaceAll(/[\s-]/g, '');

/** Ticks the first open step that asks for a call to this number. */
async function tickCall(
  kit: OperationsDeps,
  tx: Tx,
  actor: Actor,
  { eventId, callNumber }: { eventId: string; callNumber: string },
): Promise<void> {
  const operation = await findOperation(tx, eventId);
  if (operation === undefined || operation.endedMs !== null) return;
  const step = (await listSteps(tx, operation.id, 'lock')).find(
    ({ status, body }) =>
      status === 'todo' && body.kind === 'call' && digits(body.call?.number ?? '') === digits(callNumber),
  );
  if (step === undefined) return;
  const rows = await kit.events.joint.look(tx, eventId);
  const grant = kit.events.joint.standing(actor, rows, 'event.annotate', 'field') ?? null;
  const nowMs = kit.clock.now();
  const room = { tx, kit, actor, rows, operation, grant, nowMs, opId: randomUUID() };
  await settleStep(room, operation, step, { do: 'done', reason: '' });
}
