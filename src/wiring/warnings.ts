import { warningSourceRoutes } from '#contract/warning-sources.ts';
import { warningRoutes } from '#contract/warnings.ts';
import { mount } from '#server/http/mount.ts';
import { mountWarnings } from '#server/http/warnings.ts';
import { createWarnings, type CountReached } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What other modules give to warnings. */
export interface WarningsGifts {
  /** Counts risk points and people for the effects; nobody counts when left out. */
  countReached?: CountReached;
}

/** Joins warnings: routes, the open documents, the clock of begin and end, the polls. */
export async function joinWarnings(
  { app, config, database, clock, doors, territory, outgoing }: Parts,
  { countReached = async () => null }: WarningsGifts = {},
): Promise<Joined> {
  const warnings = await createWarnings({
    database,
    territory,
    clock,
    publicUrl: new URL(config.publicUrl),
    fetchDocument: (url, options) => outgoing.fetch(url, options),
    checkUrl: (url) => outgoing.check(url),
    countReached,
  });
  mount(app, warningRoutes, warnings.handlers, doors);
  mount(app, warningSourceRoutes, warnings.sourceHandlers, doors);
  await mountWarnings(app, warnings.doors);
  return {
    jobs: [{ name: 'warnings.poll', cron: '* * * * *', expireS: 600, run: () => warnings.jobs.pollDue() }],
    tickers: [
      {
        name: 'warnings',
        everyMs: 5_000,
        async run() {
          await warnings.jobs.settleDue();
        },
      },
    ],
  };
}
