import type { activityRoutes } from '#contract/activities.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActorOf, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import type { ActivityParts, ActivityStation } from './parts.ts';
import { findOwn, viewOf } from './queries.ts';
import { assertDelivery, assertKind, assertOpen, assertTimes, dayOf } from './rules.ts';
import { findActivity, insertActivity, saveActivity, type ActivityRow } from './store.ts';

type Routes = typeof activityRoutes;
type Changed = Output<Routes['plan']>;

interface Line {
  action: 'activity.plan' | 'activity.change' | 'activity.hold' | 'activity.cancel';
  opId: string;
  data: Record<string, unknown>;
  words?: Record<string, unknown>;
}

/** Announces an activity at a station the actor manages. @throws AppError not_found, bad_input */
export async function planActivity(
  parts: ActivityParts,
  actor: Actor,
  body: Input<Routes['plan']>['body'],
): Promise<Changed> {
  const station = await parts.stations.find(actor, body.stationId, 'station.manage');
  const op = { opId: body.opId, actor: senderOf(actor), route: 'activity.plan', request: body };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const { kind, title, about, places, partnerId, pledgeId } = body;
    const row = {
      id: uuidV7(nowMs),
      stationId: station.id,
      district: station.district,
      partnerId,
      pledgeId: partnerId === null ? null : pledgeId,
      kind,
      title,
      about,
      places,
      startsAt: new Date(body.startsAt),
      endsAt: new Date(body.endsAt),
      createdAt: new Date(nowMs),
      createdBy: actor.accountId,
    };
    assertWish(row, nowMs);
    await assertPartner(parts, tx, row);
    await insertActivity(tx, row);
    const line = { action: 'activity.plan' as const, opId: body.opId, data: factsOf(row), words: { title, about } };
    return finish(parts, tx, { actor, station, id: row.id, nowMs, line });
  });
}

/** Changes what is given. @throws AppError not_found, transition_not_allowed, version_conflict, bad_input */
export async function changeActivity(
  parts: ActivityParts,
  actor: Actor,
  id: string,
  body: Input<Routes['change']>['body'],
): Promise<Changed> {
  return settle(parts, actor, { id, route: 'activity.change', body }, async (tx, row, _station, nowMs) => {
    assertOpen(openOf(row), { version: body.version, to: 'change', nowMs });
    const { opId, version, startsAt, endsAt, ...rest } = body;
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const next: ActivityRow = {
      ...row,
      ...given,
      startsAt: startsAt === undefined ? row.startsAt : new Date(startsAt),
      endsAt: endsAt === undefined ? row.endsAt : new Date(endsAt),
    };
    if (next.partnerId === null) next.pledgeId = null;
    assertWish(next, nowMs);
    await assertPartner(parts, tx, next);
    await saveActivity(tx, next);
    const { title, about } = next;
    return { action: 'activity.change', opId, data: { ...factsOf(next), from: version }, words: { title, about } };
  });
}

/**
 * It took place. Whoever came and was not counted one by one becomes one service record; what the partner gave counts
 * towards the pledge; photos stay with it: all in one transaction.
 * @throws AppError not_found, transition_not_allowed, version_conflict, bad_input
 */
export async function holdActivity(
  parts: ActivityParts,
  actor: Actor,
  id: string,
  body: Input<Routes['hold']>['body'],
): Promise<Changed> {
  return settle(parts, actor, { id, route: 'activity.hold', body }, async (tx, row, station, nowMs) => {
    assertOpen(openOf(row), { version: body.version, to: 'hold', nowMs });
    assertDelivery(row.partnerId, body.delivered);
    await parts.photos.claimFor(tx, { subjectType: 'activity', subjectId: id, claims: body.attachments, actor });
    // People came while it ran, not when somebody found the time to write it down.
    const atMs = Math.min(row.endsAt.getTime() - 1, nowMs);
    const { partnerId, pledgeId } = row;
    const { accountId } = actor;
    if (body.persons > 0)
      await parts.recordHeads(tx, { activityId: id, station, partnerId, persons: body.persons, atMs, accountId });
    if (partnerId !== null && body.delivered > 0)
      await parts.noteDelivery(tx, {
        partnerId,
        pledgeId,
        stationId: station.id,
        quantity: body.delivered,
        what: row.title,
        atMs,
        source: { type: 'activity', id },
        accountId,
      });
    await saveActivity(tx, { ...row, state: 'held', settledAt: new Date(nowMs) });
    const { persons, delivered, attachments, opId } = body;
    return { action: 'activity.hold', opId, data: { persons, delivered, photos: attachments.length } };
  });
}

