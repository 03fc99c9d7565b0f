import type { operationRoutes } from '#contract/operations.ts';
import type { planRoutes } from '#contract/operations-plans.ts';
import type { Handlers } from '#contract/route.ts';
import { createLink, takeBackLink } from './commands-link.ts';
import { actOnStep, endRoom, openPlan } from './commands-open.ts';
import { createPlan, editPlan, publishPlan, stopPlan } from './commands-plan.ts';
import { liftCordon, sendMessage, setCordon, sharePosition, stopPosition } from './commands-room.ts';
import type { Caller, OperationsDeps } from './parts.ts';
import { readCoverage, readFitting, readOperations, readPlan, readPlans } from './queries-plan.ts';
import { readRoom } from './queries-room.ts';

export function planHandlers(kit: OperationsDeps): Handlers<typeof planRoutes, Caller> {
  return {
    list: ({ query }) => readPlans(kit, query.retired),
    coverage: ({ query }, { actor }) => readCoverage(kit, actor, query),
    get: ({ params, query }) => readPlan(kit, params.code, query.version),
    create: ({ body }, { actor }) => createPlan(kit, actor, body),
    edit: ({ params, body }, { actor }) => editPlan(kit, actor, params.code, body),
    publish: ({ params, body }, { actor }) => publishPlan(kit, actor, params.code, body),
    retire: ({ params, body }, { actor }) => stopPlan(kit, actor, params.code, body),
  };
}

export function operationHandlers(kit: OperationsDeps): Handlers<typeof operationRoutes, Caller> {
  return {
    list: ({ query }, { actor }) => readOperations(kit, actor, query),
    fitting: ({ params }, { actor }) => readFitting(kit, actor, params.id),
    room: ({ params }, { actor }) => readRoom(kit, actor, params.id),
    open: ({ params, body }, { actor }) => openPlan(kit, { ...body, actor, eventId: params.id }),
    end: ({ params, body }, { actor }) => endRoom(kit, actor, params.id, body),
    message: ({ params, body }, { actor }) => sendMessage(kit, actor, params.id, body),
    cordon: ({ params, body }, { actor }) => setCordon(kit, actor, params.id, body),
    liftCordon: ({ params, body }, { actor }) =>
      liftCordon(kit, actor, { eventId: params.id, messageId: params.messageId }, body),
    sharePosition: ({ params, body }, { actor }) => sharePosition(kit, actor, params.id, body),
    stopPosition: ({ params, body }, { actor }) => stopPosition(kit, actor, params.id, body),
    step: ({ params, body }, { actor }) => actOnStep(kit, actor, { eventId: params.id, stepId: params.stepId }, body),
    link: ({ params, body }, { actor }) => createLink(kit, actor, params.id, body),
    revokeLink: ({ params, body }, { actor }) =>
      takeBackLink(kit, actor, { eventId: params.id, linkId: params.linkId }, body),
  };
}
