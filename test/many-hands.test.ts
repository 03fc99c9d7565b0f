import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storyDevice } from '../src/demo/town/make-devices.ts';
import { mosquittoPub } from './helpers/mosquitto.ts';
import { startProgram, type Speaker, type TestProgram } from './helpers/program.ts';

/** Modules beside one another in the whole program: what one says in the ledger, another one does. */
let program: TestProgram;
let owner: pg.Client;
let gateway: Server;
let url: string;
const as: Record<string, Speaker> = {};
const sms: { phone: string; text: string }[] = [];
const street = '500103004';

async function done<T>(who: Speaker, path: string, body: Record<string, unknown> = {}): Promise<T> {
  const answer = await who('POST', path, { opId: randomUUID(), ...body });
  if (answer.status !== 200) throw new Error(`${path}: ${String(answer.status)} ${answer.text}`);
  return answer.body as T;
}
async function seen<T>(who: Speaker, path: string): Promise<T> {
  const answer = await who('GET', path);
  if (answer.status !== 200) throw new Error(`${path}: ${String(answer.status)} ${answer.text}`);
  return answer.body as T;
}
async function until<T>(look: () => Promise<T | undefined>, seconds = 15): Promise<T> {
  for (const endMs = Date.now() + seconds * 1000; Date.now() < endMs; await sleep(200)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error('It did not happen in time.');
}

beforeAll(async () => {
  program = await startProgram({ days: 1, perMonth: 30 }, 0);
  owner = new pg.Client(program.ownerUrl);
  await owner.connect();
  for (const login of ['sysadmin', 'jieshou', 'jiepai', 'quzhong', 'jingxin', 'dianli', 'zhihui'])
    as[login] = await program.signIn(login);
  url = await program.app.listen({ port: 0, host: '127.0.0.1' });
  gateway = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      sms.push(JSON.parse(text) as (typeof sms)[number]);
      response.end('{}');
    });
  });
  await new Promise<void>((ready) => gateway.listen(0, '127.0.0.1', ready));
}, 240_000);
afterAll(async () => {
  gateway?.close();
  await owner?.end();
  await program?.end();
});

const say = (code: string, secret: string, body: object) =>
  mosquittoPub({
    port: program.mqttPort ?? 0,
    name: code,
    secret,
    topic: `hg/v1/${code}/alarm`,
    text: JSON.stringify({ boot: randomUUID(), seq: 1, ...body }),
    patienceS: 20,
  });

interface Alarm {
  id: string;
  kind: string;
  device: { code: string } | null;
  secondChannelAt: string | null;
}
const alarmOf = (code: string) =>
  until(async () => {
    const { items } = await seen<{ items: Alarm[] }>(as['jieshou']!, '/api/alarms?show=all');
    return items.find((one) => one.device?.code === code);
  });

interface Told {
  login: string;
  kind: string;
  action: string;
  priority: number;
  channels: string[];
}
/** Who has been told of lines about these subjects, once somebody was. */
const told = (actions: readonly string[], subject: string) =>
  until(async () => {
    const { rows } = await owner.query<Told>(
      `select a.login, n.kind, n.action, n.priority,
         array(select d.channel || ' ' || d.state from delivery d where d.entry_id = n.entry_id and d.target_id = a.id) as channels
       from notice n join account a on a.id = n.account_id
       where n.action = any($1) and (n.subject_id = $2 or n.facts->>'eventId' = $2)`,
      [actions, subject],
    );
    return new Set(rows.map(({ action }) => action)).size === actions.length ? rows : undefined;
  });

