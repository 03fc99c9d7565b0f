import type * as z from 'zod';
import { verbs } from '#contract/events-words.ts';
import { shape, type cordonView, type feedItem } from '#contract/operations-views.ts';
import { toIso } from '#kit/clock.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import type { TimelineLine } from '#server/modules/ledger/index.ts';
import type { MessageRow } from './store-room.ts';
import { doerView, type Names } from './views.ts';

type FeedItem = z.input<typeof feedItem>;

/** Which of the words of an event's line says most to the room. */
const wordKeys = ['result', 'reason', 'note', 'instruction', 'words', 'title'] as const;

/** The event's own timeline and what was said in the room, as one, oldest first. */
export function feedOf(
  territory: Territory,
  { lines, messages, names }: { lines: readonly TimelineLine[]; messages: readonly MessageRow[]; names: Names },
): FeedItem[] {
  // Within one millisecond each keeps its own order: lines by the version they made, messages as they were added.
  const steps = lines.toSorted((a, b) => Number(a.data['version'] ?? 0) - Number(b.data['version'] ?? 0));
  return [
    ...steps.flatMap((line) => fromLine(territory, line, names)),
    ...messages.map((message) => fromMessage(territory, message, names)),
  ].toSorted((a, b) => a.at.localeCompare(b.at));
}

function fromLine(territory: Territory, line: TimelineLine, names: Names): FeedItem[] {
  const verb = verbs.find((one) => line.action === `event.${one}`);
  if (verb === undefined) return [];
  const linkId = typeof line.data['linkId'] === 'string' ? line.data['linkId'] : null;
  const said = wordKeys.map((key) => line.words?.[key]).find((text) => typeof text === 'string' && text !== '');
  return [
    {
      id: line.id,
      at: line.at.toISOString(),
      kind: 'event',
      verb,
      by: doerView(territory, names, { accountId: line.actorId, unitId: line.actorUnitId, linkId }),
      words: typeof said === 'string' ? said : '',
      data: line.data,
      attachments: [],
    },
  ];
}

function fromMessage(territory: Territory, message: MessageRow, names: Names): FeedItem {
  const { id, kind, words, data, attachmentIds, atMs } = message;
  return {
    id,
    at: toIso(atMs),
    kind,
    verb: null,
    by: doerView(territory, names, message),
    words,
    data,
    attachments: attachmentIds,
  };
}

/** Cordons that have not been lifted. */
export function cordonsOf(
  territory: Territory,
  messages: readonly MessageRow[],
  names: Names,
): z.input<typeof cordonView>[] {
  const lifted = new Set(messages.flatMap((one) => (one.kind === 'cordon_lift' ? [one.data['cordonId']] : [])));
  return messages.flatMap((one) => {
    if (one.kind !== 'cordon' || lifted.has(one.id)) return [];
    const drawn = shape.safeParse(one.data['shape']);
    if (!drawn.success) return [];
    const { id, words } = one;
    return [{ id, shape: drawn.data, words, by: doerView(territory, names, one), at: toIso(one.atMs) }];
  });
}
