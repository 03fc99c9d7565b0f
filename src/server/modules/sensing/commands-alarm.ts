import { sql } from 'kysely';
import type { z } from 'zod';
import type { sensingRoutes } from '#contract/sensing.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { deviceScope } from './device-rules.ts';
import { placeOf, stateOf } from './hear-subjects.ts';
import type { Kit } from './kit.ts';
import { recordAlarm } from './record.ts';
import { usualRule } from './rulebook.ts';
import {
  changeAlarm,
  countOutcome,
  insertAlarm,
  lockAlarm,
  recountAsFalse,
  type AlarmChange,
  type AlarmState,
} from './store-alarm.ts';
import { listHeardDevices, lockDevices, type HeardDevice } from './store-intake.ts';
import { receiverOn, subjectOfDevice, type Subject } from './subjects.ts';
import { findWish, insertWish, reportFor } from './wish-store.ts';
import { fulfilOne } from './wishes.ts';

/** What a command on an alarm answers; the view is read afterwards. */
export interface Done {
  id: string;
  at: string;
  ledgerId: string | null;
}

type Body<K extends keyof typeof sensingRoutes> = z.output<(typeof sensingRoutes)[K]['body']>;

interface Act {
  kit: Kit;
  tx: Tx;
  actor: Actor;
  alarm: AlarmState;
  nowMs: number;
  opId: string;
}

/**
 * The road of every command on one alarm: claim the opId → lock device and alarm through the viewer's sight → may they? →
 * change and one line.
 * @throws AppError not_found when it is not the viewer's to see, not_allowed when they may only look
 */
function onAlarm<B extends { opId: string }>(
  kit: Kit,
  actor: Actor,
  id: string,
  body: B,
  verb: string,
  work: (act: Act) => Promise<string | null>,
): Promise<Done> {
  const op = {
    opId: body.opId,
    actor: actor.accountId ?? actor.kind,
    route: `alarm.${verb}`,
    request: { id, ...body },
  };
  return once(kit.database, deviceScope(actor, 'alarm.read'), op, async (tx) => {
    const alarm = await lockSeen(tx, id);
    assertMayHandle(actor, alarm);
    const nowMs = kit.clock.now();
    const ledgerId = await work({ kit, tx, actor, alarm, nowMs, opId: body.opId });
    return { id, at: toIso(nowMs), ledgerId };
  });
}

/** The device first, then the alarm: the order in which the intake takes its locks. */
async function lockSeen(tx: Tx, id: string): Promise<AlarmState> {
  const { rows } = await sql<{
    deviceId: string | null;
  }>`select device_id as "deviceId" from alarm where id = ${id}`.execute(tx.db);
  const deviceId = rows[0]?.deviceId ?? null;
  if (deviceId !== null) await lockDevices(tx, [deviceId]);
  const alarm = rows.length === 0 ? undefined : await lockAlarm(tx, id);
  if (alarm === undefined) throw new AppError('not_found', 'There is no such alarm, or it is not yours to see.');
  return alarm;
}

export function assertMayHandle(actor: Actor, { path, unitId }: { path: readonly string[]; unitId: string }): void {
  if (grantsFor(actor, 'alarm.handle', { path, units: [unitId] }).length > 0) return;
  throw new AppError('not_allowed', 'None of your appointments lets you handle alarms at this place.');
}

async function change(act: Act, verb: string, changes: AlarmChange, line: LineOf = {}): Promise<string> {
  const { tx, actor, alarm, nowMs, opId } = act;
  await changeAlarm(tx, alarm.id, changes);
  return recordAlarm(tx, verb, alarm, { actor: ledgerActor(actor), atMs: nowMs, opId, ...line });
}
type LineOf = { data?: Record<string, unknown>; words?: Record<string, unknown> };

const acknowledged = ({ actor, nowMs }: Act): AlarmChange => ({
  acknowledgedMs: nowMs,
  acknowledgedBy: actor.accountId,
});

/** Ends the sound. Whoever was first is kept; a second one is answered without a line. */
export function acknowledge(kit: Kit, actor: Actor, id: string, body: Body<'acknowledge'>): Promise<Done> {
  return onAlarm(kit, actor, id, body, 'acknowledge', async (act) => {
    if (act.alarm.acknowledgedAt !== null) return null;
    return change(act, 'acknowledge', acknowledged(act), { words: { note: body.note } });
  });
}

/**
 * One tap: acknowledged, ended, counted for the device. An event that was made of it, or is being made, stays as it is:
 * declined or cancelled by its own commands.
 */