describe('a cry for help', () => {
  it('that nobody answers for 30 seconds goes by SMS to the seats and the commander of its street', async () => {
    const { port } = gateway.address() as AddressInfo;
    await done(as['sysadmin']!, '/api/notices/channels', {
      kind: 'sms',
      url: `http://127.0.0.1:${String(port)}/send`,
      secret: 'only-for-this-test',
      name: '短信',
    });
    // Only the numbers of this story: the demo gives some people one.
    await owner.query('delete from notice_setting');
    for (const [login, phone] of [
      ['jieshou', '13900000001'],
      ['zhihui', '13900000002'],
    ] as const) {
      const { version } = await seen<{ version: number }>(as[login]!, '/api/notices/settings');
      await done(as[login]!, '/api/notices/settings', { version, channels: {}, quiet: null, email: null, phone });
    }
    const { rows } = await owner.query<{ lon: number; lat: number }>('select lon, lat from device where code = $1', [
      storyDevice.code,
    ]);
    const place = { ...rows[0], code: 'T-SOS-1', name: '求助按钮', kind: 'sos' };
    const { secret } = await done<{ secret: string }>(as['sysadmin']!, '/api/devices', place);
    const startMs = Date.now();
    expect((await say('T-SOS-1', secret, { kind: 'sos', state: 'active' })).code).toBe(0);
    const { id } = await alarmOf('T-SOS-1');
    const rung = await until(async () => {
      const alarm = await alarmOf('T-SOS-1');
      return alarm.secondChannelAt === null ? undefined : alarm;
    }, 60);
    expect(Date.parse(rung.secondChannelAt ?? '') - startMs).toBeGreaterThanOrEqual(29_000);
    const people = await told(['alarm.second_channel'], id);
    expect(new Map(people.map(({ login, priority }) => [login, priority]))).toEqual(
      new Map(people.map(({ login }) => [login, 0])),
    );
    expect(people.map(({ login }) => login)).toEqual(expect.arrayContaining(['jieshou', 'jiepai', 'zhihui']));
    await until(async () => (sms.filter(({ text }) => text.includes('T-SOS-1')).length === 2 ? true : undefined));
    expect(sms.map(({ phone }) => phone).toSorted()).toEqual(['13900000001', '13900000002']);
    expect(sms.every(({ text }) => text.startsWith('告警无人确认：T-SOS-1'))).toBe(true);
    // Sent where there is a number; where there is none, the queue says so.
    const states = await until(async () => {
      const ways = new Map((await told(['alarm.second_channel'], id)).map((one) => [one.login, one.channels.join()]));
      return ways.get('zhihui') === 'sms sent' && ways.get('jieshou') === 'sms sent' ? ways : undefined;
    });
    expect(states.get('jiepai')).toBe('sms suppressed');
  }, 150_000);
});

describe('an alert of a third party', () => {
  it('is taken by its signature over HTTP: once, unchanged, and fresh', async () => {
    const source = { code: 'cameras', name: '视频平台', priority: 2 };
    const { secret } = await done<{ secret: string }>(as['sysadmin']!, '/api/alert-sources', source);
    const sign = (id: string, at: Date, text: string) => ({
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, text),
    });
    const send = async (headers: Record<string, string>, body: string) => {
      const answer = await fetch(`${url}/api/alerts/cameras`, { method: 'POST', headers, body });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const body = JSON.stringify({ ref: 'cam-7', lon: 106.5, lat: 29.5, kind: 'crowd', placeWords: '广场' });
    const headers = sign('msg_1', new Date(), body);
    const first = await send(headers, body);
    expect(first).toMatchObject({ status: 200, body: { verdict: 'taken', alarmId: expect.any(String) as string } });
    expect(await send(headers, body)).toEqual({ status: 200, body: { ...first.body, verdict: 'duplicate' } });
    const refused = { status: 401, body: { code: 'bad_credentials' } };
    expect(await send(sign('msg_2', new Date(), body), body.replace('cam-7', 'cam-8'))).toMatchObject(refused);
    expect(await send(sign('msg_3', new Date(Date.now() - 6 * 60_000), body), body)).toMatchObject(refused);
    const { rows } = await owner.query("select count(*)::int as n from alarm where subject like 's:%'");
    expect(rows).toEqual([{ n: 1 }]);
  });
});

