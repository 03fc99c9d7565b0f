import type { Shape } from '#contract/operations-views.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { inRoom, openOperation, say, type OperationResult } from './in-room.ts';
import type { OperationsDeps } from './parts.ts';
import { checkShape } from './rules.ts';
import { deletePosition, findPosition, listMessages, savePosition } from './store-room.ts';

/** What is said and drawn in the room. */

interface Claim {
  id: string;
  token?: string | undefined;
}

const field = { permission: 'event.annotate', who: 'field' } as const;

/** Words, photos or both. `taskId`: the task of whoever speaks behind a link. @throws AppError bad_input when there is neither */
export function sendMessage(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  body: { opId: string; words: string; attachments: readonly Claim[] },
  taskId: string | null = null,
): Promise<OperationResult> {
  return inRoom(kit, actor, { eventId, route: 'operation.message', body, ...field }, async (room) => {
    const operation = openOperation(room);
    if (body.words === '' && body.attachments.length === 0)
      throw new AppError('bad_input', 'words: expected words or at least one photo, found neither.');
    const attachmentIds = await kit.events.joint.claim(room.tx, body.attachments, {
      eventId,
      taskId,
      accountId: actor.accountId,
    });
    return say(room, operation, {
      kind: attachmentIds.length === 0 ? 'message' : 'photo',
      action: 'operation.message',
      words: body.words,
      attachmentIds,
    });
  });
}

/** Keeps people away from an area. @throws AppError bad_input for a shape that is none */
export function setCordon(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  body: { opId: string; shape: Shape; words: string },
): Promise<OperationResult> {
  return inRoom(kit, actor, { eventId, route: 'operation.cordon', body, ...field }, async (room) =>
    say(room, openOperation(room), {
      kind: 'cordon',
      action: 'operation.cordon',
      words: body.words,
      data: { shape: checkShape(body.shape) },
    }),
  );
}

/** The drawing stays in the record; a later message says that it no longer holds. */
export function liftCordon(
  kit: OperationsDeps,
  actor: Actor,
  at: { eventId: string; messageId: string },
  body: { opId: string; reason: string },
): Promise<OperationResult> {
  const { eventId, messageId } = at;
  const wanted = { eventId, route: 'operation.lift_cordon', body: { ...body, messageId }, ...field };
  return inRoom(kit, actor, wanted, async (room) => {
    const operation = openOperation(room);
    const messages = await listMessages(room.tx, operation.id);
    if (!messages.some((one) => one.kind === 'cordon' && one.id === messageId))
      throw new AppError('not_found', 'There is no such cordon in this room.');
    if (messages.some((one) => one.kind === 'cordon_lift' && one.data['cordonId'] === messageId))
      throw new AppError('transition_not_allowed', 'This cordon was lifted already.');
    return say(room, operation, {
      kind: 'cordon_lift',
      action: 'operation.lift_cordon',
      words: body.reason,
      data: { cordonId: messageId },
    });
  });
}

/**
 * Shows where the actor is, inside this operation only and for the minutes declared. The first declaration is said in the
 * room; later positions within the time replace it: the last place is kept, never a trail.
 */
export function sharePosition(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  body: { opId: string; lon: number; lat: number; accuracyM: number | null; minutes: number; words: string },
): Promise<OperationResult> {
  return inRoom(kit, actor, { eventId, route: 'operation.position', body, ...field }, async (room) => {
    const operation = openOperation(room);
    const { tx, nowMs, grant } = room;
    const accountId = personOf(actor);
    const runs = await findPosition(tx, operation.id, accountId, nowMs);
    // Within a running declaration the time stays what was declared.
    const untilMs = runs ?? nowMs + body.minutes * 60_000;
    const { lon, lat, accuracyM, words } = body;
    await savePosition(tx, operation.id, {
      accountId,
      unitId: grant?.unitId ?? null,
      lon,
      lat,
      accuracyM,
      words,
      atMs: nowMs,
      untilMs,
    });
    if (runs !== null)
      return { operationId: operation.id, eventId: operation.eventId, at: toIso(nowMs), ledgerId: null };
    return say(room, operation, {
      kind: 'position',
      action: 'operation.position',
      words,
      data: { what: 'share', until: toIso(untilMs) },
    });
  });
}

export function stopPosition(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  body: { opId: string },
): Promise<OperationResult> {
  return inRoom(kit, actor, { eventId, route: 'operation.stop_position', body, ...field }, async (room) => {
    const operation = openOperation(room);
    const gone = await deletePosition(room.tx, operation.id, personOf(actor));
    if (!gone) return { operationId: operation.id, eventId, at: toIso(room.nowMs), ledgerId: null };
    return say(room, operation, { kind: 'position', action: 'operation.position', data: { what: 'stop' } });
  });
}

function personOf(actor: Actor): string {
  if (actor.accountId === null) throw new AppError('not_allowed', 'Only a signed-in person shares a position.');
  return actor.accountId;
}
