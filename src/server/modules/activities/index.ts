import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { readActivityCalendar } from './calendar.ts';
import { activityHandlers, activityPublicHandlers } from './handlers.ts';
import type { ActivityParts, ActivityStation } from './parts.ts';
import { findOwn } from './queries.ts';

export { activityKinds } from './dictionary.ts';
export { countHeld, listSettled, titlesOf } from './store.ts';
export type { ActivityParts, ActivityStation, Heads, NearPartner } from './parts.ts';

export interface Activities {
  handlers: ReturnType<typeof activityHandlers>;
  publicHandlers: ReturnType<typeof activityPublicHandlers>;
  findPhoto(actor: Actor, where: { id: string; photoId: string }): Promise<{ storageKey: string } | undefined>;
  calendar(file: string): Promise<{ name: string; type: string; bytes: Buffer }>;
}

/** Builds the module. `stationOf`: an open station by its id, for whoever is not signed in. */
export function createActivities(
  parts: ActivityParts,
  stationOf: (id: string) => Promise<ActivityStation | undefined>,
): Activities {
  return {
    handlers: activityHandlers(parts),
    publicHandlers: activityPublicHandlers(parts),
    async findPhoto(actor, { id, photoId }) {
      await findOwn(parts, actor, id, 'station.read');
      const subject = { subjectType: 'activity', subjectId: id, id: photoId };
      return parts.database.read(systemScope, (tx) => parts.photos.findOf(tx, subject));
    },
    calendar: (file) => readActivityCalendar(parts, stationOf, file),
  };
}
