/** What goes on by itself: events are followed, old messages forgotten, words sent to other platforms. */
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { groupRule } from './dictionary.ts';
import { photoSubject, sealedAt, type GroupsParts } from './parts.ts';
import { endedStatuses, toldStatuses } from './rules.ts';
import { saveOutgoing, takeDue, type DueOutgoing } from './store-bridge.ts';
import { findGroup, touch } from './store-group.ts';
import { deletePhotos, eraseMessages, listFollowed, saveEventStatus } from './store-message.ts';
import { tellGroup } from './to-event.ts';
import { record } from './access.ts';

/** Tells groups how the events made of their messages stand. State-based: what was missed is told at the next turn. */
export async function followEvents(parts: GroupsParts): Promise<number> {
  const followed = await parts.database.read(systemScope, listFollowed);
  const stands = await parts.events.standsAt([...new Set(followed.map(({ eventId }) => eventId))]);
  let told = 0;
  for (const message of followed) {
    const to = stands.get(message.eventId);
    if (to === undefined || to === message.eventStatus) continue;
    await parts.database.inTx(systemScope, async (tx) => {
      const group = await findGroup(tx, systemScope, message.groupId, true);
      const open = group !== undefined && !endedStatuses.has(to);
      if (!(await saveEventStatus(tx, message.id, { from: message.eventStatus, to, open: open || to === 'closed' })))
        return;
      const atMs = parts.clock.now();
      if (group !== undefined && toldStatuses.has(to))
        await tellGroup(parts, tx, { group, message, number: message.eventNumber, status: to, atMs });
      else {
        const at = group ?? { id: message.groupId, areas: [], district: '000000' };
        const subject = { type: 'group_message', id: message.id };
        await record(tx, {
          actor: systemActor,
          action: 'group.message',
          group: at,
          subject,
          atMs,
          data: { status: to },
        });
        if (group !== undefined) await touch(tx, group.id, null);
      }
      told++;
    });
  }
  return told;
}

const dayMs = 86_400_000;

/** Daily: messages older than they may be kept are emptied, their photos let go. How many. */
export async function forgetOld(parts: GroupsParts, limit = 1000): Promise<number> {
  const atMs = parts.clock.now();
  const before = new Date(atMs - groupRule('keep_days') * dayMs);
  return parts.database.inTx(systemScope, async (tx) => {
    const erased = await eraseMessages(tx, { before, limit }, new Date(atMs));
    if (erased.length === 0) return 0;
    await deletePhotos(tx, erased);
    await parts.events.photos.releaseOf(tx, photoSubject, erased);
    const city = parts.territory.city().code;
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'group.forget',
      subject: { type: 'area', id: city },
      district: city,
      atMs,
      data: { messages: erased.length, before: before.toISOString() },
    });
    return erased.length;
  });
}

const turn = 20;
const mostTries = 8;
const firstWaitMs = 15_000;

/** Sends what is due to other platforms; waits longer after each failure, gives up after eight. */
export async function sendOutgoing(parts: GroupsParts): Promise<number> {
  const { sendOut } = parts;
  if (sendOut === undefined) return 0;
  const nowMs = parts.clock.now();
  const due = await parts.database.inTx(systemScope, (tx) =>
    takeDue(tx, new Date(nowMs), new Date(nowMs + 120_000), turn),
  );
  for (const one of due) {
    const outcome = await sendOut({
      groupId: one.groupId,
      kind: one.kind,
      target: one.target,
      secrets: JSON.parse(parts.vault.open(one.secrets, sealedAt.secrets)) as Record<string, string>,
      text: one.text,
    }).then(
      () => ({ sentAt: new Date(parts.clock.now()) }),
      (error: unknown) => failed(parts, one, error),
    );
    await parts.database.inTx(systemScope, (tx) => saveOutgoing(tx, one.id, outcome));
  }
  return due.length;
}

function failed(parts: GroupsParts, { tries }: DueOutgoing, error: unknown) {
  const at = parts.clock.now();
  const words = (error instanceof Error ? error.message : 'unknown').slice(0, 300);
  return tries >= mostTries
    ? { failedAt: new Date(at), error: words }
    : { nextAt: new Date(at + firstWaitMs * 2 ** (tries - 1)), error: words };
}
