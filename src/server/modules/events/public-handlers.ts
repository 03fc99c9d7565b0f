import type { publicRoutes } from '#contract/public.ts';
import type { Handlers } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import type { Kit } from './act.ts';
import { rate, reopen, urge } from './commands-check.ts';
import { note } from './commands-handle.ts';
import { reportEvent } from './commands-report.ts';
import { nearBy } from './queries.ts';
import { assertPublic, listPublicCategories, listStreets, locatePoint } from './queries-public.ts';
import { actByReceipt, readReceipt } from './receipts.ts';
import { findPlaces } from './store-place.ts';

export function publicHandlers(kit: Kit): Handlers<typeof publicRoutes, unknown> {
  return {
    categories: async () => ({ items: listPublicCategories(await kit.dictionary.get()) }),
    locate: async ({ query }) => locatePoint(kit.territory, query.lon, query.lat),
    streets: async () => ({ items: listStreets(kit.territory) }),
    places: async ({ query }) => ({
      items: await kit.database.read(systemScope, (tx) => findPlaces(tx, kit.territory, query.q)),
    }),
    similar: async ({ query }) => {
      const library = await kit.dictionary.get();
      const { categories } = library;
      assertPublic(library, query.categoryCode);
      const found = await nearBy(kit, systemScope, query);
      return {
        items: found.map(({ row, distance }) => ({
          id: row.id,
          categoryName: categories.get(row.categoryCode)?.name ?? '',
          status: row.status,
          reportedAt: new Date(row.reportedMs).toISOString(),
          closedAt: row.closedMs === null ? null : new Date(row.closedMs).toISOString(),
          distanceM: distance,
        })),
      };
    },
    report: async ({ body }) => {
      assertPublic(await kit.dictionary.get(), body.categoryCode);
      return reportEvent(kit, anonymous, { ...body, channel: 'resident' });
    },
    receipt: ({ params }) => readReceipt(kit, params.secret),
    rate: ({ params, body }) => actByReceipt(kit, params.secret, (reporterId) => ({ ...body, reporterId }), rate),
    reopen: ({ params, body }) => actByReceipt(kit, params.secret, () => body, reopen),
    urge: ({ params, body }) => actByReceipt(kit, params.secret, () => ({ opId: body.opId, note: body.words }), urge),
    addWords: ({ params, body }) =>
      actByReceipt(
        kit,
        params.secret,
        (reporterId) => ({ opId: body.opId, note: body.words, attachments: [], reporterId }),
        note,
      ),
  };
}