export function falseAlarm(kit: Kit, actor: Actor, id: string, body: Body<'falseAlarm'>): Promise<Done> {
  return onAlarm(kit, actor, id, body, 'false', async (act) => {
    const { alarm, nowMs, tx } = act;
    if (alarm.outcome === 'false') return null;
    if (alarm.deviceId !== null && !alarm.test) {
      if (alarm.outcome === null) await countOutcome(tx, alarm.deviceId, 'false');
      else await recountAsFalse(tx, alarm.deviceId);
    }
    const changes: AlarmChange = { ...acknowledged(act), outcome: 'false', clearedMs: nowMs, clearedHow: 'false' };
    return change(act, 'false', changes, { data: { outcome: 'false' }, words: { note: body.note } });
  });
}

/** Ended by hand: for devices that never say that it is over. */
export function clear(kit: Kit, actor: Actor, id: string, body: Body<'clear'>): Promise<Done> {
  return onAlarm(kit, actor, id, body, 'clear', async (act) => {
    if (act.alarm.clearedAt !== null) return null;
    const changes: AlarmChange = {
      ...acknowledged(act),
      clearedMs: act.nowMs,
      clearedHow: 'hand',
      clearReason: body.reason,
    };
    return change(act, 'clear', changes, { data: { how: 'hand' }, words: { reason: body.reason } });
  });
}

/** One key: the alarm becomes an event, the same one whoever presses, and however often. */
export async function raise(kit: Kit, actor: Actor, id: string, body: Body<'raise'>): Promise<Done> {
  const library = await kit.events.dictionary.get();
  const done = await onAlarm(kit, actor, id, body, 'raise', async (act) => {
    const { alarm, tx, nowMs } = act;
    if (alarm.test) throw new AppError('bad_input', 'A test call does not become an event.');
    if (alarm.eventId !== null || (await findWish(tx, id)) !== undefined) return null;
    const categoryCode = body.categoryCode ?? alarm.categoryCode;
    if (categoryCode === null || !library.categories.has(categoryCode))
      throw new AppError(
        'bad_input',
        `categoryCode: expected a category for the event, found ${categoryCode ?? 'none in the rule'}. Choose one.`,
        { field: 'categoryCode' },
      );
    await insertWish(tx, await reportFor(kit, alarm, { ...withoutEmpty(body), categoryCode }), {
      askedBy: actor.accountId,
      nowMs,
    });
    if (alarm.outcome === null && alarm.deviceId !== null) await countOutcome(tx, alarm.deviceId, 'handled');
    const changes: AlarmChange = { ...acknowledged(act), outcome: 'handled' };
    return change(act, 'acknowledge', changes, {
      data: { outcome: 'handled', becomesEvent: true, categoryCode },
      words: { note: body.note },
    });
  });
  await fulfilOne(kit, id);
  return done;
}

function withoutEmpty({ priority, note }: Body<'raise'>): { priority?: number; note?: string } {
  return { ...(priority === undefined ? {} : { priority }), ...(note === '' ? {} : { note }) };
}

/** Ties it to an event that exists already: several alarms of one fire. */
export function link(kit: Kit, actor: Actor, id: string, body: Body<'link'>): Promise<Done> {
  return onAlarm(kit, actor, id, body, 'link', async (act) => {
    const { alarm, tx } = act;
    if (alarm.test) throw new AppError('bad_input', 'A test call does not become an event.');
    if (alarm.eventId === body.eventId) return null;
    if (alarm.eventId !== null || (await findWish(tx, id)) !== undefined)
      throw new AppError(
        'already_exists',
        `This alarm has its event already${alarm.eventNumber === null ? '' : ` (${alarm.eventNumber})`}. Merge the events instead.`,
      );
    const event = await kit.events.handlers.get({ params: { id: body.eventId }, query: {}, body: {} }, { actor });
    if (alarm.outcome === null && alarm.deviceId !== null) await countOutcome(tx, alarm.deviceId, 'handled');
    const { id: eventId, number } = event;
    await changeAlarm(tx, id, { ...acknowledged(act), outcome: 'handled', event: { id: eventId, number } });
    return recordAlarm(
      tx,
      'to_event',
      { ...alarm, eventId },
      {
        actor: ledgerActor(actor),
        atMs: act.nowMs,
        opId: act.opId,
        data: { eventNumber: number, by: 'link', planCode: null },
      },
    );
  });
}

