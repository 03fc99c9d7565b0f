import type { bookingRoutes } from '#contract/bookings.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { RouteRefs } from '#web/app/call.ts';

/** The routes the tablet reads, without their schemas. */
export const tabletApi: RouteRefs<Pick<typeof bookingRoutes, 'day' | 'find'>> = {
  day: { method: 'GET', path: '/api/bookings/day' },
  find: { method: 'POST', path: '/api/bookings/find' },
};

export type Day = ClientOutput<typeof bookingRoutes.day>;
export type Booking = Day['items'][number];

/** Where acts go; by the outbox. */
export const tabletRoads = {
  act: (id: string, verb: 'arrive' | 'serve' | 'no-show'): `/api/${string}` => `/api/bookings/${id}/${verb}`,
  walkIn: (): `/api/${string}` => '/api/bookings/walk-in',
};
