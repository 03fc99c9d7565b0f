import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storyDevice } from '../src/demo/town/make-devices.ts';
import { mosquittoPub } from './helpers/mosquitto.ts';
import { startProgram, type Speaker, type TestProgram } from './helpers/program.ts';

let program: TestProgram;
let admin: Speaker;
beforeAll(async () => {
  program = await startProgram({ days: 1, perMonth: 30 }, 0);
  admin = await program.signIn('sysadmin');
}, 180_000);
afterAll(() => program.end());

const say = (code: string, secret: string, topic: string, body: object) =>
  mosquittoPub({
    port: program.mqttPort ?? 0,
    name: code,
    secret,
    topic: `hg/v1/${code}/${topic}`,
    text: JSON.stringify(body),
    patienceS: 15,
  });

interface Shown {
  device: { id: string; version: number };
  secret: string;
}

it('a device registered by an administrator is heard, until it is retired', async () => {
  const place = {
    code: 'T-0001',
    name: '试验水位计',
    kind: 'water_level',
    lon: 106.55,
    lat: 29.55,
    areaCode: '500103004',
  };
  const made = await admin('POST', '/api/devices', { opId: randomUUID(), ...place });
  expect(made.status).toBe(200);
  const { device, secret } = made.body as Shown;
  const reading = { boot: 'b1', seq: 1, values: { water_mm: 12 } };
  expect((await say('T-0001', secret, 'readings', reading)).code).toBe(0);
  expect((await say('T-0001', secret, 'status', { boot: 'b1', seq: 2, battery: 77 })).code).toBe(0);
  const shown = await admin('GET', `/api/devices/${device.id}`);
  expect(shown.body).toMatchObject({ battery: 77, lastSeenAt: expect.any(String) as string });
  const retired = await admin('POST', `/api/devices/${device.id}/retire`, {
    opId: randomUUID(),
    version: device.version,
    reason: '拆除',
  });
  expect(retired.status).toBe(200);
  expect((await say('T-0001', secret, 'readings', { ...reading, seq: 3 })).code).toBe(4);
}, 60_000);

it('the sensor of the cable well raises an alarm that the desk of its street sees', async () => {
  const { code, secret } = storyDevice;
  expect(
    (await say(code, secret, 'alarm', { boot: 'b1', seq: 1, kind: 'smoke', state: 'active', value: 310 })).code,
  ).toBe(0);
  const desk = await program.signIn('jieshou');
  const { body } = await desk('GET', '/api/alarms');
  expect((body as { items: object[] }).items).toContainEqual(
    expect.objectContaining({ kind: 'smoke', device: expect.objectContaining({ code }) as object }) as object,
  );
}, 60_000);
