import type { Permission } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { CaseRows } from '#server/modules/events/index.ts';
import { ledgerActorOf, scopeOf, senderOf, type Actor, type Grant } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { assertLinkStands } from './link-stands.ts';
import type { OperationsDeps } from './parts.ts';
import { findOperation, type OperationRow } from './store-operation.ts';
import { insertMessage, type MessageKind } from './store-room.ts';

/** What a command in the room holds. */
export interface Room {
  tx: Tx;
  kit: OperationsDeps;
  actor: Actor;
  rows: CaseRows;
  /** undefined before it is opened. */
  operation: OperationRow | undefined;
  /** null for the program itself. */
  grant: Grant | null;
  nowMs: number;
  opId: string;
}

export interface OperationResult {
  operationId: string;
  eventId: string;
  at: string;
  ledgerId: string | null;
}

interface Wanted {
  eventId: string;
  /** Route of the operation id: 'operation.<verb>'. */
  route: string;
  body: { opId: string };
  permission: Permission;
  who: 'field' | 'joint';
}

/**
 * The road of every command in a room: claim the opId → lock the event through the actor's sight → standing → work; all
 * in one transaction.
 * @throws AppError not_found when the event or its room is not the actor's to see, not_allowed when they may only look
 */
export function inRoom<T>(
  kit: OperationsDeps,
  actor: Actor,
  wanted: Wanted,
  work: (room: Room) => Promise<T>,
): Promise<T> {
  const { eventId, route, body, permission, who } = wanted;
  const op = { opId: body.opId, actor: senderOf(actor), route, request: { eventId, ...body } };
  return once(kit.database, scopeOf(actor), op, async (tx) => {
    const rows = await kit.events.joint.look(tx, eventId, 'lock');
    if (actor.linkId !== undefined) await assertLinkStands(tx, actor.linkId, kit.clock.now());
    const grant = standingOf(kit, actor, rows, permission, who);
    const operation = await findOperation(tx, eventId);
    return work({ tx, kit, actor, rows, operation, grant, nowMs: kit.clock.now(), opId: body.opId });
  });
}

function standingOf(
  { events }: OperationsDeps,
  actor: Actor,
  rows: CaseRows,
  permission: Permission,
  who: 'field' | 'joint',
): Grant | null {
  if (actor.kind === 'system') return null;
  const grant = events.joint.standing(actor, rows, permission, who);
  if (grant !== undefined) return grant;
  // Whoever only reported it follows their receipt; the room is for those who work on it.
  if (events.joint.standing(actor, rows, 'event.read', 'field') === undefined)
    throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
  throw new AppError(
    'not_allowed',
    who === 'joint'
      ? `This is for the desk that owns the event, the lead unit or a centre above it, with "${permission}".`
      : `None of your appointments at this event carries "${permission}".`,
  );
}

/** The room while it can be acted in. @throws AppError transition_not_allowed when it was never opened or has ended */
export function openOperation({ operation, rows }: Room): OperationRow {
  const { status, version } = rows.event;
  if (operation === undefined)
    throw new AppError('transition_not_allowed', 'No joint operation has been opened for this event. Open it first.', {
      status,
      version,
    });
  if (operation.endedMs !== null || rows.event.endedMs !== null)
    throw new AppError('transition_not_allowed', 'The joint operation has ended; its room is only read now.', {
      status,
      version,
    });
  return operation;
}

export interface Said {
  kind: MessageKind;
  action: `operation.${string}`;
  words?: string;
  /** Facts for the room and for the ledger line alike: ids, codes, times, shapes; no words of people. */
  data?: Record<string, unknown>;
  attachmentIds?: string[];
  tell?: readonly string[];
}

/** One message in the room, and its ledger line. Answers what every command of the room answers. */
export async function say(room: Room, operation: OperationRow, said: Said): Promise<OperationResult> {
  const { tx, actor, rows, grant, nowMs } = room;
  const { kind, action, words = '', data = {}, attachmentIds = [], tell = [] } = said;
  const id = uuidV7(nowMs);
  await insertMessage(tx, operation.id, {
    id,
    kind,
    words,
    data,
    attachmentIds,
    accountId: actor.accountId,
    unitId: grant?.unitId ?? null,
    linkId: actor.linkId ?? null,
    atMs: nowMs,
  });
  const ledgerId = await append(tx, {
    actor: ledgerActorOf(actor, grant?.unitId ?? null),
    action,
    subject: { type: 'operation', id: operation.id },
    district: rows.event.district,
    atMs: nowMs,
    data: {
      eventId: rows.event.id,
      number: rows.event.number,
      messageId: id,
      ...(actor.linkId === undefined ? {} : { linkId: actor.linkId }),
      ...(attachmentIds.length === 0 ? {} : { photos: attachmentIds.length }),
      ...data,
    },
    words: { words },
    audience: [...new Set([...room.kit.events.joint.audience(rows), ...tell])],
    opId: room.opId,
  });
  return { operationId: operation.id, eventId: rows.event.id, at: toIso(nowMs), ledgerId };
}
