import type { Actor } from '#server/modules/identity/index.ts';
import { incidentHandlers } from './handlers.ts';
import { remindReports } from './jobs.ts';
import type { IncidentParts } from './parts.ts';
import { getDocument, type ReportFile } from './queries.ts';

export { seedIncidentRules } from './seed.ts';
export type { IncidentParts } from './parts.ts';

export interface Incidents {
  handlers: ReturnType<typeof incidentHandlers>;
  /** A written report as docx or PDF, for whoever sees its event. */
  document(actor: Actor, where: { id: string; reportId: string }, format: 'docx' | 'pdf'): Promise<ReportFile>;
  /** Every few seconds: reminds of reports that are due. */
  remind(): Promise<number>;
}

/** Builds the module. The rule sets must be seeded (seedIncidentRules) before the first declaration. */
export function createIncidents(parts: IncidentParts): Incidents {
  return {
    handlers: incidentHandlers(parts),
    document: (actor, where, format) => getDocument(parts, actor, where, format),
    remind: () => remindReports(parts),
  };
}
