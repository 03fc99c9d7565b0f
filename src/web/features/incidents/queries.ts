import { queryOptions } from '@tanstack/react-query';
import { incidentRoutes, type IncidentView } from '#contract/incidents.ts';
import { ask } from '#web/app/ask.ts';

export type { IncidentView };

export const incidentKey = (eventId: string): readonly string[] => ['incidents', eventId];

export function incidentQuery(eventId: string) {
  return queryOptions({
    queryKey: incidentKey(eventId),
    queryFn: () => ask(incidentRoutes.get, { params: { id: eventId } }),
  });
}

export const incidentRulesQuery = queryOptions({
  queryKey: ['incident-rules'],
  queryFn: async () => (await ask(incidentRoutes.rules, {})).rules,
});
