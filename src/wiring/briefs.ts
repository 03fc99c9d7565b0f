import { briefRoutes } from '#contract/briefs.ts';
import { isAppError } from '#kit/errors.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import type { Analytics } from '#server/modules/analytics/index.ts';
import { createBriefs, type Briefs, type BriefSources } from '#server/modules/briefs/index.ts';
import { getLatestHead } from '#server/modules/ledger/index.ts';
import type { Joined, Parts } from './parts.ts';

interface Below {
  analytics: Analytics;
}

/** What briefs ask of modules beside the figures. */
function sourcesOf(_below: Below): BriefSources {
  return {};
}

/** Briefs: routes, files, and drafts that make themselves. */
export function joinBriefs(parts: Parts, below: Below): Joined & { briefs: Briefs } {
  const { app, config, database, clock, territory, events, identity, doors } = parts;
  const { indicators, words, measures, asOf } = below.analytics.queries;
  const briefs = createBriefs({
    database,
    clock,
    territory,
    calendar: async () => (await events.dictionary.get()).calendar,
    figures: { indicators, words, measures, asOf },
    async head(tx) {
      try {
        return await getLatestHead(tx, config.tenant);
      } catch (error) {
        if (isAppError(error, 'not_found')) return null;
        throw error;
      }
    },
    names: identity.queries.namesOf,
    categoryName: async (code) => (await events.dictionary.get()).categories.get(code)?.name ?? code,
    sources: sourcesOf(below),
  });
  mount(app, briefRoutes, briefs.handlers, doors);
  mountFile(app, briefRoutes.file, ({ params }, { actor }) => briefs.file(actor, params), doors);
  return {
    briefs,
    jobs: [{ name: 'briefs.due', cron: '*/5 * * * *', expireS: 240, run: async () => void (await briefs.makeDue()) }],
  };
}
