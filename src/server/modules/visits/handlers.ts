import type { Handlers } from '#contract/route.ts';
import type { visitPastRoutes } from '#contract/visits-past.ts';
import type { visitRoutes } from '#contract/visits.ts';
import { systemScope } from '#server/db/scope.ts';
import { editRule, reassignVisit } from './commands-plan.ts';
import { recordVisit } from './commands-record.ts';
import { formWords } from './dictionary.ts';
import type { VisitCtx, VisitParts } from './parts.ts';
import { countFigures, listDayPlan, listWorkers } from './queries-desk.ts';
import { listHeldPeople, listPast, listWaitingVisits, openPast, resumeVisits } from './queries-past.ts';
import { listMyToday } from './queries-today.ts';
import type { Rule } from './rules.ts';
import { listRules } from './store-rule.ts';

export function createHandlers(parts: VisitParts): Handlers<typeof visitRoutes, VisitCtx> {
  return {
    today: (_input, { actor }) => listMyToday(parts, actor),
    record: ({ params, body }, { actor }) => recordVisit(parts, actor, params.id, body),
    words: async () => ({
      items: [...formWords().values()].map(({ field, code, name, nameEn, major }) => ({
        field,
        code,
        name,
        nameEn,
        major,
      })),
    }),
    plan: ({ query }, { actor }) => listDayPlan(parts, actor, query),
    workers: ({ query }, { actor }) => listWorkers(parts, actor, query.area),
    reassign: ({ params, body }, { actor }) => reassignVisit(parts, actor, params.id, body),
    figures: ({ query }, { actor }) => countFigures(parts, actor, query),
    rules: async () => ({ items: (await parts.database.read(systemScope, listRules)).map(toView) }),
    editRule: ({ params, body }, { actor }) => editRule(parts, actor, params.code, body),
  };
}

export function createPastHandlers(parts: VisitParts): Handlers<Omit<typeof visitPastRoutes, 'photo'>, VisitCtx> {
  return {
    past: ({ params, query }, { actor }) => listPast(parts, actor, params.id, query.limit),
    open: ({ params, body }, { actor }) => openPast(parts, actor, params.id, body),
    held: (_input, { actor }) => listHeldPeople(parts, actor),
    resume: ({ params, body }, { actor }) => resumeVisits(parts, actor, params.id, body),
    waiting: (_input, { actor }) => listWaitingVisits(parts, actor),
  };
}

function toView({ tags, also, ...rule }: Rule) {
  return { ...rule, tags: [...tags], also: [...also] };
}
