import { stationPublicRoutes, stationRoutes } from '#contract/stations.ts';
import { mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { createStations, type Stations } from '#server/modules/stations/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Joins stations to the program: their places, hours and facilities, for the desk and for everybody. */
export function joinStations(
  { app, database, territory, clock, events, identity, files, doors }: Parts,
  { listRunning }: Pick<Warnings, 'listRunning'>,
): Joined & { stations: Stations } {
  const stations = createStations({
    database,
    territory,
    clock,
    events,
    listLongerHours: () => listRunning('hours'),
    names: identity.queries.namesOf,
  });
  mount(app, stationRoutes, stations.handlers, doors);
  mount(app, stationPublicRoutes, stations.publicHandlers, doors);
  mountSubjectPhotos(app, files, stationPublicRoutes.photo, doors, (_actor, params) =>
    stations.findPhoto(params['code'] ?? '', params['photoId'] ?? ''),
  );
  return {
    stations,
    tickers: [{ name: 'station-areas', everyMs: 5_000, run: () => stations.followAreas().then(() => undefined) }],
  };
}
