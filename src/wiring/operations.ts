import { nearbyRoutes, operationRoutes } from '#contract/operations.ts';
import { taskLinkRoutes } from '#contract/operations-links.ts';
import { planRoutes } from '#contract/operations-plans.ts';
import { mountTaskPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { createOperations, seedPlans, type Operations } from '#server/modules/operations/index.ts';
import type { People } from '#server/modules/people/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Plans, joint rooms and task links; asks the registers of people in care and of risk points. */
export async function joinOperations(
  { app, database, territory, grids, vault, clock, events, files, doors }: Parts,
  { listCareNear }: People,
): Promise<Joined & { operations: Operations }> {
  // A new city starts without an area: they are imported afterwards.
  const isEmpty = territory.maps().areas.size === 0;
  await seedPlans(database, clock, isEmpty ? '000000' : territory.city().code);
  const operations = createOperations({
    database,
    territory,
    vault,
    clock,
    events,
    nearby: { listCareNear, listRiskPointsNear: grids.listRiskPointsNear },
  });
  mount(app, planRoutes, operations.planHandlers, doors);
  mount(app, operationRoutes, operations.handlers, doors);
  mount(app, taskLinkRoutes, operations.linkHandlers, doors);
  mountTaskPhotos(app, files, operations.findPhotoByLink);
  if (operations.nearbyHandlers !== undefined) mount(app, nearbyRoutes, operations.nearbyHandlers, doors);
  return {
    operations,
    tickers: [
      {
        name: 'operations.sweep',
        everyMs: 5_000,
        async run() {
          await operations.sweep();
        },
      },
    ],
  };
}
