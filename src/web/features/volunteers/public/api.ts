import type { ClientOutput } from '#contract/route.ts';
import type { volunteerPublicRoutes } from '#contract/volunteers-public.ts';
import type { RouteRefs } from '#web/app/call.ts';

type Routes = typeof volunteerPublicRoutes;

/** The public routes without their schemas (Zod stays off the phone). */
export const volunteerApi: RouteRefs<Omit<Routes, 'certificate' | 'calendar'>> = {
  shifts: { method: 'GET', path: '/api/public/stations/:code/shifts' },
  register: { method: 'POST', path: '/api/public/stations/:code/volunteers' },
  view: { method: 'GET', path: '/api/public/volunteers/:secret' },
  signUp: { method: 'POST', path: '/api/public/volunteers/:secret/sign-ups' },
  withdraw: { method: 'POST', path: '/api/public/volunteers/:secret/sign-ups/:id/withdraw' },
  askSwap: { method: 'POST', path: '/api/public/volunteers/:secret/sign-ups/:id/swap' },
  takeSwap: { method: 'POST', path: '/api/public/volunteers/:secret/swaps/:id/take' },
  request: { method: 'POST', path: '/api/public/volunteers/:secret/sign-ups/:id/request' },
  certify: { method: 'POST', path: '/api/public/volunteers/:secret/certificates' },
  renew: { method: 'POST', path: '/api/public/volunteers/:secret/renew' },
  erase: { method: 'POST', path: '/api/public/volunteers/:secret/erase' },
  notices: { method: 'GET', path: '/api/public/stations/:code/certificates' },
  check: { method: 'GET', path: '/api/public/certificates/:number' },
};

export type Offered = ClientOutput<Routes['shifts']>;
export type OpenShift = Offered['items'][number];
export type OwnPageData = ClientOutput<Routes['view']>;
export type OwnRecord = OwnPageData['records'][number];
export type ComingShift = OwnPageData['coming'][number];
export type Checked = ClientOutput<Routes['check']>;
