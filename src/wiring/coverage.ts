import { coverageRoutes } from '#contract/coverage.ts';
import { mount } from '#server/http/mount.ts';
import { createCoverage, type Coverage } from '#server/modules/coverage/index.ts';
import type { Groups } from '#server/modules/groups/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Joins coverage and households to the program; online groups say who is in them. */
export function joinCoverage(
  { app, database, territory, vault, clock, doors }: Parts,
  { membersByGrid }: Pick<Groups, 'membersByGrid'>,
): Joined & { coverage: Coverage } {
  const coverage = createCoverage({ database, territory, vault, clock, membersByGrid });
  mount(app, coverageRoutes, coverage.handlers, doors);
  return {
    coverage,
    tickers: [{ name: 'coverage-areas', everyMs: 5_000, run: () => coverage.followAreas().then(() => undefined) }],
  };
}
