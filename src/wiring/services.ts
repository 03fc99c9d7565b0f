import { serviceRoutes } from '#contract/services.ts';
import { mount } from '#server/http/mount.ts';
import { createServices, stationDoor, type Services } from '#server/modules/services/index.ts';
import { createSupplies } from '#server/modules/supplies/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What the counter needs of other modules. */
export interface ServiceNeeds {
  warnings: Pick<Warnings, 'listActive'>;
}

/** Joins the counter of stations to the program. */
export function joinServices(
  { app, database, vault, clock, events, identity, doors }: Parts,
  { warnings }: ServiceNeeds,
): Joined & { services: Services } {
  const services = createServices({
    database,
    clock,
    events,
    names: identity.queries.namesOf,
    stations: stationDoor(database),
    stock: createSupplies({ database, vault, clock }),
    listWarnings: warnings.listActive,
  });
  mount(app, serviceRoutes, services.handlers, doors);
  return { services };
}
