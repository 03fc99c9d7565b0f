import type * as z from 'zod';
import type { linkView } from '#contract/operations-views.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { CaseRows } from '#server/modules/events/index.ts';
import { ledgerActorOf, scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { inRoom, openOperation, say, type OperationResult, type Room } from './in-room.ts';
import type { OperationsDeps } from './parts.ts';
import { maskPhone, stateOfLink } from './rules.ts';
import { findLink, insertLink, listLinks, revokeLink, type LinkRow } from './store-link.ts';
import { unitView } from './views.ts';

/** Signed links: how an agency without accounts is given its task. */

export const phoneContext = 'task_link.phone';
export const personNameContext = 'task_link.person_name';
export const personPhoneContext = 'task_link.person_phone';

interface LinkAnswer {
  link: z.input<typeof linkView>;
  secret: string;
  path: string;
}

const openTask = ['offered', 'accepted', 'on_site'];

/**
 * Makes a link to one open task. The secret is derived from its id and never stored, so repeating the opId tells it again.
 * @throws AppError not_found (no such task here), transition_not_allowed (task or operation ended)
 */
export async function createLink(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  body: { opId: string; taskId: string; phone: string; hours: number },
): Promise<LinkAnswer> {
  const wanted = { eventId, route: 'operation.link', body, permission: 'event.dispatch', who: 'joint' } as const;
  const { id } = await inRoom(kit, actor, wanted, async (room) => {
    const operation = openOperation(room);
    const task = room.rows.tasks.find((one) => one.id === body.taskId);
    if (task === undefined) throw new AppError('not_found', 'taskId: no such task at this event.');
    if (!openTask.includes(task.status))
      throw new AppError('transition_not_allowed', `This task is ${task.status}; a link would open nothing.`, {
        status: room.rows.event.status,
        taskStatus: task.status,
      });
    const link = await makeLink(room, task, body);
    await say(room, operation, {
      kind: 'link',
      action: 'operation.link',
      data: {
        what: 'create',
        newLinkId: link.id,
        taskId: task.id,
        taskUnitId: task.unitId,
        expiresAt: toIso(link.expiresMs),
      },
    });
    return { id: link.id };
  });
  const secret = secretOf(kit, id);
  return { link: await readLink(kit, actor, eventId, id), secret, path: `/t/${secret}` };
}

function secretOf({ vault }: OperationsDeps, linkId: string): string {
  return vault.deriveSecret(linkId, 'task_link');
}

async function makeLink(
  { tx, kit, actor, rows, nowMs }: Room,
  task: CaseRows['tasks'][number],
  body: { phone: string; hours: number },
): Promise<{ id: string; expiresMs: number }> {
  const id = uuidV7(nowMs);
  const expiresMs = nowMs + body.hours * 3_600_000;
  await insertLink(tx, {
    id,
    eventId: rows.event.id,
    taskId: task.id,
    unitId: task.unitId,
    district: rows.event.district,
    secretHash: digestSecret(secretOf(kit, id)),
    phone: body.phone.trim() === '' ? null : kit.vault.seal(body.phone, phoneContext),
    createdMs: nowMs,
    createdBy: actor.accountId,
    expiresMs,
  });
  return { id, expiresMs };
}

async function readLink(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  id: string,
): Promise<z.input<typeof linkView>> {
  return kit.database.read(scopeOf(actor), async (tx) => {
    const rows = await kit.events.joint.look(tx, eventId);
    const link = (await listLinks(tx, eventId)).find((one) => one.id === id);
    if (link === undefined) throw new AppError('not_found', 'There is no such link at this event.');
    return toLinkView(kit, link, rows);
  });
}

export function toLinkView(
  kit: Pick<OperationsDeps, 'vault' | 'territory' | 'clock'>,
  link: LinkRow,
  rows: CaseRows,
): z.input<typeof linkView> {
  const { vault, territory, clock } = kit;
  const task = rows.tasks.find((one) => one.id === link.taskId);
  return {
    id: link.id,
    taskId: link.taskId,
    unit: unitView(territory, link.unitId),
    state: stateOfLink(link, task?.status ?? 'withdrawn', clock.now()),
    createdAt: toIso(link.createdMs),
    expiresAt: toIso(link.expiresMs),
    revokedAt: link.revokedMs === null ? null : toIso(link.revokedMs),
    openedCount: link.openedCount,
    lastOpenedAt: link.lastOpenedMs === null ? null : toIso(link.lastOpenedMs),
    phoneMasked: link.phone === null ? '' : maskPhone(vault.open(link.phone, phoneContext)),
    personName: link.personName === null ? null : vault.open(link.personName, personNameContext),
  };
}

/** From now on the link answers that it was taken back. It may be revoked after the operation has ended too. */
export function takeBackLink(
  kit: OperationsDeps,
  actor: Actor,
  at: { eventId: string; linkId: string },
  body: { opId: string; reason: string },
): Promise<OperationResult> {
  const wanted = {
    eventId: at.eventId,
    route: 'operation.revoke_link',
    body: { ...body, linkId: at.linkId },
    permission: 'event.dispatch',
    who: 'joint',
  } as const;
  return inRoom(kit, actor, wanted, async (room) => {
    const { tx, rows, operation, grant, nowMs } = room;
    const link = await findLink(tx, at.eventId, at.linkId);
    if (link === undefined || operation === undefined)
      throw new AppError('not_found', 'There is no such link at this event.');
    if (!(await revokeLink(tx, link.id, nowMs)))
      throw new AppError('transition_not_allowed', 'This link was taken back already.');
    const ledgerId = await append(tx, {
      actor: ledgerActorOf(actor, grant?.unitId ?? null),
      action: 'operation.revoke_link',
      subject: { type: 'operation', id: operation.id },
      district: rows.event.district,
      atMs: nowMs,
      data: { eventId: rows.event.id, number: rows.event.number, revokedLinkId: link.id, taskId: link.taskId },
      words: { reason: body.reason },
      audience: kit.events.joint.audience(rows),
      opId: body.opId,
    });
    return { operationId: operation.id, eventId: rows.event.id, at: toIso(nowMs), ledgerId };
  });
}