describe('a fire in a cable well', () => {
  it('tells the units it is given to as urgently as the event is, and those in command of the plan and the incident', async () => {
    expect((await say(storyDevice.code, storyDevice.secret, { kind: 'smoke', state: 'active' })).code).toBe(0);
    const alarm = await alarmOf(storyDevice.code);
    const raised = await done<{ alarm: { event: { id: string } } }>(as['jieshou']!, `/api/alarms/${alarm.id}/raise`);
    const { id } = raised.alarm.event;
    await done(as['jiepai']!, `/api/events/${id}/escalate`, { reason: '涉及多家权属单位，请区级统筹' });
    const unit = async (code: string) =>
      (await owner.query<{ id: string }>('select id from unit where code = $1', [code])).rows[0]?.id ?? '';
    const lead = await unit('500103-district_economy_info');
    const power = await unit('500103-power');
    await done(as['quzhong']!, `/api/events/${id}/dispatch`, { leadUnitId: lead, assistUnitIds: [], instruction: '' });
    await done(as['quzhong']!, `/api/events/${id}/invite`, { unitIds: [power], instruction: '' });
    await done(as['quzhong']!, `/api/events/${id}/operation`, { planCode: 'cable_well_fire' });
    interface Task {
      id: string;
      unit: { id: string };
    }
    const { tasks } = await seen<{ tasks: Task[] }>(as['quzhong']!, `/api/events/${id}`);
    const taskOf = (unitId: string) => tasks.find((one) => one.unit.id === unitId)?.id ?? '';
    await done(as['jingxin']!, `/api/events/${id}/accept`, { taskId: taskOf(lead) });
    await done(as['dianli']!, `/api/events/${id}/accept`, { taskId: taskOf(power) });
    await done(as['quzhong']!, `/api/events/${id}/hand-over`, { taskId: taskOf(power), reason: '起火点为电力电缆' });
    await done(as['quzhong']!, `/api/events/${id}/operation/links`, { taskId: taskOf(lead), hours: 1, phone: '' });
    await done(as['quzhong']!, `/api/events/${id}/incident`, { ruleCode: 'common', level: 4 });
    await owner.query('update incident set phone_due = now() where event_id = $1', [id]);
    const actions = [
      'incident.declare',
      'incident.remind',
      'event.dispatch',
      'event.invite',
      'event.hand_over',
      'operation.open_plan',
      'operation.link',
    ];
    const people = await told(actions, id);
    const priorities = (action: string) => [
      ...new Set(people.filter((one) => one.action === action).map(({ priority }) => priority)),
    ];
    const logins = (action: string) => people.filter((one) => one.action === action).map(({ login }) => login);
    for (const action of ['event.dispatch', 'event.invite', 'event.hand_over']) expect(priorities(action)).toEqual([0]);
    expect(logins('event.dispatch')).toContain('jingxin');
    expect(logins('event.dispatch')).not.toContain('dianli');
    expect(logins('event.invite')).toContain('dianli');
    expect(logins('event.invite')).not.toContain('jingxin');
    expect(logins('event.hand_over')).toEqual(expect.arrayContaining(['jingxin', 'dianli']));
    expect(logins('operation.open_plan')).toContain('zhihui');
    for (const action of ['incident.declare', 'incident.remind']) expect(logins(action)).toContain('zhihui');
    expect(priorities('incident.declare')).toEqual([0]);
    // By SMS too where there is a number, even at night; what it says names the event and no person.
    const number = (await owner.query<{ number: string }>('select number from event where id = $1', [id])).rows[0]
      ?.number;
    const text = await until(async () => sms.find((one) => one.text.startsWith('突发事件已认定'))?.text);
    expect(text).toContain(`事件 ${number ?? ''}`);
    // Whoever did it is not told of it.
    const own = ['event.dispatch', 'event.invite', 'event.hand_over', 'operation.link', 'incident.declare'];
    const others = people.filter(({ action }) => own.includes(action));
    expect(others.map(({ login }) => login)).not.toContain('quzhong');
  }, 60_000);
});

describe('a warning over the street', () => {
  it('switches on contact and rounds with their counts, tells those who read warnings, and off when it ends', async () => {
    const now = Date.now();
    const issue = (kind: string, endsMs: number) =>
      done<{ id: string }>(as['zhihui']!, '/api/warnings', {
        status: 'Actual',
        kind,
        colour: 'orange',
        headline: '橙色预警',
        description: '请注意防范。',
        areas: [street],
        startsAt: new Date(now - 1000).toISOString(),
        endsAt: new Date(endsMs).toISOString(),
      });
    const heat = await issue('heat', now + 25_000);
    const rain = await issue('rain', now + 3_600_000);
    interface Shown {
      state: string;
      effects: { effect: string; target: string; matched: number | null; offAt: string | null }[];
    }
    const shown = (id: string) => seen<Shown>(as['zhihui']!, `/api/warnings/${id}`);
    const count = async (text: string, values: unknown[]) =>
      (await owner.query<{ n: number }>(`select count(*)::int as n from ${text}`, values)).rows[0]?.n;
    const alone = await count("care_person where path @> $1 and 'elder_alone' = any(tags) and retired_at is null", [
      [street],
    ]);
    const slopes = await count("risk_point where path @> $1 and kind = 'slope' and retired_at is null", [[street]]);
    expect([alone ?? 0, slopes ?? 0].every((n) => n > 0)).toBe(true);
    const hot = await until(async () => {
      const one = await shown(heat.id);
      return one.effects.length > 0 ? one : undefined;
    });
    expect(hot.effects).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ effect: 'contact', target: 'elder_alone', matched: alone, offAt: null }),
        expect.objectContaining({ effect: 'hours', target: '*', matched: null, offAt: null }),
      ]),
    );
    const wet = await shown(rain.id);
    expect(wet.effects).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ effect: 'rounds', target: 'slope', matched: slopes, offAt: null }),
        expect.objectContaining({ effect: 'contact', target: 'elder_alone', matched: alone }),
      ]),
    );
    const people = await told(['warning.issue'], heat.id);
    expect(people.map(({ login }) => login)).toEqual(expect.arrayContaining(['jieshou', 'jiepai']));
    expect(people.map(({ login }) => login)).not.toContain('zhihui');
    const over = await until(async () => {
      const one = await shown(heat.id);
      return one.state !== 'active' && one.effects.every(({ offAt }) => offAt !== null) ? one : undefined;
    }, 60);
    expect(over.effects.length).toBe(hot.effects.length);
    expect((await shown(rain.id)).effects.every(({ offAt }) => offAt === null)).toBe(true);
  }, 120_000);
});
