import type { publicRoutes } from '#contract/public.ts';
import type { RouteRefs } from './call.ts';

/** The resident's routes without their schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const publicApi: RouteRefs<typeof publicRoutes> = {
  categories: { method: 'GET', path: '/api/public/categories' },
  locate: { method: 'GET', path: '/api/public/locate' },
  streets: { method: 'GET', path: '/api/public/streets' },
  places: { method: 'GET', path: '/api/public/places' },
  similar: { method: 'GET', path: '/api/public/similar' },
  report: { method: 'POST', path: '/api/public/reports' },
  receipt: { method: 'GET', path: '/api/public/receipts/:secret' },
  rate: { method: 'POST', path: '/api/public/receipts/:secret/rate' },
  reopen: { method: 'POST', path: '/api/public/receipts/:secret/reopen' },
  urge: { method: 'POST', path: '/api/public/receipts/:secret/urge' },
  addWords: { method: 'POST', path: '/api/public/receipts/:secret/note' },
};
