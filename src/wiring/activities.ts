import { activityPublicRoutes, activityRoutes } from '#contract/activities.ts';
import { mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import { createActivities } from '#server/modules/activities/index.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { namesOf, noteDelivery, partnersAt } from '#server/modules/partners/index.ts';
import { countHeads, recordHeads, stationDoor, warningsAt, weatherWord } from '#server/modules/services/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Activities of stations: partners say who takes part, the services' records who came. */
export function joinActivities(
  { app, database, clock, events, files, doors }: Parts,
  { warnings }: { warnings: Pick<Warnings, 'listActive'> },
): Joined {
  const door = stationDoor(database);
  const open = () => door.listFor(systemActor, 'station.read');
  const activities = createActivities(
    {
      database,
      clock,
      photos: events.photos,
      stations: { ...door, findOpen: async (code) => (await open()).find((one) => one.code === code) },
      partnersAt,
      partnerNames: namesOf,
      countHeads,
      async recordHeads(tx, { station, ...heads }) {
        const running = warningsAt(await warnings.listActive(), station.path, heads.atMs);
        const { id: stationId, district } = station;
        const weather = weatherWord(running);
        await recordHeads(tx, { ...heads, stationId, district, kind: 'activity', weather, nowMs: clock.now() });
      },
      noteDelivery: async (tx, delivery) => void (await noteDelivery(tx, delivery)),
    },
    async (id) => (await open()).find((one) => one.id === id),
  );
  mount(app, activityRoutes, activities.handlers, doors);
  mount(app, activityPublicRoutes, activities.publicHandlers, doors);
  mountFile(app, activityPublicRoutes.calendar, ({ params }) => activities.calendar(params.file), doors);
  mountSubjectPhotos(app, files, activityRoutes.photo, doors, (actor, params) =>
    activities.findPhoto(actor, { id: params['id'] ?? '', photoId: params['photoId'] ?? '' }),
  );
  return {};
}
