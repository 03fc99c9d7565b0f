import type { openDataRoutes } from '#contract/opendata.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { RouteRefs } from '#web/app/call.ts';

/** The routes of open data without their schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const openApi: RouteRefs<typeof openDataRoutes> = {
  index: { method: 'GET', path: '/api/open-data' },
  month: { method: 'GET', path: '/api/open-data/months/:month' },
  file: { method: 'GET', path: '/api/open-data/files/:area/:month/:version/:name' },
};

export type OpenIndex = ClientOutput<typeof openDataRoutes.index>;
export type OpenMonth = ClientOutput<typeof openDataRoutes.month>;
