import type { PlanBody } from '#contract/operations-plans.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { CaseRows } from '#server/modules/events/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { inRoom, openOperation, say, type OperationResult, type Room } from './in-room.ts';
import type { OperationsDeps } from './parts.ts';
import { moveStep, refuseEnd, type StepAct } from './rules.ts';
import {
  endOperation,
  insertOperation,
  insertSteps,
  listSteps,
  resumeOperation,
  saveStep,
  type OperationRow,
  type StepRow,
} from './store-operation.ts';
import { listPlans } from './store-plan.ts';

/** Opening, ending, and the checklist between. */

export interface OpenPlan {
  actor: Actor;
  eventId: string;
  /** null: a room without checklist; a plan may be added later. */
  planCode: string | null;
  opId: string;
}

interface Plan {
  code: string;
  version: number;
  body: PlanBody;
}

/**
 * Opens the joint room of an event by a plan. Exactly once per opId; opening the same plan again answers the room there
 * is and changes nothing, so a second alarm of the same event does no harm. An ended one goes on.
 * @throws AppError not_found (event, or no such plan in force), not_allowed, already_exists (another plan is open),
 *   transition_not_allowed (the event has ended)
 */
export function openPlan(kit: OperationsDeps, { actor, eventId, planCode, opId }: OpenPlan): Promise<OperationResult> {
  const body = { opId, planCode };
  const wanted = { eventId, route: 'operation.open_plan', body, permission: 'event.annotate', who: 'joint' } as const;
  return inRoom(kit, actor, wanted, async (room) => {
    const { rows, operation } = room;
    if (rows.event.endedMs !== null)
      throw new AppError('transition_not_allowed', `This event is ${rows.event.status}; there is nothing to open.`, {
        status: rows.event.status,
        version: rows.event.version,
      });
    const plan = planCode === null ? null : await planInForce(room, planCode);
    if (operation === undefined) return openFirst(room, plan);
    return openAgain(room, operation, plan);
  });
}

async function planInForce({ tx }: Room, code: string): Promise<Plan> {
  const plan = (await listPlans(tx, code))[0];
  if (plan === undefined || plan.body === null || plan.retiredAt !== null)
    throw new AppError('not_found', `planCode: no plan "${code}" is in force. Choose one of the list.`);
  return { code, version: plan.version, body: plan.body };
}

async function openFirst(room: Room, plan: Plan | null): Promise<OperationResult> {
  const { tx, rows, actor, grant, nowMs } = room;
  const operation: OperationRow = {
    id: uuidV7(nowMs),
    eventId: rows.event.id,
    leadUnitId: leadUnitOf(rows),
    planCode: plan?.code ?? null,
    planVersion: plan?.version ?? null,
    openedMs: nowMs,
    openedBy: actor.accountId,
    openedUnitId: grant?.unitId ?? null,
    endedMs: null,
  };
  await insertOperation(tx, { ...operation, district: rows.event.district });
  return tellOpened(room, operation, plan);
}

async function openAgain(room: Room, operation: OperationRow, plan: Plan | null): Promise<OperationResult> {
  if (plan !== null && operation.planCode !== null && operation.planCode !== plan.code)
    throw new AppError(
      'already_exists',
      `Plan "${operation.planCode}" is open for this event. One event has one room: add what is missing as messages or tasks.`,
    );
  const fresh = plan !== null && operation.planCode === null ? plan : null;
  if (operation.endedMs === null && fresh === null) {
    const { eventId, id } = operation;
    return { operationId: id, eventId, at: toIso(operation.openedMs), ledgerId: null };
  }
  const { planCode, planVersion } = operation;
  await resumeOperation(room.tx, operation.id, {
    code: fresh?.code ?? planCode,
    version: fresh?.version ?? planVersion,
  });
  return tellOpened(room, operation, fresh);
}

