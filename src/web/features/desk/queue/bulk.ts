import { useSyncExternalStore } from 'react';
import { eventRoutes } from '#contract/events.ts';
import type { ClientInput, ClientOutput } from '#contract/route.ts';
import { ask } from '#web/app/ask.ts';
import { createUndoQueue } from './undo-queue.ts';

export const bulkVerbs = ['receive', 'file', 'decline', 'shelve', 'supervise', 'urge'] as const;
export type BulkVerb = (typeof bulkVerbs)[number];

/** One act on many events. Each item's opId is made here, once: sending again cannot act twice. */
export interface BulkAct {
  verb: BulkVerb;
  items: readonly { id: string; opId: string; number: string; title: string }[];
  reason: string;
  reviewAt?: string;
}

export type BulkResult = ClientOutput<typeof eventRoutes.bulkFile>['results'];

/** How long an act can be taken back before it leaves. */
export const undoMs = 6_000;

export const bulkQueue = createUndoQueue<BulkAct, BulkResult>(undoMs, async (act) => {
  const body: ClientInput<typeof eventRoutes.bulkFile>['body'] = {
    items: act.items.map(({ id, opId }) => ({ id, opId })),
    reason: act.reason,
    ...(act.reviewAt === undefined ? {} : { reviewAt: act.reviewAt }),
  };
  const { results } = await ask(eventRoutes.bulkFile, { params: { verb: act.verb }, body }, { timeoutMs: 60_000 });
  return results;
});

export function useBulkActs() {
  return useSyncExternalStore(bulkQueue.subscribe, bulkQueue.list);
}

/** Verbs whose act on many events needs a reason. */
export function needsReason(verb: BulkVerb): boolean {
  return verb === 'decline' || verb === 'shelve' || verb === 'supervise';
}
