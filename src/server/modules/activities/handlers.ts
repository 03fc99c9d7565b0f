import type { activityPublicRoutes, activityRoutes } from '#contract/activities.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { cancelActivity, changeActivity, holdActivity, planActivity } from './commands.ts';
import { activityKinds } from './dictionary.ts';
import type { ActivityParts } from './parts.ts';
import { getActivity, listAnnounced, listNear, listOwnActivities } from './queries.ts';

export function activityHandlers(
  parts: ActivityParts,
): Handlers<Omit<typeof activityRoutes, 'photo'>, { actor: Actor }> {
  return {
    kinds: async () => ({
      items: [...activityKinds().values()].map(({ code, name, nameEn, minutes }) => ({ code, name, nameEn, minutes })),
    }),
    partners: ({ query }, { actor }) => listNear(parts, actor, query),
    list: ({ query }, { actor }) => listOwnActivities(parts, actor, query),
    get: ({ params }, { actor }) => getActivity(parts, actor, params.id),
    plan: ({ body }, { actor }) => planActivity(parts, actor, body),
    change: ({ params, body }, { actor }) => changeActivity(parts, actor, params.id, body),
    hold: ({ params, body }, { actor }) => holdActivity(parts, actor, params.id, body),
    cancel: ({ params, body }, { actor }) => cancelActivity(parts, actor, params.id, body),
  };
}

export function activityPublicHandlers(
  parts: ActivityParts,
): Handlers<Omit<typeof activityPublicRoutes, 'calendar'>, unknown> {
  return { coming: ({ params }) => listAnnounced(parts, params.code) };
}
