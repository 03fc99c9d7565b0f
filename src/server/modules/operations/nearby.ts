import type { nearbyRoutes } from '#contract/operations.ts';
import type { Handlers } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { CaseRows } from '#server/modules/events/index.ts';
import { ledgerActorOf, scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Caller, Circle, Nearby, OperationsDeps } from './parts.ts';
import { defaultNearbyM } from './queries-room.ts';
import { findOperation } from './store-operation.ts';
import { findPlanVersion } from './store-plan.ts';

/** People in care and risk points around the place of an event. */
export function nearbyHandlers(kit: OperationsDeps, nearby: Nearby): Handlers<typeof nearbyRoutes, Caller> {
  return {
    async riskPoints({ params, query }, { actor }) {
      const { circle } = await around(kit, actor, params.id, query.radiusM);
      const items = await nearby.listRiskPointsNear(actor, circle);
      return { radiusM: circle.radiusM, items: [...items] };
    },
    async nearby({ params, body }, { actor }) {
      const { circle, rows, unitId } = await around(kit, actor, params.id, body.radiusM, 'care.read');
      const people = await nearby.listCareNear(actor, circle);
      // The line is there before the answer is given: nobody sees the list without leaving it.
      await record(kit, actor, { rows, unitId, circle, count: people.length, purpose: body.purpose });
      return { radiusM: circle.radiusM, people: people.map((one) => ({ ...one, tags: [...one.tags] })) };
    },
  };
}

async function around(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  radiusM: number | undefined,
  permission: 'event.read' | 'care.read' = 'event.read',
): Promise<{ circle: Circle; rows: CaseRows; unitId: string | null }> {
  return kit.database.read(scopeOf(actor), async (tx) => {
    const rows = await kit.events.joint.look(tx, eventId);
    if (kit.events.joint.standing(actor, rows, 'event.read', 'field') === undefined)
      throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
    const grant = kit.events.joint.standing(actor, rows, permission, 'field');
    if (grant === undefined)
      throw new AppError('not_allowed', `None of your appointments at this event carries "${permission}".`);
    const { lon, lat } = rows.event;
    if (lon === null || lat === null)
      throw new AppError('bad_input', 'This event has no position. Correct its place first (relocate).');
    const operation = await findOperation(tx, eventId);
    const plan =
      operation?.planCode === undefined || operation.planCode === null || operation.planVersion === null
        ? undefined
        : await findPlanVersion(tx, operation.planCode, operation.planVersion);
    return { circle: { lon, lat, radiusM: radiusM ?? plan?.nearbyM ?? defaultNearbyM }, rows, unitId: grant.unitId };
  });
}

async function record(
  kit: OperationsDeps,
  actor: Actor,
  seen: { rows: CaseRows; unitId: string | null; circle: Circle; count: number; purpose: string },
): Promise<void> {
  const { rows, circle } = seen;
  await kit.database.inTx(scopeOf(actor), (tx) =>
    append(tx, {
      actor: ledgerActorOf(actor, seen.unitId),
      action: 'operation.list_care',
      subject: { type: 'event', id: rows.event.id },
      district: rows.event.district,
      atMs: kit.clock.now(),
      data: { eventId: rows.event.id, radiusM: circle.radiusM, people: seen.count },
      words: { purpose: seen.purpose },
      audience: actor.accountId === null ? [] : [`p:${actor.accountId}`],
    }),
  );
}
