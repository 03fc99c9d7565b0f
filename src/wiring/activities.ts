import { activityPublicRoutes, activityRoutes } from '#contract/activities.ts';
import { mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { systemScope } from '#server/db/scope.ts';
import { mountFile } from '#server/http/streams.ts';
import { createActivities } from '#server/modules/activities/index.ts';
import { namesOf, noteDelivery, partnersAt } from '#server/modules/partners/index.ts';
import { countHeads, recordHeads, warningsAt, weatherWord } from '#server/modules/services/index.ts';
import { stationInUse, type Stations } from '#server/modules/stations/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Activities of stations: partners say who takes part, the services' records who came. */
export function joinActivities(
  { app, database, clock, events, files, doors }: Parts,
  { warnings, stations }: { warnings: Pick<Warnings, 'listActive'>; stations: Pick<Stations, 'queries'> },
): Joined {
  const findOpen = (idOrCode: string) => database.read(systemScope, (tx) => stationInUse(tx, idOrCode, clock.now()));
  const activities = createActivities(
    {
      database,
      clock,
      photos: events.photos,
      stations: { ...stations.queries, findOpen },
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
    findOpen,
  );
  mount(app, activityRoutes, activities.handlers, doors);
  mount(app, activityPublicRoutes, activities.publicHandlers, doors);
  mountFile(app, activityPublicRoutes.calendar, ({ params }) => activities.calendar(params.file), doors);
  mountSubjectPhotos(app, files, activityRoutes.photo, doors, (actor, params) =>
    activities.findPhoto(actor, { id: params['id'] ?? '', photoId: params['photoId'] ?? '' }),
  );
  return {};
}
