import { textOf } from '#web/i18n/area.ts';
import { fieldDay } from '#web/i18n/field-day.ts';
import { toast } from '#web/ui/light/Toast.tsx';
import type { Command, NewPhoto, OtherAct, Receipt } from './command.ts';
import { askForSync } from './register-worker.ts';
import type { Holder } from './use-field.ts';

/** What another feature of this face wants done: now if there is a network, else as soon as there is one. */
export interface NewAct extends Omit<OtherAct, 'lane'> {
  lane?: string;
  /** What the person recognises it by in the list of what is unsent, in their language. */
  title: string;
  /** As the route takes it, without `opId` and `at`: the outbox adds both, and `attachments` where there are photos. */
  body: Record<string, unknown>;
  photos?: readonly NewPhoto[];
}

/** How the first attempt ended: acknowledged, refused (a person decides), or still waiting. */
export type ActEnd = { state: 'sent'; receipt: Receipt } | { state: 'refused' | 'waiting'; command: Command };

/**
 * Keeps an act on this device, then sends it. Resolves when it is kept: from then on nothing is lost and nothing is done
 * twice. `ended` says how the first attempt went; a refusal shows itself in the bar and on its own page as well.
 * @throws Error where the act must be sealed and the page has no cryptography (no TLS); the person has been told
 */
export async function keepAct(
  { account, runner }: Holder,
  { kind, path, lane, page, sealed, title, body, photos = [] }: NewAct,
): Promise<{ opId: string; ended: Promise<ActEnd> }> {
  if (sealed === true && !runner.locker.able) {
    toast(textOf(fieldDay).cannotSeal);
    throw new Error('This page has no cryptography: what tells of somebody may not be kept on this device.');
  }
  const other: OtherAct = { kind, path, lane: lane ?? null, page, ...(sealed === undefined ? {} : { sealed }) };
  const { command, sent } = await runner.add({
    account: account.id,
    verb: 'other',
    other,
    eventId: null,
    title,
    seenStatus: null,
    seenVersion: null,
    body,
    photos,
  });
  void askForSync();
  return { opId: command.opId, ended: sent.then(() => endOf(runner, command)) };
}

function endOf(runner: Holder['runner'], command: Command): ActEnd {
  const { receipts, commands } = runner.view();
  const receipt = receipts.find(({ opId }) => opId === command.opId);
  if (receipt !== undefined) return { state: 'sent', receipt };
  const left = commands.find(({ opId }) => opId === command.opId) ?? command;
  return { state: left.refusal === null ? 'waiting' : 'refused', command: left };
}
