import { visitPastRoutes } from '#contract/visits-past.ts';
import { visitRoutes } from '#contract/visits.ts';
import { mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import type { Coverage } from '#server/modules/coverage/index.ts';
import { openForDuty, type People } from '#server/modules/people/index.ts';
import {
  createVisits,
  seedVisitRules,
  type Meeting,
  type VisitParts,
  type Visits,
} from '#server/modules/visits/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** What visits need of other modules. */
export interface VisitNeeds extends Pick<VisitParts, 'standIn'> {
  people: Pick<People, 'alsoErase' | 'alsoSeenIn'>;
  warnings: Pick<Warnings, 'listRunning'>;
  coverage: Pick<Coverage, 'noteMeeting'>;
}

/** A home visit is a visit to the household behind the same door. */
export function meetingOf(
  parts: Pick<Parts, 'territory' | 'vault'>,
  { noteMeeting }: VisitNeeds['coverage'],
): VisitParts['met'] {
  return async (tx, { personId, how, atMs }: Meeting) => {
    const home = (await openForDuty(tx, parts, [personId])).get(personId);
    if (home?.address === undefined || home.address === null || home.addressDetail === null) return;
    await noteMeeting(tx, { address: home.address, door: home.addressDetail, how, atMs });
  };
}

/** Joins visits to the program: routes, the planner, what warnings and outages raise, the ladder. */
export async function joinVisits(
  { app, database, territory, vault, clock, events, identity, files, doors }: Parts,
  { people, warnings, coverage, standIn }: VisitNeeds,
): Promise<Joined & { visits: Visits }> {
  await seedVisitRules(database, clock);
  const visits = createVisits({
    database,
    territory,
    vault,
    clock,
    events,
    names: identity.queries.namesOf,
    listContacts: () => warnings.listRunning('contact'),
    standIn,
    met: meetingOf({ territory, vault }, coverage),
  });
  people.alsoErase(visits.erasable);
  people.alsoSeenIn(visits.watcher);
  mount(app, visitRoutes, visits.handlers, doors);
  mount(app, visitPastRoutes, visits.pastHandlers, doors);
  mountSubjectPhotos(app, files, visitPastRoutes.photo, doors, (actor, params) =>
    visits.findPhoto(actor, { id: params['id'] ?? '', photoId: params['photoId'] ?? '' }),
  );
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