async function tellOpened(room: Room, operation: OperationRow, plan: Plan | null): Promise<OperationResult> {
  const { tx, nowMs } = room;
  const steps = (plan?.body.steps ?? []).map((body) => ({
    id: uuidV7(nowMs),
    body,
    dueMs: nowMs + body.dueMinutes * 60_000,
  }));
  await insertSteps(tx, operation.id, steps);
  return say(room, operation, {
    kind: 'system',
    action: 'operation.open_plan',
    data: {
      what: 'open',
      planCode: plan?.code ?? operation.planCode,
      planVersion: plan?.version ?? operation.planVersion,
      steps: steps.length,
      leadUnitId: leadUnitOf(room.rows),
    },
  });
}

/** The unit that leads now; before anybody was given the lead, the desk on which the event lies. */
export function leadUnitOf({ event, tasks }: CaseRows): string {
  const leads = tasks.filter((task) => task.part === 'lead' && task.round === event.reopens);
  const held = leads.findLast((task) => ['offered', 'accepted', 'on_site', 'done'].includes(task.status));
  return held?.unitId ?? event.ownerUnitId;
}

/** Ends the joint operation while the event goes on. @throws AppError transition_not_allowed while required steps are open */
export function endRoom(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  body: { opId: string; reason: string },
): Promise<OperationResult> {
  const wanted = { eventId, route: 'operation.end', body, permission: 'event.dispatch', who: 'joint' } as const;
  return inRoom(kit, actor, wanted, async (room) => {
    const operation = openOperation(room);
    const steps = await listSteps(room.tx, operation.id);
    const refusal = refuseEnd(steps.map(({ body: step, status }) => ({ ...step, status })));
    if (refusal !== undefined) throw refusal;
    await endOperation(room.tx, operation.id, room.nowMs);
    return say(room, operation, {
      kind: 'system',
      action: 'operation.end',
      words: body.reason,
      data: { what: 'end' },
    });
  });
}

/** Its event has ended, so the room does too: said once, positions are forgotten. Steps left open stay visible as such. */
export async function endWithEvent(room: Room): Promise<void> {
  const { operation, rows, nowMs, tx } = room;
  if (operation === undefined || operation.endedMs !== null || rows.event.endedMs === null) return;
  await endOperation(tx, operation.id, nowMs);
  const steps = await listSteps(tx, operation.id);
  const left = steps.filter((step) => step.status === 'todo').map((step) => step.body.key);
  await say(room, operation, {
    kind: 'system',
    action: 'operation.end',
    data: { what: 'event_ended', eventStatus: rows.event.status, stepsLeft: left },
  });
}

/** Done, skipped or taken back. @throws AppError not_found, transition_not_allowed, reason_needed */
export function actOnStep(
  kit: OperationsDeps,
  actor: Actor,
  at: { eventId: string; stepId: string },
  body: { opId: string; do: StepAct; reason: string },
): Promise<OperationResult> {
  const wanted = {
    eventId: at.eventId,
    route: 'operation.step',
    body: { ...body, stepId: at.stepId },
    permission: 'event.annotate',
    who: 'field',
  } as const;
  return inRoom(kit, actor, wanted, async (room) => {
    const operation = openOperation(room);
    const step = (await listSteps(room.tx, operation.id, 'lock')).find((one) => one.id === at.stepId);
    if (step === undefined) throw new AppError('not_found', 'There is no such step in this operation.');
    return settleStep(room, operation, step, body);
  });
}

/** Moves a locked step and says so in the room. @throws AppError transition_not_allowed, reason_needed */
export async function settleStep(
  room: Room,
  operation: OperationRow,
  step: StepRow,
  body: { do: StepAct; reason: string },
): Promise<OperationResult> {
  const status = moveStep(step.status, body.do, body.reason);
  await saveStep(room.tx, {
    id: step.id,
    status,
    by: room.actor.accountId,
    unitId: room.grant?.unitId ?? null,
    reason: body.reason,
    nowMs: room.nowMs,
  });
  return say(room, operation, {
    kind: 'step',
    action: 'operation.step',
    words: body.reason,
    data: { stepId: step.id, stepKey: step.body.key, do: body.do, status, late: room.nowMs > step.dueMs },
  });
}
