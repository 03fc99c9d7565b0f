import type { Tx } from '#server/db/pool.ts';
import { noteMeeting } from './commands.ts';
import { followHouseholds } from './follow.ts';
import { createHandlers } from './handlers.ts';
import type { CoverageParts } from './parts.ts';

export type { CoverageParts, MembersByGrid } from './parts.ts';

export type Coverage = ReturnType<typeof createCoverage>;

/** The whole module: who is reached, and the households behind it. */
export function createCoverage(parts: CoverageParts) {
  return {
    handlers: createHandlers(parts),
    /** Somebody behind a door was met on a duty of another module (see commands.ts). */
    noteMeeting: (tx: Tx, meeting: { address: string; door: string; how: 'home' | 'phone'; atMs: number }) =>
      noteMeeting(parts.vault, tx, meeting, parts.clock.now()),
    /** Every few seconds: households of retired areas go to the nearest area above that is in use. */
    followAreas: followHouseholds(parts),
  };
}
