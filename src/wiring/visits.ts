import { visitRoutes } from '#contract/visits.ts';
import { mount } from '#server/http/mount.ts';
import { createVisits, seedVisitRules, type VisitParts, type Visits } from '#server/modules/visits/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Joins visits to the program: routes, the planner, what warnings and outages raise, the ladder. */
export async function joinVisits(
  { app, database, territory, vault, clock, events, identity, doors }: Parts,
  { listRunning }: Pick<Warnings, 'listRunning'>,
  standIn: VisitParts['standIn'] = async () => null,
): Promise<Joined & { visits: Visits }> {
  await seedVisitRules(database, clock);
  const visits = createVisits({
    database,
    territory,
    vault,
    clock,
    events,
    names: identity.queries.namesOf,
    listContacts: () => listRunning('contact'),
    standIn,
  });
  mount(app, visitRoutes, visits.handlers, doors);
  const { plan, raise, climb, follow } = visits.jobs;
  const ticker = (name: string, everyMs: number, job: () => Promise<number>) => ({
    name,
    everyMs,
    run: () => job().then(() => undefined),
  });
  return {
    visits,
    tickers: [
      ticker('visits.plan', 10_000, plan),
      ticker('visits.raise', 15_000, raise),
      ticker('visits.climb', 10_000, climb),
      ticker('visits.follow', 60_000, follow),
    ],
  };
}
