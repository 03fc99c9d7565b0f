import { careRoutes } from '#contract/care.ts';
import { careExportRoutes, careImportRoutes, careReviewRoutes, careRightsRoutes } from '#contract/care-files.ts';
import { mount } from '#server/http/mount.ts';
import { createPeople, type People } from '#server/modules/people/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Joins people in care to the program, and gives the module to those above. */
export function joinPeople({ app, database, territory, vault, clock, doors }: Parts): Joined & { people: People } {
  const people = createPeople({ database, territory, vault, clock });
  mount(app, careRoutes, people.handlers, doors);
  mount(app, careExportRoutes, people.exportHandlers, doors);
  mount(app, careImportRoutes, people.importHandlers, doors);
  mount(app, careReviewRoutes, people.reviewHandlers, doors);
  mount(app, careRightsRoutes, people.rightsHandlers, doors);
  return {
    people,
    tickers: [{ name: 'people-areas', everyMs: 5_000, run: () => people.followAreas().then(() => undefined) }],
  };
}
