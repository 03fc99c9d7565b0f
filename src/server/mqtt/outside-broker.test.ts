import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { mosquittoPub, startMosquitto } from '#test/helpers/mosquitto.ts';
import { hashSecret } from '#server/modules/sensing/device-secret.ts';
import { accessFiles, type AccessFiles } from './access-files.ts';
import { quietLog, testDoor, testIntake, type TestIntake } from './intake.fixture.ts';
import { readOutsideBroker, type OutsideBroker } from './outside-broker.ts';

let mosquitto: Awaited<ReturnType<typeof startMosquitto>>;
let files: AccessFiles;
let intake: TestIntake;
let codes: Set<string>;
let reader: OutsideBroker;
let round = 0;

beforeAll(async () => {
  const devices = [];
  for (const code of ['S-1', 'S-2', 'S-gone'])
    devices.push({ code, secretHash: await hashSecret(`secret-of-${code}`) });
  files = accessFiles(devices, { name: 'huangge', secretHash: await hashSecret('reader') });
  mosquitto = await startMosquitto(files);
});
afterAll(() => mosquitto.end());

beforeEach(async () => {
  intake = testIntake();
  codes = new Set(['S-1', 'S-2']);
  reader = await read(`reader-${round++}`);
});
afterEach(() => reader.stop());

async function read(clientId: string): Promise<OutsideBroker> {
  const opened = readOutsideBroker({
    url: `mqtt://huangge:reader@127.0.0.1:${mosquitto.port}`,
    ca: null,
    clientId,
    devices: testDoor(codes),
    intake,
    log: quietLog,
    retryMs: 100,
  });
  await opened.ready();
  return opened;
}

const publish = (text: string, code = 'S-1', topic = `hg/v1/${code}/readings`) =>
  mosquittoPub({ port: mosquitto.port, name: code, secret: `secret-of-${code}`, topic, text });
const texts = () => intake.taken.map(({ body }) => body.toString());

it('takes what devices publish at mosquitto, under the list we wrote for it', async () => {
  expect(await publish('eins')).toEqual({ code: 0, err: '' });
  expect((await publish('zwei', 'S-2', 'hg/v1/S-2/alarm')).code).toBe(0);
  await expect.poll(texts).toEqual(['eins', 'zwei']);
  expect(intake.taken[1]).toMatchObject({ deviceId: 'id-S-2', topic: 'alarm' });
});

it('mosquitto itself refuses a wrong secret and foreign topics', async () => {
  const wrong = { port: mosquitto.port, name: 'S-1', secret: 'wrong', topic: 'hg/v1/S-1/readings', text: 'x' };
  expect((await mosquittoPub(wrong)).code).not.toBe(0);
  await publish('foreign', 'S-1', 'hg/v1/S-2/readings'); // MQTT 3.1.1 has no refusal for this: it is dropped
  await publish('mine');
  await expect.poll(texts).toEqual(['mine']);
});

it('a device that is in no register any more is not taken', async () => {
  await publish('ghost', 'S-gone');
  await publish('real');
  await expect.poll(texts).toEqual(['real']);
});

it('what could not be committed is sent again by the broker, and taken once', async () => {
  intake.failing = true;
  await publish('Feuer');
  await expect.poll(() => intake.batches.length).toBeGreaterThanOrEqual(2); // it came again, and failed again
  expect(texts()).toEqual([]);
  intake.failing = false;
  await expect.poll(texts).toEqual(['Feuer']);
});

it('what was published while we were away comes when we are back', async () => {
  await reader.stop();
  await publish('away 1');
  await publish('away 2');
  reader = await read(`reader-${round - 1}`);
  await expect.poll(texts).toEqual(['away 1', 'away 2']);
});

it('is not acknowledged before the commit: a reader that dies meanwhile finds it again', async () => {
  let openGate: () => void = () => undefined;
  intake.gate = new Promise((done) => {
    openGate = done;
  });
  await publish('Feuer');
  await expect.poll(() => intake.batches.length).toBe(1);
  const later = testIntake();
  const another = readOutsideBroker({
    url: `mqtt://huangge:reader@127.0.0.1:${mosquitto.port}`,
    ca: null,
    clientId: `reader-${round - 1}`,
    devices: testDoor(codes),
    intake: later,
    log: quietLog,
  });
  await expect.poll(() => later.taken.map(({ body }) => body.toString())).toEqual(['Feuer']);
  await another.stop();
  openGate();
});

it('commits many messages together', async () => {
  const lines = Array.from({ length: 400 }, (_, n) => `line ${n}`);
  const sent = mosquittoPub({
    port: mosquitto.port,
    name: 'S-1',
    secret: 'secret-of-S-1',
    topic: 'hg/v1/S-1/readings',
    text: `${lines.join('\n')}\n`,
    lines: true,
  });
  expect((await sent).code).toBe(0);
  await expect.poll(texts, { timeout: 5_000 }).toEqual(lines);
  expect(intake.batches.length).toBeLessThan(300);
});

it('waits for a broker that is away, and goes on when it is back', async () => {
  await mosquitto.stop();
  await sleep(150);
  await mosquitto.start();
  await expect.poll(async () => (await publish('back')).code).toBe(0);
  await reader.ready();
  await expect.poll(texts, { timeout: 5_000 }).toContain('back');
});
