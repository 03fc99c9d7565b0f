import type { burdenRoutes } from '#contract/burden.ts';
import type { forceRoutes } from '#contract/force.ts';
import type { RouteRefs } from '#web/app/call.ts';

type Used = Pick<typeof forceRoutes, 'words' | 'mine' | 'askLeave' | 'withdrawLeave'>;

/** One's own days, without the schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const ownApi: RouteRefs<Used> = {
  words: { method: 'GET', path: '/api/force/words' },
  mine: { method: 'GET', path: '/api/force/mine' },
  askLeave: { method: 'POST', path: '/api/force/leaves' },
  withdrawLeave: { method: 'POST', path: '/api/force/leaves/:id/withdraw' },
};

export const burdenApi: RouteRefs<Pick<typeof burdenRoutes, 'mine' | 'list'>> = {
  mine: { method: 'GET', path: '/api/burden/mine' },
  list: { method: 'GET', path: '/api/asked-tasks' },
};
