import { followHouseholds } from './follow.ts';
import { createHandlers } from './handlers.ts';
import type { CoverageParts } from './parts.ts';

export { coverageRules } from './rules.ts';
export type { CoverageParts, MembersByGrid } from './parts.ts';

/** The whole module: who is reached, and the households behind it. */
export function createCoverage(parts: CoverageParts) {
  return {
    handlers: createHandlers(parts),
    /** Every few seconds: households of retired areas go to the nearest area above that is in use. */
    followAreas: followHouseholds(parts),
  };
}
