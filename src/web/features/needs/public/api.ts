import type { surveyRoutes } from '#contract/needs-public.ts';
import type { ClientOutput } from '#contract/route.ts';
import type { RouteRefs } from '#web/app/call.ts';

/** The survey's routes without their schemas (Zod stays off the phone). Types keep it equal to the contract. */
export const surveyApi: RouteRefs<typeof surveyRoutes> = {
  place: { method: 'GET', path: '/api/public/survey/:area' },
  answer: { method: 'POST', path: '/api/public/survey/:area' },
  needs: { method: 'GET', path: '/api/public/survey/:area/needs' },
};

export type SurveyPlace = ClientOutput<typeof surveyRoutes.place>;
export type SurveyNeeds = ClientOutput<typeof surveyRoutes.needs>;
