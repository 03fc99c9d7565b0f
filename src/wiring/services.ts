import { serviceRoutes } from '#contract/services.ts';
import type { Clock } from '#kit/clock.ts';
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

/** Weather of a record: a warning that is a few seconds older or younger is the same weather. */
const warningsFreshMs = 3_000;

/** Asks once for many who ask at the same time; a failure is not remembered. */
function remembered<T>(clock: Clock, freshMs: number, ask: () => Promise<T>): () => Promise<T> {
  let last: { askedMs: number; answer: Promise<T> } | undefined;
  return () => {
    const nowMs = clock.now();
    if (last !== undefined && nowMs - last.askedMs < freshMs) return last.answer;
    const answer = ask();
    last = { askedMs: nowMs, answer };
    answer.catch(() => (last = undefined));
    return answer;
  };
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
    listWarnings: remembered(clock, warningsFreshMs, warnings.listActive),
  });
  mount(app, serviceRoutes, services.handlers, doors);
  return { services };
}
