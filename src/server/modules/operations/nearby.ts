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
      const { circle, rows, unitId, declared } = await around(kit, actor, params.id, body.radiusM, 'care.glance');
      const opened = declared && rows.event.priority <= lastUrgent;
      const people = await nearby.listCareNear(actor, circle, opened ? 'room' : 'plain');
      // The line is there before the answer is given: nobody sees the list without leaving it.
      await record(kit, actor, { rows, unitId, circle, count: people.length, opened, purpose: body.purpose });
      return {
        opened,
        radiusM: circle.radiusM,
        people: people.map((one) => ({ ...one, tags: [...one.tags] })),
      };
    },
  };
}

async function around(
  kit: OperationsDeps,
  actor: Actor,
  eventId: string,
  radiusM: number | undefined,
  permission: 'event.read' | 'care.glance' = 'event.read',
): Promise<{ circle: Circle; rows: CaseRows; unitId: string | null; declared: boolean }> {
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
    const declared = operation !== undefined && operation.endedMs === null && rows.event.endedMs === null;
    const circle = { lon, lat, radiusM: radiusM ?? plan?.nearbyM ?? defaultNearbyM };
    return { circle, rows, unitId: grant.unitId, declared };
  });
}

/** P0 and P1: somebody's life may hang on knowing which door. */
const lastUrgent = 1;

async function record(
  kit: OperationsDeps,
  actor: Actor,
  seen: { rows: CaseRows; unitId: string | null; circle: Circle; count: number; opened: boolean; purpose: string },
): Promise<void> {
  const { rows, circle } = seen;
  await kit.database.inTx(scopeOf(actor), (tx) =>
    append(tx, {
      actor: ledgerActorOf(actor, seen.unitId),
      action: 'operation.list_care',
      subject: { type: 'event', id: rows.event.id },
      district: rows.event.district,
      atMs: kit.clock.now(),
      data: { eventId: rows.event.id, radiusM: circle.radiusM, people: seen.count, opened: seen.opened },
      words: { purpose: seen.purpose },
      audience: actor.accountId === null ? [] : [`p:${actor.accountId}`],
    }),
  );
}
