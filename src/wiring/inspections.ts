import { inspectionRoutes } from '#contract/inspections.ts';
import { mountSubjectPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { createInspections, type Inspections, type StandIn } from '#server/modules/inspections/index.ts';
import type { Operations } from '#server/modules/operations/index.ts';
import type { People } from '#server/modules/people/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Looking at risk points: what warnings switch on comes from them, plans open through operations. */
export async function joinInspections(
  { app, database, territory, clock, events, files, doors }: Parts,
  {
    warnings,
    operations,
    people,
    standIn,
  }: { warnings: Warnings; operations: Operations; people: People; standIn?: StandIn },
): Promise<Joined & { inspections: Inspections }> {
  const inspections = await createInspections({
    database,
    territory,
    clock,
    events,
    listRounds: () => warnings.listRunning('rounds'),
    openPlan: (wish) => operations.openPlan({ ...wish, actor: systemActor }),
    report: (name, error) => app.log.error({ err: error, name }, 'The plan of a risk point could not be opened.'),
    countCareAround: people.countCareAround,
    ...(standIn === undefined ? {} : { standIn }),
  });
  mount(app, inspectionRoutes, inspections.handlers, doors);
  mountSubjectPhotos(app, files, inspectionRoutes.photo, doors, (actor, params) =>
    inspections.findPhoto(actor, { id: params['id'] ?? '', photoId: params['photoId'] ?? '' }),
  );
  return {
    inspections,
    tickers: [
      {
        name: 'inspections.plan',
        everyMs: 10_000,
        async run() {
          await inspections.plan();
        },
      },
    ],
  };
}
