import type { forceLinkRoutes } from '#contract/force-links.ts';
import type { RouteRefs } from './call.ts';

/** What a helper may do behind their link, without the schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const helperApi: RouteRefs<typeof forceLinkRoutes> = {
  view: { method: 'GET', path: '/api/public/force/:secret' },
  offer: { method: 'POST', path: '/api/public/force/:secret/offer' },
  answer: { method: 'POST', path: '/api/public/force/:secret/asks/:id' },
  leave: { method: 'POST', path: '/api/public/force/:secret/leave' },
};