/** It will not take place; the public page says why. @throws AppError not_found, transition_not_allowed, version_conflict */
export async function cancelActivity(
  parts: ActivityParts,
  actor: Actor,
  id: string,
  body: Input<Routes['cancel']>['body'],
): Promise<Changed> {
  return settle(parts, actor, { id, route: 'activity.cancel', body }, async (tx, row, _station, nowMs) => {
    assertOpen(openOf(row), { version: body.version, to: 'cancel', nowMs });
    await saveActivity(tx, { ...row, state: 'cancelled', reason: body.reason, settledAt: new Date(nowMs) });
    return { action: 'activity.cancel', opId: body.opId, data: {}, words: { reason: body.reason } };
  });
}

interface Wish {
  id: string;
  route: string;
  body: { opId: string };
}
type Deed = (tx: Tx, row: ActivityRow, station: ActivityStation, nowMs: number) => Promise<Line>;

/** Finds it through access, then locks the row and does the deed, once per opId. */
async function settle(parts: ActivityParts, actor: Actor, { id, route, body }: Wish, deed: Deed): Promise<Changed> {
  const { station } = await findOwn(parts, actor, id, 'station.manage');
  const op = { opId: body.opId, actor: senderOf(actor), route, request: { id, ...body } };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const row = await findActivity(tx, id, 'lock');
    if (row === undefined) throw new AppError('not_found', 'There is no such activity, or it is not yours to see.');
    const line = await deed(tx, row, station, nowMs);
    return finish(parts, tx, { actor, station, id, nowMs, line });
  });
}

interface Ending {
  actor: Actor;
  station: ActivityStation;
  id: string;
  nowMs: number;
  line: Line;
}

async function finish(parts: ActivityParts, tx: Tx, { actor, station, id, nowMs, line }: Ending): Promise<Changed> {
  const ledgerId = await append(tx, {
    actor: ledgerActorOf(actor, station.unitId),
    subject: { type: 'activity', id },
    district: station.district,
    atMs: nowMs,
    audience: [...station.path.map((code) => `a:${code}`), `u:${station.unitId}`],
    ...line,
    data: { stationId: station.id, ...line.data },
  });
  const row = await findActivity(tx, id);
  if (row === undefined) throw new AppError('not_found', 'There is no such activity, or it is not yours to see.');
  return { activity: await viewOf(parts, tx, row, station, true), at: toIso(nowMs), ledgerId };
}

const openOf = ({ state, version, startsAt }: ActivityRow) => ({ state, version, startsMs: startsAt.getTime() });

function assertWish(
  { kind, startsAt, endsAt }: Pick<ActivityRow, 'kind' | 'startsAt' | 'endsAt'>,
  nowMs: number,
): void {
  assertKind(kind);
  assertTimes({ startsMs: startsAt.getTime(), endsMs: endsAt.getTime() }, nowMs);
}

/** The partner and its pledge, as they are agreed for the day it begins on. */
async function assertPartner(
  { partnersAt }: ActivityParts,
  tx: Tx,
  { stationId, partnerId, pledgeId, startsAt }: Pick<ActivityRow, 'stationId' | 'partnerId' | 'pledgeId' | 'startsAt'>,
): Promise<void> {
  if (partnerId === null) return;
  const there = (await partnersAt(tx, stationId, dayOf(startsAt.getTime()))).find(({ id }) => id === partnerId);
  if (there === undefined)
    throw new AppError('bad_input', 'partnerId: expected a partner whose agreement runs at this station on that day.', {
      field: 'partnerId',
    });
  if (pledgeId !== null && !there.pledges.some(({ id }) => id === pledgeId))
    throw new AppError('bad_input', 'pledgeId: expected a pledge of this partner to this station on that day.', {
      field: 'pledgeId',
    });
}

function factsOf({
  kind,
  partnerId,
  pledgeId,
  places,
  startsAt,
  endsAt,
}: Pick<ActivityRow, 'kind' | 'partnerId' | 'pledgeId' | 'places' | 'startsAt' | 'endsAt'>) {
  return { kind, partnerId, pledgeId, places, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}
