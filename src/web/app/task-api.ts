import type { taskLinkRoutes } from '#contract/operations-links.ts';
import type { RouteRefs } from './call.ts';

/** What an agency may do behind its link, without the schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const taskApi: RouteRefs<typeof taskLinkRoutes> = {
  view: { method: 'GET', path: '/api/public/tasks/:secret' },
  introduce: { method: 'POST', path: '/api/public/tasks/:secret/introduce' },
  accept: { method: 'POST', path: '/api/public/tasks/:secret/accept' },
  arrive: { method: 'POST', path: '/api/public/tasks/:secret/arrive' },
  progress: { method: 'POST', path: '/api/public/tasks/:secret/progress' },
  finish: { method: 'POST', path: '/api/public/tasks/:secret/finish' },
  giveBack: { method: 'POST', path: '/api/public/tasks/:secret/return' },
  message: { method: 'POST', path: '/api/public/tasks/:secret/messages' },
  photo: { method: 'GET', path: '/api/public/tasks/:secret/photos/:id' },
};
