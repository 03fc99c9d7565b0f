import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sensingRoutes } from '#contract/sensing.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { startMs } from '#test/helpers/events-world.ts';
import { createSensingWorld, type SensingWorld } from './sensing.fixture.ts';

const minute = 60_000;
let world: SensingWorld;
const opened: { eventId: string; planCode: string; opId: string }[] = [];
beforeAll(async () => {
  world = await createSensingWorld({
    openPlan: async ({ eventId, planCode, opId }) => void opened.push({ eventId, planCode, opId }),
  });
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(startMs));

const h = () => world.sensing.handlers;
const list = async (actor: Actor, query: Record<string, unknown> = {}) =>
  sensingRoutes.alarms.response.parse(
    await h().alarms({ params: {}, query: sensingRoutes.alarms.query.parse(query), body: {} }, { actor }),
  );
const get = async (actor: Actor, id: string) =>
  sensingRoutes.alarm.response.parse(await h().alarm({ params: { id }, query: {}, body: {} }, { actor }));
const on = (
  verb: 'acknowledge' | 'falseAlarm' | 'clear' | 'raise' | 'link',
  actor: Actor,
  id: string,
  body: Record<string, unknown> = {},
) => {
  world.clock.advance(1);
  const input = { params: { id }, query: {}, body: sensingRoutes[verb].body.parse({ opId: randomUUID(), ...body }) };
  return (h()[verb] as (input: unknown, ctx: { actor: Actor }) => ReturnType<ReturnType<typeof h>['clear']>)(input, {
    actor,
  });
};
const alarmsOf = async (deviceId: string) => (await list(world.as.cityChief, { deviceId, show: 'all' })).items;
const onlyAlarm = async (deviceId: string) => {
  const items = await alarmsOf(deviceId);
  expect(items).toHaveLength(1);
  return items[0]!;
};

describe('an alarm', () => {
  it('is raised once, counts what is said again, and is over when the device says normal', async () => {
    const device = await world.addDevice();
    expect(await world.say(device, 'alarm', { kind: 'smoke', state: 'active', value: 400, text: '三楼' })).toBe(
      'taken',
    );
    world.clock.advance(5000);
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    const alarm = await onlyAlarm(device.id);
    expect(alarm).toMatchObject({
      kind: 'smoke',
      priority: 1,
      condition: 'active',
      acknowledged: false,
      repeats: 1,
      text: '三楼',
      areaCode: '500103004001001',
      unitName: '东村居委会',
      device: { code: device.code },
    });
    const [raise, ...others] = await world.linesOf(alarm.id);
    expect(others).toEqual([]);
    expect(raise).toMatchObject({
      action: 'alarm.raise',
      data: {
        alarmId: alarm.id,
        kind: 'smoke',
        priority: 1,
        deviceCode: device.code,
        areaCode: '500103004001001',
        eventId: null,
      },
    });
    expect(JSON.stringify(raise?.data)).not.toContain('三楼');
    expect(raise?.audience).toEqual([
      'a:500000',
      'a:500103',
      'a:500103004',
      'a:500103004001',
      'a:500103004001001',
      `u:${world.unit.east}`,
    ]);
    await world.say(device, 'alarm', { kind: 'smoke', state: 'normal' });
    expect(await onlyAlarm(device.id)).toMatchObject({
      condition: 'cleared',
      clearedHow: 'signal',
      acknowledged: false,
    });
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    expect(await alarmsOf(device.id)).toHaveLength(2);
  });

  it('is seen in its areas and by nobody else', async () => {
    const device = await world.addDevice();
    await world.say(device, 'alarm', { kind: 'gas', state: 'active' });
    const alarm = await onlyAlarm(device.id);
    for (const who of ['intake', 'secretary', 'districtChief', 'cityChief'] as const)
      expect((await get(world.as[who], alarm.id)).id).toBe(alarm.id);
    for (const who of ['northIntake', 'bureauHandler', 'postHandler'] as const) {
      await expect(get(world.as[who], alarm.id)).rejects.toMatchObject({ code: 'not_found' });
      expect((await list(world.as[who], { show: 'all' })).items.map(({ id }) => id)).not.toContain(alarm.id);
      await expect(on('acknowledge', world.as[who], alarm.id)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(on('acknowledge', world.as.secretary, alarm.id)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('is acknowledged by whoever is first; the same opId and a second seat change nothing', async () => {
    const { as } = world;
    const device = await world.addDevice();
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    const { id } = await onlyAlarm(device.id);
    const opId = randomUUID();
    const first = await on('acknowledge', as.intake, id, { opId });
    expect(first).toMatchObject({ alarm: { acknowledged: true, acknowledgedBy: 'intake' } });
    expect(await on('acknowledge', as.intake, id, { opId })).toMatchObject({ ledgerId: first.ledgerId });
    expect(await on('acknowledge', as.dispatcher, id)).toMatchObject({
      ledgerId: null,
      alarm: { acknowledgedBy: 'intake' },
    });
    expect((await world.linesOf(id)).map(({ action }) => action)).toEqual(['alarm.raise', 'alarm.acknowledge']);
    const detail = await get(as.intake, id);
    expect(detail.allowed).toEqual(['false', 'clear', 'raise', 'link', 'mute']);
    expect(detail.timeline.map(({ actorName }) => actorName)).toEqual([null, 'intake']);
  });

  it('found false is over by one tap, counted for the device, and stays quiet while the device goes on', async () => {
    const { as } = world;
    const device = await world.addDevice();
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    const { id } = await onlyAlarm(device.id);
    expect(await on('falseAlarm', as.intake, id)).toMatchObject({
      eventStays: false,
      alarm: { outcome: 'false', condition: 'cleared', clearedHow: 'false', acknowledged: true },
    });
    world.clock.advance(10 * minute);
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    expect(await alarmsOf(device.id)).toHaveLength(1);
    expect((await get(as.intake, id)).counts).toEqual({ days: 30, alarms: 1, false: 1, handled: 0 });
    world.clock.advance(25 * minute);
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    expect(await alarmsOf(device.id)).toHaveLength(2);
    expect((await list(as.intake, { show: 'false', deviceId: device.id })).items.map((one) => one.id)).toEqual([id]);
    const { rows } = await world.owner.query(
      'select true_alarms, false_alarms from device_pulse where device_id = $1',
      [device.id],
    );
    expect(rows).toEqual([{ true_alarms: 0, false_alarms: 1 }]);
  });

  it('can be ended by hand, with a reason', async () => {
    const device = await world.addDevice();
    await world.say(device, 'alarm', { kind: 'tilt', state: 'active' });
    const { id } = await onlyAlarm(device.id);
    expect(() => sensingRoutes.clear.body.parse({ opId: randomUUID(), reason: '' })).toThrow();
    expect(await on('clear', world.as.intake, id, { reason: '已到场复位' })).toMatchObject({
      alarm: { condition: 'cleared', clearedHow: 'hand', outcome: null },
    });
    expect((await get(world.as.intake, id)).clearReason).toBe('已到场复位');
  });
});

describe('an event from an alarm', () => {
  it('is made by one key, the same one whoever presses', async () => {
    const { as } = world;
    const device = await world.addDevice({ name: '健康巷烟感' });
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active', value: 700 });
    const { id } = await onlyAlarm(device.id);
    const [one, two] = await Promise.all([on('raise', as.intake, id), on('raise', as.dispatcher, id)]);
    const eventId = one.alarm.event?.id ?? two.alarm.event?.id;
    expect((await onlyAlarm(device.id)).event?.id).toBe(eventId);
    const { rows } = await world.owner.query('select count(*)::int as n from event_reporter where source_ref = $1', [
      id,
    ]);
    expect(rows).toEqual([{ n: 1 }]);
    const event = await world.events.handlers.get(
      { params: { id: eventId! }, query: {}, body: {} },
      { actor: as.secretary },
    );
    expect(event).toMatchObject({ categoryCode: 'E0510', channel: 'sensor', priority: 1, title: '火灾 · 健康巷烟感' });
    expect((await world.linesOf(id)).map(({ action }) => action).toSorted()).toEqual([
      'alarm.acknowledge',
      'alarm.raise',
      'alarm.to_event',
    ]);
    // Two who press at once may both ask for the plan: it is the same operation.
    expect([
      ...new Set(opened.filter((plan) => plan.eventId === eventId).map(({ planCode, opId }) => `${planCode} ${opId}`)),
    ]).toEqual([expect.stringMatching(/^fire /)]);
    expect((await get(as.intake, id)).counts).toMatchObject({ handled: 1 });
  });

  it('stays when the alarm is found false afterwards; the device’s count is put right', async () => {
    const { as } = world;
    const device = await world.addDevice();
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    const { id } = await onlyAlarm(device.id);
    const { event } = (await on('raise', as.intake, id)).alarm;
    const input = { params: { id: event!.id }, query: {}, body: {} };
    const before = await world.events.handlers.get(input, { actor: as.secretary });
    expect((await get(as.intake, id)).allowed).toContain('false');
    expect(await on('falseAlarm', as.dispatcher, id, { note: '灰尘' })).toMatchObject({
      eventStays: true,
      alarm: { outcome: 'false', condition: 'cleared', event: { id: event?.id }, acknowledgedBy: 'intake' },
    });
    expect(await on('falseAlarm', as.intake, id)).toMatchObject({ ledgerId: null, eventStays: true });
    const detail = await get(as.intake, id);
    expect([detail.counts, detail.allowed.includes('false')]).toMatchObject([{ false: 1, handled: 0 }, false]);
    const pulse = 'select true_alarms, false_alarms from device_pulse where device_id = $1';
    expect((await world.owner.query(pulse, [device.id])).rows).toEqual([{ true_alarms: 0, false_alarms: 1 }]);
    expect((await world.events.handlers.get(input, { actor: as.secretary })).status).toBe(before.status);
  });

  it('needs a category where the rule has none', async () => {
    const device = await world.addDevice({ kind: 'sos', metrics: [] });
    await world.say(device, 'alarm', { kind: 'sos', state: 'active' });
    const { id } = await onlyAlarm(device.id);
    await expect(on('raise', world.as.intake, id)).rejects.toMatchObject({ code: 'bad_input' });
    expect(await on('raise', world.as.intake, id, { categoryCode: 'G1503', priority: 1 })).toMatchObject({
      alarm: { outcome: 'handled' },
    });
  });

  it('may be one that exists already', async () => {
    const device = await world.addDevice();
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    const { id } = await onlyAlarm(device.id);
    const event = await world.events.report(world.as.intake, {
      opId: randomUUID(),
      categoryCode: 'E0510',
      title: '居民来电',
      description: '',
      lon: 106.505,
      lat: 29.505,
      placeWords: '',
      attachments: [],
      channel: 'hotline',
    });
    await expect(on('link', world.as.intake, id, { eventId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await on('link', world.as.intake, id, { eventId: event.id })).toMatchObject({
      alarm: { event: { id: event.id, number: event.number }, outcome: 'handled' },
    });
    await expect(on('link', world.as.intake, id, { eventId: randomUUID() })).rejects.toMatchObject({
      code: 'already_exists',
    });
  });
});

describe('other words', () => {
  it('a test call goes the whole way, marked, and counts for nothing', async () => {
    const { as } = world;
    const device = await world.addDevice();
    const body = sensingRoutes.testCall.body.parse({
      opId: randomUUID(),
      deviceId: device.id,
      kind: 'smoke',
      priority: 0,
    });
    const { alarm } = await h().testCall({ params: {}, query: {}, body }, { actor: as.intake });
    expect(alarm).toMatchObject({ test: true, priority: 0 });
    expect(await world.linesOf(alarm.id)).toMatchObject([
      { action: 'alarm.test', data: { alarmId: alarm.id, test: true, deviceCode: device.code, eventId: null } },
    ]);
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    expect(await alarmsOf(device.id)).toHaveLength(2);
    await expect(on('raise', as.intake, alarm.id, { categoryCode: 'E0510' })).rejects.toMatchObject({
      code: 'bad_input',
    });
    expect((await get(as.intake, alarm.id)).counts).toMatchObject({ alarms: 1 });
    const foreign = h().testCall(
      { params: {}, query: {}, body: { ...body, opId: randomUUID() } },
      { actor: as.northIntake },
    );
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a muted device raises nothing, until the mute is over', async () => {
    const { as } = world;
    const device = await world.addDevice();
    const body = { opId: randomUUID(), minutes: 20, reason: '检修' };
    await h().mute({ params: { id: device.id }, query: {}, body }, { actor: as.intake });
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    expect(await alarmsOf(device.id)).toEqual([]);
    await world.sensing.jobs.endMutes();
    expect(await alarmsOf(device.id)).toEqual([]);
    world.clock.advance(21 * minute);
    await world.sensing.jobs.endMutes();
    await world.sensing.jobs.endMutes();
    expect(await alarmsOf(device.id)).toMatchObject([{ condition: 'active', kind: 'smoke' }]);
    expect((await world.linesOf(device.id)).map(({ action }) => action).toSorted()).toEqual([
      'device.create',
      'device.mute',
      'device.unmute',
    ]);
  });

  it('the list pages and the board counts', async () => {
    const device = await world.addDevice();
    for (const kind of ['smoke', 'gas', 'tilt']) await world.say(device, 'alarm', { kind, state: 'active' });
    const first = await list(world.as.intake, { deviceId: device.id, limit: '2' });
    const second = await list(world.as.intake, { deviceId: device.id, limit: '2', cursor: first.next ?? '' });
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null]);
    expect(new Set([...first.items, ...second.items].map(({ kind }) => kind))).toEqual(
      new Set(['smoke', 'gas', 'tilt']),
    );
    const board = await h().board({ params: {}, query: {}, body: {} }, { actor: world.as.intake });
    const open = await list(world.as.intake, { show: 'unacknowledged', limit: '200' });
    expect(board.unacknowledged.reduce((sum, { count }) => sum + count, 0)).toBe(open.items.length);
    expect((await h().board({ params: {}, query: {}, body: {} }, { actor: world.as.northIntake })).active).toBe(0);
    await expect(list(world.as.intake, { cursor: 'x' })).rejects.toMatchObject({ code: 'bad_input' });
  });
});
