import type { partnerHereRoutes, partnerLinkRoutes } from '#contract/partners-public.ts';
import type { RouteRefs } from './call.ts';

/** What a partner may do behind its link, without the schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const partnerApi: RouteRefs<typeof partnerLinkRoutes> = {
  view: { method: 'GET', path: '/api/public/partners/:secret' },
  claim: { method: 'POST', path: '/api/public/partners/:secret/deliveries' },
  askRenewal: { method: 'POST', path: '/api/public/partners/:secret/renewal' },
  askContact: { method: 'POST', path: '/api/public/partners/:secret/contact' },
};

/** What residents see of partners at a station, the same way. */
export const partnerHereApi: RouteRefs<typeof partnerHereRoutes> = {
  here: { method: 'GET', path: '/api/public/stations/:code/partners' },
  rate: { method: 'POST', path: '/api/public/stations/:code/partners/:id/rating' },
};
