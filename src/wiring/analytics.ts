import { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import { analyticsRoutes } from '#contract/analytics.ts';
import { mount } from '#server/http/mount.ts';
import { createAnalytics, type Analytics } from '#server/modules/analytics/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Facts and figures: they follow the ledger, some tenths of a second behind it. */
export async function joinAnalytics(parts: Parts): Promise<Joined & { analytics: Analytics }> {
  const { app, config, database, territory, clock, identity, sequencer, doors } = parts;
  const analytics = createAnalytics({
    database,
    territory,
    clock,
    tenant: config.tenant,
    ledger: sequencer,
    names: identity.queries.namesOf,
    heads: identity.queries.headsOf,
  });
  // What came before: seconds for a district, and every number is there when the first page is opened. Where years of a
  // city are to be told, the program starts and the pages say that they are still being added up.
  if (!(await analytics.tellsLong())) await analytics.refresh();
  mount(app, analyticsRoutes, analytics.handlers, doors);
  mount(app, analyticsUnitRoutes, analytics.unitHandlers, doors);
  return {
    analytics,
    tickers: [{ name: 'analytics.refresh', everyMs: 500, run: async () => void (await analytics.refresh()) }],
  };
}
