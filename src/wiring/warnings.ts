import { warningSourceRoutes } from '#contract/warning-sources.ts';
import { warningRoutes } from '#contract/warnings.ts';
import { mount } from '#server/http/mount.ts';
import { mountWarnings } from '#server/http/warnings.ts';
import { countRiskPoints } from '#server/modules/grids/index.ts';
import { countCare } from '#server/modules/people/index.ts';
import { createWarnings, type CountReached, type Warnings } from '#server/modules/warnings/index.ts';
import type { Database } from '#server/db/pool.ts';
import type { Joined, Parts } from './parts.ts';

/** Rounds reach risk points, daily contact reaches people in care; nobody counts the rest. */
function counting(database: Database): CountReached {
  return async ({ effect, target, areas }) => {
    if (effect === 'rounds') return countRiskPoints(database, areas, target);
    if (effect !== 'contact') return null;
    // Null of the register: 1 to 4.
    return (await countCare(database, areas, target)) ?? 'few';
  };
}

/** Joins warnings: routes, the open documents, the clock of begin and end, the polls. */
export async function joinWarnings({
  app,
  config,
  database,
  clock,
  doors,
  territory,
  outgoing,
}: Parts): Promise<Joined & { warnings: Warnings }> {
  const warnings = await createWarnings({
    database,
    territory,
    clock,
    publicUrl: new URL(config.publicUrl),
    fetchDocument: (url, options) => outgoing.fetch(url, options),
    checkUrl: (url) => outgoing.check(url),
    countReached: counting(database),
  });
  mount(app, warningRoutes, warnings.handlers, doors);
  mount(app, warningSourceRoutes, warnings.sourceHandlers, doors);
  await mountWarnings(app, warnings.doors);
  return {
    warnings,
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
