import { eventRoutes } from '#contract/events.ts';
import { ask } from '#web/app/ask.ts';
import { useAct } from '#web/app/use-act.ts';
import type { Claim } from '../parts/PhotoClaims.tsx';
import { eventsKey, type Task } from '../queries.ts';

/** What may be done about one unit's task from the room, in the order of the buttons. */
export const taskVerbs = ['accept', 'arrive', 'finish', 'return', 'hand_over', 'waive', 'withdraw'] as const;
export type TaskVerb = (typeof taskVerbs)[number];

export interface TaskWish {
  verb: TaskVerb;
  /** Result or reason. */
  text: string;
  /** Why there is no photo. */
  noPhoto: string;
  photos: readonly Claim[];
}

/** One press is enough; the others ask for words. */
export function isQuick(verb: TaskVerb): boolean {
  return verb === 'accept' || verb === 'arrive';
}

export function useTaskAct(eventId: string, task: Task) {
  const params = { id: eventId };
  return useAct(
    (wish: TaskWish, opId) => {
      const base = { opId, taskId: task.id };
      const reason = wish.text.trim();
      if (wish.verb === 'accept') return ask(eventRoutes.accept, { params, body: base });
      if (wish.verb === 'arrive') return ask(eventRoutes.arrive, { params, body: base });
      if (wish.verb === 'return') return ask(eventRoutes.return, { params, body: { ...base, reason } });
      if (wish.verb === 'hand_over') return ask(eventRoutes.handOver, { params, body: { ...base, reason } });
      if (wish.verb === 'waive') return ask(eventRoutes.waive, { params, body: { ...base, reason } });
      if (wish.verb === 'withdraw') return ask(eventRoutes.withdraw, { params, body: { ...base, reason } });
      const attachments = wish.photos.map(({ id, token }) => ({ id, token }));
      const noEvidenceReason = wish.noPhoto.trim() === '' ? undefined : wish.noPhoto.trim();
      return ask(eventRoutes.finish, { params, body: { ...base, result: reason, attachments, noEvidenceReason } });
    },
    { stale: [eventsKey] },
  );
}
