import { incidentRoutes } from '#contract/incidents.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import { createIncidents, seedIncidentRules } from '#server/modules/incidents/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Incident reports: routes, documents, reminders. */
export async function joinIncidents({ app, database, clock, doors, territory, events }: Parts): Promise<Joined> {
  await seedIncidentRules(database, clock);
  const incidents = createIncidents({ database, territory, clock, events });
  mount(app, incidentRoutes, incidents.handlers, doors);
  mountFile(
    app,
    incidentRoutes.document,
    ({ params, query }, { actor }) => incidents.document(actor, params, query.format),
    doors,
  );
  return {
    tickers: [
      {
        name: 'incident-reminders',
        everyMs: 5000,
        async run() {
          await incidents.remind();
        },
      },
    ],
  };
}
