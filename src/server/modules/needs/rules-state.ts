import type { NeedState } from '#contract/needs-views.ts';
import { AppError } from '#kit/errors.ts';

/** What may follow what. A merged need is only a sign to the other one; a met one is asked for anew by opening it again. */
const after: Readonly<Record<NeedState, readonly NeedState[]>> = {
  open: ['listed', 'planned', 'met', 'declined'],
  listed: ['open', 'planned', 'met', 'declined'],
  planned: ['listed', 'open', 'met'],
  met: ['open', 'listed'],
  declined: ['open', 'listed'],
  merged: [],
};

/** @throws AppError transition_not_allowed */
export function assertSettles(from: NeedState, to: NeedState): void {
  if (after[from].includes(to)) return;
  throw new AppError('transition_not_allowed', `A need that is ${from} does not become ${to}. Load it again.`, {
    state: from,
    possible: after[from],
  });
}

/** Only what is not decided yet is merged, split, named anew. @throws AppError transition_not_allowed */
export function assertJoinable(state: NeedState): void {
  if (state === 'open' || state === 'listed' || state === 'planned') return;
  throw new AppError('transition_not_allowed', `This need is ${state}; open it again first.`, { state });
}
