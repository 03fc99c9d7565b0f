import type { EventStatus } from '#contract/events-words.ts';

/** Received, sent out, handled, checked: which of the four is under way; 4 when all are done. Null beside the road. */
export function progressOf(status: EventStatus): number | null {
  return stepByStatus[status];
}

const stepByStatus: Record<EventStatus, number | null> = {
  reported: 0,
  verifying: 0,
  filed: 1,
  dispatched: 1,
  handling: 2,
  checking: 3,
  closed: 4,
  shelved: null,
  merged: null,
  declined: null,
  cancelled: null,
};
