import { shortfallRoutes } from '#contract/shortfalls.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import type { Facilities } from '#server/modules/facilities/index.ts';
import type { Lifecircle } from '#server/modules/lifecircle/index.ts';
import type { Needs } from '#server/modules/needs/index.ts';
import { circlePort, createShortfalls, facilitiesPort, type Shortfalls } from '#server/modules/shortfalls/index.ts';
import type { Joined, Parts } from './parts.ts';

interface Below {
  facilities: Facilities;
  needs: Needs;
  lifecircle: Lifecircle;
}

/** The list of problems and the ledger of demand, made from runs, needs and facilities. */
export function joinShortfalls(
  { app, database, territory, clock, identity, doors }: Parts,
  { facilities, needs, lifecircle }: Below,
): Joined & { shortfalls: Shortfalls } {
  const shortfalls = createShortfalls({
    database,
    territory,
    clock,
    facilities: facilitiesPort(facilities.queries),
    needs: needs.queries,
    circle: circlePort(lifecircle),
    names: identity.queries.namesOf,
  });
  mount(app, shortfallRoutes, shortfalls.handlers, doors);
  mountFile(
    app,
    shortfallRoutes.export,
    ({ params, query }, { actor }) => shortfalls.exportFile(actor, params.format, query.area),
    doors,
  );
  return { shortfalls };
}
