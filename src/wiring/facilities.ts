import { facilityRoutes, populationRoutes, standardRoutes } from '#contract/facilities.ts';
import { idleRoutes } from '#contract/idle.ts';
import { mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { mountDownload, mountFile } from '#server/http/streams.ts';
import { createFacilities, type Facilities } from '#server/modules/facilities/index.ts';
import type { Joined, Parts } from './parts.ts';

const fileTypes = { csv: 'text/csv; charset=utf-8', geojson: 'application/geo+json' } as const;

/** What there is, who lives where, what stands idle; stations of 小红伞 follow among the facilities. */
export async function joinFacilities({
  app,
  database,
  territory,
  clock,
  events,
  identity,
  files,
  doors,
}: Parts): Promise<Joined & { facilities: Facilities }> {
  const facilities = createFacilities({ database, territory, clock, events, names: identity.queries.namesOf });
  mount(app, facilityRoutes, facilities.handlers, doors);
  mountDownload(
    app,
    facilityRoutes.export,
    ({ format }) => ({ name: `facilities.${format}`, type: fileTypes[format] }),
    (query, { actor }) => facilities.exportFacilities(actor, query),
    doors,
  );
  mount(app, standardRoutes, facilities.standardHandlers, doors);
  mount(app, populationRoutes, facilities.populationHandlers, doors);
  mount(app, idleRoutes, facilities.idleHandlers, doors);
  mountFile(app, idleRoutes.export, ({ query }, { actor }) => facilities.idleFile(actor, query), doors);
  mountSubjectPhotos(app, files, idleRoutes.photo, doors, (actor, params) =>
    facilities.findIdlePhoto(actor, { id: params['id'] ?? '', photoId: params['photoId'] ?? '' }),
  );
  await facilities.followStations();
  return {
    facilities,
    tickers: [
      { name: 'facility-stations', everyMs: 15_000, run: () => facilities.followStations().then(() => undefined) },
      { name: 'facility-areas', everyMs: 5_000, run: () => facilities.followAreas().then(() => undefined) },
    ],
  };
}