/** A test call: an alarm of its own that goes the whole way to the ears, marked as a test; it counts for nothing. */
export function testCall(kit: Kit, actor: Actor, body: Body<'testCall'>): Promise<Done> {
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: 'alarm.test', request: body };
  return once(kit.database, systemScope, op, async (tx) => {
    const nowMs = kit.clock.now();
    const id = uuidV7(nowMs);
    const subject = { ...(await testSubject(kit, tx, actor, body.deviceId)), key: `t:${id}` };
    assertMayHandle(actor, subject);
    const alarm = {
      ...placeOf(subject),
      id,
      kind: body.kind,
      priority: body.priority,
      raisedMs: nowMs,
      receivedMs: nowMs,
      clockWrong: false,
      metric: null,
      value: null,
      text: '',
      thresholdId: null,
      categoryCode: null,
      planCode: null,
      raises: 'never' as const,
      test: true,
    };
    await insertAlarm(tx, alarm);
    const ledgerId = await recordAlarm(tx, 'test', stateOf(alarm, subject), {
      actor: ledgerActor(actor),
      atMs: nowMs,
      opId: body.opId,
      data: { raisedAt: toIso(nowMs), unitId: alarm.unitId },
    });
    return { id, at: toIso(nowMs), ledgerId };
  });
}

/** At the device that was named, else at the seat's own unit. */
async function testSubject(kit: Kit, tx: Tx, actor: Actor, deviceId: string | undefined): Promise<Subject> {
  if (deviceId !== undefined) {
    const device = await seenDevice(tx, actor, deviceId);
    return subjectOfDevice(kit.territory, await kit.rules.get(), device, kit.clock.now());
  }
  const grant = actor.grants.find((one) => one.permissions.has('alarm.handle'));
  const area = kit.territory.area(grant?.areaCode ?? '') ?? kit.territory.city();
  const owner = kit.territory.unit(grant?.unitId ?? '') ?? receiverOn(kit.territory, area.path);
  return {
    key: '',
    deviceId: null,
    deviceCode: null,
    sourceId: null,
    sourceCode: null,
    path: area.path,
    areaCode: area.code,
    district: area.path[1] ?? area.code,
    unitId: owner.id,
    lon: 0,
    lat: 0,
    placeWords: owner.name,
    muted: false,
    ruleOf: (kind) => usualRule(kind),
  };
}

/** A device of the actor's area or unit. @throws AppError not_found */
async function seenDevice(tx: Tx, actor: Actor, deviceId: string): Promise<HeardDevice> {
  const device = (await listHeardDevices(tx, [deviceId])).get(deviceId);
  const units = device?.unitId === undefined || device.unitId === null ? [] : [device.unitId];
  if (device === undefined || grantsFor(actor, 'alarm.handle', { path: device.path, units }).length === 0)
    throw new AppError('not_found', 'There is no such device, or it is not yours to see.');
  return device;
}

/** Nothing is raised for this device for some minutes; 0 ends it. What is still so at the end is raised then. */
export function mute(
  kit: Kit,
  actor: Actor,
  deviceId: string,
  body: Body<'mute'>,
): Promise<{ mutedUntil: string | null; at: string; ledgerId: string }> {
  const op = {
    opId: body.opId,
    actor: actor.accountId ?? actor.kind,
    route: 'device.mute',
    request: { deviceId, ...body },
  };
  return once(kit.database, systemScope, op, async (tx) => {
    const device = await seenDevice(tx, actor, deviceId);
    await lockDevices(tx, [deviceId]);
    const nowMs = kit.clock.now();
    const until = toIso(nowMs + body.minutes * 60_000);
    await sql`insert into device_mute (device_id, until, muted_by) values (${deviceId}, ${until}, ${actor.accountId})
      on conflict (device_id) do update set until = excluded.until, muted_by = excluded.muted_by, settled = false`.execute(
      tx.db,
    );
    const unitId = device.unitId ?? receiverOn(kit.territory, device.path).id;
    const ledgerId = await append(tx, {
      actor: ledgerActor(actor),
      action: 'device.mute',
      subject: { type: 'device', id: deviceId },
      district: device.district,
      atMs: nowMs,
      data: { deviceCode: device.code, minutes: body.minutes, until },
      words: { reason: body.reason },
      audience: [...device.path.map((code) => `a:${code}`), `u:${unitId}`],
      opId: body.opId,
    });
    return { mutedUntil: body.minutes === 0 ? null : until, at: toIso(nowMs), ledgerId };
  });
}
