import type { bookingPublicRoutes } from '#contract/bookings-public.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { RouteRefs } from '#web/app/call.ts';

/** What a resident may do, without the schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const bookingApi: RouteRefs<typeof bookingPublicRoutes> = {
  offers: { method: 'GET', path: '/api/public/bookings/offers' },
  slots: { method: 'GET', path: '/api/public/bookings/offers/:id/slots' },
  book: { method: 'POST', path: '/api/public/bookings' },
  view: { method: 'GET', path: '/api/public/bookings/by-link/:secret' },
  calendar: { method: 'GET', path: '/api/public/bookings/by-link/:secret/calendar' },
  cancel: { method: 'POST', path: '/api/public/bookings/by-link/:secret/cancel' },
  move: { method: 'POST', path: '/api/public/bookings/by-link/:secret/move' },
  rate: { method: 'POST', path: '/api/public/bookings/by-link/:secret/rate' },
  unmet: { method: 'POST', path: '/api/public/bookings/unmet' },
  full: { method: 'POST', path: '/api/public/bookings/offers/:id/full' },
};

export type Offers = ClientOutput<typeof bookingPublicRoutes.offers>;
export type Offer = Offers['items'][number];
export type DaySlots = ClientOutput<typeof bookingPublicRoutes.slots>['days'][number];
export type Own = ClientOutput<typeof bookingPublicRoutes.view>;
