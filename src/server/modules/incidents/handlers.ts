import type { incidentRoutes } from '#contract/incidents.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { declareIncident, issueReport, recordPhone, regradeIncident } from './commands.ts';
import type { IncidentParts } from './parts.ts';
import { getDraft, getIncident } from './queries.ts';
import { listRuleSets, saveRuleSet } from './rule-commands.ts';

type Routes = Omit<typeof incidentRoutes, 'document'>;

export function incidentHandlers(parts: IncidentParts): Handlers<Routes, { actor: Actor }> {
  return {
    rules: () => listRuleSets(parts),
    saveRule: (input, { actor }) => saveRuleSet(parts, actor, input),
    get: ({ params }, { actor }) => getIncident(parts, actor, params.id),
    declare: ({ params, body }, { actor }) => declareIncident(parts, actor, params.id, body),
    regrade: ({ params, body }, { actor }) => regradeIncident(parts, actor, params.id, body),
    phone: ({ params, body }, { actor }) => recordPhone(parts, actor, params.id, body),
    draft: ({ params, query }, { actor }) => getDraft(parts, actor, params.id, query.kind),
    issue: ({ params, body }, { actor }) => issueReport(parts, actor, params.id, body),
  };
}
