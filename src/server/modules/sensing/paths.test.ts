import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sensingRoutes } from '#contract/sensing.ts';
import { AppError } from '#kit/errors.ts';
import { startMs } from '#test/helpers/events-world.ts';
import { createSensingWorld, type SensingWorld } from './sensing.fixture.ts';
import { createSensing } from './sensing.ts';

const second = 1000;
const minute = 60_000;
const hour = 60 * minute;
let world: SensingWorld;
beforeAll(async () => {
  world = await createSensingWorld();
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(startMs));

const h = () => world.sensing.handlers;
const alarmsOf = async (deviceId: string) => {
  const query = sensingRoutes.alarms.query.parse({ show: 'all', deviceId });
  const { items } = await h().alarms({ params: {}, query, body: {} }, { actor: world.as.cityChief });
  return items.toReversed();
};
const rule = async (body: Record<string, unknown>) => {
  const parsed = sensingRoutes.createThreshold.body.parse({ opId: randomUUID(), ...body });
  return (await h().createThreshold({ params: {}, query: {}, body: parsed }, { actor: world.admin })).threshold;
};
const value = (device: { id: string; code: string }, metric: string, number: number) =>
  world.say(device, 'readings', { values: { [metric]: number } });

describe('a reading', () => {
  it('raises at one limit and clears at the other', async () => {
    const device = await world.addDevice();
    for (const ppm of [100, 300, 250, 350, 201]) await value(device, 'smoke_ppm', ppm);
    expect(await alarmsOf(device.id)).toMatchObject([
      { kind: 'smoke', condition: 'active', metric: 'smoke_ppm', value: 300, priority: 1, repeats: 1 },
    ]);
    await value(device, 'smoke_ppm', 200);
    expect(await alarmsOf(device.id)).toMatchObject([{ condition: 'cleared', clearedHow: 'signal' }]);
    const [alarm] = await alarmsOf(device.id);
    const input = { params: { id: alarm!.id }, query: { hours: 6 }, body: {} };
    const { series } = await h().alarmReadings(input, { actor: world.as.intake });
    expect(series).toMatchObject([{ metric: 'smoke_ppm', unit: 'ppm', raiseAt: 300, clearAt: 200, truncated: false }]);
    expect(series[0]?.points).toHaveLength(6);
  });

  it('must last where the rule says so, and a rate is judged against the reading before', async () => {
    const device = await world.addDevice({ kind: 'water_level', metrics: [{ name: 'water_mm', unit: 'mm' }] });
    await value(device, 'water_mm', 280);
    world.clock.advance(59 * second);
    await value(device, 'water_mm', 285);
    expect(await alarmsOf(device.id)).toEqual([]);
    world.clock.advance(second);
    await value(device, 'water_mm', 285);
    expect(await alarmsOf(device.id)).toMatchObject([{ kind: 'water_level', value: 285 }]);
    const rising = await world.addDevice({ kind: 'water_level', metrics: [{ name: 'water_mm', unit: 'mm' }] });
    await value(rising, 'water_mm', 10);
    world.clock.advance(minute);
    await value(rising, 'water_mm', 31);
    expect(await alarmsOf(rising.id)).toMatchObject([{ kind: 'water_level', value: 21 }]);
  });

  it('must last however often it is said meanwhile', async () => {
    const device = await world.addDevice({ kind: 'water_level', metrics: [{ name: 'water_mm', unit: 'mm' }] });
    for (let n = 0; n < 12; n++) {
      await value(device, 'water_mm', 280);
      world.clock.advance(5 * second);
    }
    expect(await alarmsOf(device.id)).toEqual([]);
    await value(device, 'water_mm', 281);
    expect(await alarmsOf(device.id)).toMatchObject([{ kind: 'water_level', value: 281, condition: 'active' }]);
  });

  it('that was said once raises when its hold-off went by in silence, and not when the device said normal meanwhile', async () => {
    const [silent, calmed] = [
      await world.addDevice({ kind: 'water_level', metrics: [{ name: 'water_mm', unit: 'mm' }] }),
      await world.addDevice({ kind: 'water_level', metrics: [{ name: 'water_mm', unit: 'mm' }] }),
    ];
    await value(silent, 'water_mm', 280);
    await value(calmed, 'water_mm', 280);
    world.clock.advance(30 * second);
    await value(calmed, 'water_mm', 10);
    world.clock.advance(29 * second);
    expect(await world.sensing.jobs.judgeHoldOffs()).toBe(0);
    world.clock.advance(second);
    await Promise.all([world.sensing.jobs.judgeHoldOffs(), world.sensing.jobs.judgeHoldOffs()]);
    expect(await alarmsOf(silent.id)).toMatchObject([
      { kind: 'water_level', value: 280, condition: 'active', repeats: 0, raisedAt: new Date(startMs).toISOString() },
    ]);
    expect(await alarmsOf(calmed.id)).toEqual([]);
    expect(await world.sensing.jobs.judgeHoldOffs()).toBe(0);
    world.clock.advance(minute);
    await value(silent, 'water_mm', 10);
    expect(await alarmsOf(silent.id)).toMatchObject([{ condition: 'cleared' }]);
  });

  it('that came late neither raises nor clears', async () => {
    const device = await world.addDevice();
    world.clock.advance(hour);
    await value(device, 'smoke_ppm', 100);
    const at = new Date(startMs).toISOString();
    expect(await world.say(device, 'readings', { at, values: { smoke_ppm: 900 } })).toBe('taken');
    expect(await alarmsOf(device.id)).toEqual([]);
  });

  it('is judged by the device’s own rule before that of its kind, which ends with its retirement', async () => {
    const device = await world.addDevice();
    const common = { metric: 'smoke_ppm', basis: 'value', kind: 'smoke', priority: 0, deviceId: device.id };
    const own = await rule({ ...common, raiseAt: 800, clearAt: 700 });
    await expect(rule({ ...common, raiseAt: 900, clearAt: 700 })).rejects.toMatchObject({ code: 'already_exists' });
    await value(device, 'smoke_ppm', 500);
    expect(await alarmsOf(device.id)).toEqual([]);
    await value(device, 'smoke_ppm', 800);
    expect(await alarmsOf(device.id)).toMatchObject([{ priority: 0, condition: 'active' }]);
    const body = { opId: randomUUID(), version: own.version, reason: '换型号' };
    await h().retireThreshold({ params: { id: own.id }, query: {}, body }, { actor: world.admin });
    expect(await alarmsOf(device.id)).toMatchObject([{ condition: 'cleared' }]);
    await value(device, 'smoke_ppm', 500);
    expect(await alarmsOf(device.id)).toHaveLength(2);
  });

  it('needs a gap between its limits, and a category where it becomes an event by itself', async () => {
    const body = { basis: 'value', metric: 'x', kind: 'other', priority: 2, deviceKind: 'other' };
    await expect(rule({ ...body, raiseAt: 5, clearAt: 5 })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(rule({ ...body, raiseAt: 5, clearAt: 4, raises: 'auto' })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });
});

describe('an alarm that becomes an event by itself', () => {
  it('does so exactly once, even when the program died between report and link', async () => {
    const device = await world.addDevice({ name: '电缆井' });
    await rule({
      deviceId: device.id,
      basis: 'message',
      kind: 'smoke',
      priority: 0,
      categoryCode: 'E0511',
      planCode: 'cable_well_fire',
      raises: 'auto',
    });
    const plans: string[] = [];
    let broken = true;
    const dying = createSensing({
      ...world.deps,
      openPlan: async ({ opId }) => {
        plans.push(opId);
        if (broken) throw new Error('the program died');
      },
    });
    const body = Buffer.from(JSON.stringify({ boot: 'x', seq: 1, kind: 'smoke', state: 'active' }));
    const message = {
      deviceId: device.id,
      deviceCode: device.code,
      topic: 'alarm' as const,
      body,
      receivedMs: startMs,
    };
    await dying.intake.receive([message]);
    await dying.settle();
    broken = false;
    world.clock.advance(5 * second);
    await Promise.all([dying.jobs.fulfilWishes(), world.sensing.jobs.fulfilWishes(), dying.jobs.fulfilWishes()]);
    expect(await dying.jobs.fulfilWishes()).toBe(0);
    const [alarm] = await alarmsOf(device.id);
    expect(alarm).toMatchObject({ event: { number: expect.any(String) }, acknowledged: false, eventWaiting: false });
    const { rows } = await world.owner.query(
      'select e.category_code, e.priority, e.channel from event_reporter r join event e on e.id = r.event_id where r.source_ref = $1',
      [alarm!.id],
    );
    expect(rows).toEqual([{ category_code: 'E0511', priority: 0, channel: 'sensor' }]);
    expect(new Set(plans).size).toBe(1);
    const actions = (await world.linesOf(alarm!.id)).map(({ action }) => action);
    expect(actions.toSorted()).toEqual(['alarm.raise', 'alarm.to_event']);
  });
});

describe('an alarm that can never become what it shall', () => {
  const refusing = (what: { plan?: boolean }) => {
    const asked = { report: 0, plan: 0 };
    const sensing = createSensing({
      ...world.deps,
      events: {
        ...world.deps.events,
        report: async (...given) => {
          asked.report += 1;
          if (what.plan === true) return world.deps.events.report(...given);
          throw new AppError('bad_input', 'categoryCode: no such category.');
        },
      },
      openPlan: async () => {
        asked.plan += 1;
        throw new AppError('not_found', 'planCode: no plan "gone" is in force.');
      },
    });
    return { sensing, asked };
  };
  const autoRule = (deviceId: string) =>
    rule({
      deviceId,
      basis: 'message',
      kind: 'smoke',
      priority: 0,
      categoryCode: 'E0511',
      planCode: 'gone',
      raises: 'auto',
    });
  const cry = async (sensing: typeof world.sensing, device: { id: string; code: string }) => {
    const body = Buffer.from(JSON.stringify({ boot: 'r', seq: 1, kind: 'smoke', state: 'active' }));
    await sensing.intake.receive([
      { deviceId: device.id, deviceCode: device.code, topic: 'alarm', body, receivedMs: world.clock.now() },
    ]);
    await sensing.settle();
    for (let tick = 0; tick < 3; tick++) {
      world.clock.advance(10 * minute);
      await sensing.jobs.fulfilWishes();
    }
    return (await alarmsOf(device.id))[0]!;
  };

  it('says so once: the plan is gone, the event is there', async () => {
    const device = await world.addDevice();
    await autoRule(device.id);
    const { sensing, asked } = refusing({ plan: true });
    const alarm = await cry(sensing, device);
    expect(alarm).toMatchObject({
      event: { number: expect.any(String) },
      eventWaiting: false,
      refused: { step: 'plan', code: 'not_found' },
    });
    expect(asked).toEqual({ report: 1, plan: 1 });
    const lines = await world.linesOf(alarm.id);
    expect(lines.filter(({ action }) => action === 'alarm.refused')).toMatchObject([
      { data: { step: 'plan', code: 'not_found', planCode: 'gone', eventId: alarm.event?.id } },
    ]);
  });

  it('says so once: the report is refused, and a seat may choose otherwise', async () => {
    const device = await world.addDevice();
    await autoRule(device.id);
    const { sensing, asked } = refusing({});
    const alarm = await cry(sensing, device);
    expect(alarm).toMatchObject({ event: null, eventWaiting: false, refused: { step: 'event', code: 'bad_input' } });
    expect(asked).toEqual({ report: 1, plan: 0 });
    const body = sensingRoutes.raise.body.parse({ opId: randomUUID(), categoryCode: 'E0510' });
    const input = { params: { id: alarm.id }, query: {}, body };
    const raised = await h().raise(input, { actor: world.as.intake });
    expect(raised.alarm).toMatchObject({ event: { number: expect.any(String) }, refused: null });
  });
});

describe('a cry for help', () => {
  it('nobody acknowledged goes to the centre above and its chiefs, once', async () => {
    const device = await world.addDevice({ kind: 'sos', metrics: [] });
    const chief = world.as.chief.accountId;
    await world.owner.query(
      "insert into appointment (id, account_id, unit_id, area_code, role, since) values ($1, $2, $3, '500103004', 'duty_chief', '2026-01-01')",
      [randomUUID(), chief, world.unit.streetCentre],
    );
    await world.say(device, 'alarm', { kind: 'sos', state: 'active' });
    world.clock.advance(29 * second);
    expect(await world.sensing.jobs.ringSecondChannel()).toBe(0);
    world.clock.advance(2 * second);
    await Promise.all([world.sensing.jobs.ringSecondChannel(), world.sensing.jobs.ringSecondChannel()]);
    const [alarm] = await alarmsOf(device.id);
    const lines = (await world.linesOf(alarm!.id)).filter(({ action }) => action === 'alarm.second_channel');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.audience).toEqual(expect.arrayContaining([`u:${world.unit.streetCentre}`, `p:${chief}`]));
  });
});

describe('a device that falls silent', () => {
  it('is offline after three missed heartbeats and well again with its next word', async () => {
    const device = await world.addDevice({ heartbeatS: 600 });
    await value(device, 'smoke_ppm', 10);
    world.clock.advance(29 * minute);
    await world.sensing.jobs.findSilent();
    expect(await alarmsOf(device.id)).toEqual([]);
    world.clock.advance(2 * minute);
    await world.sensing.jobs.findSilent();
    await world.sensing.jobs.findSilent();
    expect(await alarmsOf(device.id)).toMatchObject([{ kind: 'offline', condition: 'active', priority: 3 }]);
    world.clock.advance(second);
    await world.say(device, 'status', { battery: 80 });
    expect(await alarmsOf(device.id)).toMatchObject([{ kind: 'offline', condition: 'cleared' }]);
  });
});

describe('what is unusual for its hour', () => {
  it('raises an anomaly, and clears it when the next hour is usual', async () => {
    const device = await world.addDevice({ kind: 'crowd', metrics: [{ name: 'people', unit: '' }] });
    const past = Math.floor(startMs / hour) * hour - hour;
    const insert = (at: number, people: number) =>
      world.owner.query("insert into reading values ($1, 'old', $2, 'people', $3, $4, $5)", [
        device.id,
        Math.floor(at / 1000),
        people,
        new Date(at),
        new Date(startMs),
      ]);
    for (let week = 1; week <= 6; week++)
      for (const next of [0, hour]) await insert(past - week * 168 * hour + next, 100 + week);
    await insert(past + minute, 900);
    expect(await world.sensing.jobs.judgeSeasons()).toBe(1);
    await world.sensing.jobs.judgeSeasons();
    expect(await alarmsOf(device.id)).toMatchObject([{ kind: 'anomaly', condition: 'active', value: 900 }]);
    await insert(past + hour + minute, 103);
    world.clock.advance(hour);
    await world.sensing.jobs.judgeSeasons();
    expect(await alarmsOf(device.id)).toMatchObject([{ kind: 'anomaly', condition: 'cleared' }]);
  });
});

describe('a message that cannot be taken', () => {
  it('is kept, counted, and can be replayed or put away', async () => {
    const device = await world.addDevice();
    expect(await world.say(device, 'alarm', { seq: 900, kind: 'nonsense', state: 'active' })).toBe('refused');
    expect(await world.say(device, 'alarm', { seq: 900, kind: 'nonsense', state: 'active' })).toBe('refused');
    const query = sensingRoutes.deadLetters.query.parse({ deviceId: device.id });
    const { items } = await h().deadLetters({ params: {}, query, body: {} }, { actor: world.admin });
    expect(items).toMatchObject([
      { times: 2, state: 'waiting', base64: false, reason: expect.stringContaining('kind') },
    ]);
    const id = items[0]!.id;
    const replay = { params: { id }, query: {}, body: { opId: randomUUID() } };
    expect(await h().replayDeadLetter(replay, { actor: world.admin })).toMatchObject({ verdict: 'refused' });
    await expect(
      h().replayDeadLetter(replay, { actor: { ...world.admin, accountId: randomUUID() } }),
    ).rejects.toMatchObject({
      code: 'op_reused',
    });
    const discard = { params: { id }, query: {}, body: { opId: randomUUID(), reason: '厂家固件错' } };
    await h().discardDeadLetter(discard, { actor: world.admin });
    expect((await h().deadLetters({ params: {}, query, body: {} }, { actor: world.admin })).items).toEqual([]);
    expect((await world.linesOf(id)).map(({ action }) => action).toSorted()).toEqual([
      'dead_letter.discard',
      'dead_letter.replay',
    ]);
  });
});

describe('a signed alert of a third party', () => {
  const deliver = (source: string, secret: string, body: unknown, over: { id?: string; at?: Date } = {}) => {
    const text = JSON.stringify(body);
    const id = over.id ?? `msg_${randomUUID()}`;
    const at = over.at ?? new Date();
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, text),
    };
    return world.sensing.takeAlert({ source, headers, body: Buffer.from(text) });
  };

  it('is taken once; a wrong signature, an old one and a disabled source look the same', async () => {
    const create = sensingRoutes.createSource.body.parse({
      opId: randomUUID(),
      code: 'cameras',
      name: '视频平台',
      priority: 2,
    });
    const made = await h().createSource({ params: {}, query: {}, body: create }, { actor: world.admin });
    expect((await h().createSource({ params: {}, query: {}, body: create }, { actor: world.admin })).secret).toBe(
      made.secret,
    );
    const stored = await world.owner.query('select response::text from op where op_id = $1', [create.opId]);
    expect(JSON.stringify(stored.rows)).not.toContain('whsec_');
    const alert = { ref: 'cam-7', lon: 106.505, lat: 29.505, kind: 'crowd', placeWords: '广场' };
    const id = 'msg_1';
    const first = await deliver('cameras', made.secret, alert, { id });
    expect(first).toMatchObject({ verdict: 'taken', alarmId: expect.any(String) });
    expect(await deliver('cameras', made.secret, alert, { id })).toEqual({ ...first, verdict: 'duplicate' });
    expect(await deliver('cameras', made.secret, alert)).toMatchObject({ alarmId: first.alarmId });
    const input = { params: { id: first.alarmId! }, query: {}, body: {} };
    expect(await h().alarm(input, { actor: world.as.intake })).toMatchObject({
      source: { code: 'cameras' },
      device: null,
      repeats: 1,
      placeWords: '广场',
    });
    const refused = { code: 'bad_credentials' };
    await expect(deliver('cameras', `whsec_${Buffer.alloc(32).toString('base64')}`, alert)).rejects.toMatchObject(
      refused,
    );
    await expect(
      deliver('cameras', made.secret, alert, { at: new Date(Date.now() - 6 * minute) }),
    ).rejects.toMatchObject(refused);
    await expect(deliver('nobody', made.secret, alert)).rejects.toMatchObject(refused);
    await expect(deliver('cameras', made.secret, { kind: 'crowd' })).rejects.toMatchObject({ code: 'bad_input' });
    const edit = {
      params: { id: made.source.id },
      query: {},
      body: { opId: randomUUID(), version: 1, enabled: false },
    };
    await h().editSource(edit, { actor: world.admin });
    await expect(deliver('cameras', made.secret, alert)).rejects.toMatchObject(refused);
  });

  it('may be about a device of ours', async () => {
    const device = await world.addDevice();
    const create = sensingRoutes.createSource.body.parse({
      opId: randomUUID(),
      code: 'vendor',
      name: '厂家平台',
      priority: 2,
    });
    const { secret } = await h().createSource({ params: {}, query: {}, body: create }, { actor: world.admin });
    await deliver('vendor', secret, { deviceCode: device.code, kind: 'smoke' });
    expect(await alarmsOf(device.id)).toMatchObject([{ kind: 'smoke', priority: 1, source: { code: 'vendor' } }]);
    await deliver('vendor', secret, {
      deviceCode: device.code,
      kind: 'smoke',
      state: 'normal',
      at: new Date(startMs + 1).toISOString(),
    });
    expect(await alarmsOf(device.id)).toMatchObject([{ condition: 'cleared' }]);
  });
});

describe('a device whose area went', () => {
  it('lies in the nearest area that is there, with a line, and is found by its desk again', async () => {
    const grid = '500103004001001';
    const device = await world.addDevice();
    await world.sensing.jobs.followAreas();
    const retire = async (at: Date | null) => {
      await world.owner.query('update area set retired_at = $1 where code = $2', [at, grid]);
      await world.territory.reload();
      return world.sensing.jobs.followAreas();
    };
    expect(await retire(new Date(startMs))).toBeGreaterThan(0);
    await world.say(device, 'alarm', { kind: 'smoke', state: 'active' });
    expect(await alarmsOf(device.id)).toMatchObject([{ areaCode: '500103004001' }]);
    const moved = (await world.linesOf(device.id)).filter(({ action }) => action === 'device.move');
    expect(moved).toMatchObject([{ data: { code: device.code, from: grid, to: '500103004001' } }]);
    await retire(null);
  });
});

describe('old readings', () => {
  it('go by whole months, and months are made ahead', async () => {
    expect(await world.sensing.jobs.makePartitions()).toBe(0);
    world.clock.set(startMs + 500 * 24 * hour);
    expect((await world.sensing.jobs.forget()).months).toContain('reading_202606');
  });
});
