import { openDataRoutes, openReleaseRoutes } from '#contract/opendata.ts';
import { mountFrozen } from '#server/http/frozen.ts';
import { mount } from '#server/http/mount.ts';
import { createOpenData, type OpenDataFeed } from '#server/modules/opendata/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Open data: publishing at the desk, reading without signing in. */
export function joinOpenData({ app, database, clock, territory, events, doors }: Parts): Joined & {
  opendata: OpenDataFeed;
} {
  const opendata = createOpenData({
    database,
    clock,
    territory,
    categories: async () => (await events.dictionary.get()).categories,
  });
  mount(app, openReleaseRoutes, opendata.handlers, doors);
  mountFrozen(app, openDataRoutes.index, () => opendata.index(), doors);
  mountFrozen(app, openDataRoutes.month, ({ params }) => opendata.month(params.month), doors);
  mountFrozen(app, openDataRoutes.file, ({ params }) => opendata.file(params), doors);
  return { opendata };
}
