import { serviceRoutes } from '#contract/services.ts';
import { mount } from '#server/http/mount.ts';
import { createServices, type Services, type StockDoor } from '#server/modules/services/index.ts';
import type { Stations } from '#server/modules/stations/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What the counter needs of other modules. */
export interface ServiceNeeds {
  warnings: Pick<Warnings, 'listActive'>;
  stations: Pick<Stations, 'queries'>;
  supplies: StockDoor;
}

/** Joins the counter of stations to the program. */
export function joinServices(
  { app, database, clock, events, identity, doors }: Parts,
  { warnings, stations, supplies }: ServiceNeeds,
): Joined & { services: Services } {
  const services = createServices({
    database,
    clock,
    events,
    names: identity.queries.namesOf,
    stations: stations.queries,
    stock: supplies,
    listWarnings: warnings.listActive,
  });
  mount(app, serviceRoutes, services.handlers, doors);
  return { services };
}
