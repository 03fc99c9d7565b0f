import { connect as connectTcp } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mosquittoPub, type Publication } from '#test/helpers/mosquitto.ts';
import { startBroker, type Broker } from './broker.ts';
import { quietLog, testDoor, testIntake, type TestIntake } from './intake.fixture.ts';

let broker: Broker;
let intake: TestIntake;
let codes: Set<string>;
let nowMs = 0;

beforeEach(async () => {
  intake = testIntake();
  codes = new Set(['S-1', 'S-2']);
  nowMs = 1_000;
  broker = await startBroker({
    port: 0,
    host: '127.0.0.1',
    devices: testDoor(codes),
    intake,
    log: quietLog,
    now: () => nowMs,
  });
});
afterEach(() => broker.stop());

const publish = (over: Partial<Publication> = {}) =>
  mosquittoPub({
    port: broker.port,
    name: 'S-1',
    secret: 'secret-of-S-1',
    topic: 'hg/v1/S-1/readings',
    text: 'eins',
    ...over,
  });
const open = (over: IClientOptions = {}) =>
  connectAsync({
    host: '127.0.0.1',
    port: broker.port,
    username: 'S-1',
    password: 'secret-of-S-1',
    reconnectPeriod: 0,
    ...over,
  });
const closing = (client: MqttClient) => new Promise<void>((done) => client.once('close', done));
const texts = () => intake.taken.map(({ body }) => body.toString());

describe('who comes in', () => {
  it('a device as itself, at any QoS: one message each, named and timed', async () => {
    for (const qos of [0, 1, 2] as const) expect(await publish({ qos, text: `q${qos}` })).toEqual({ code: 0, err: '' });
    await expect.poll(texts).toEqual(['q0', 'q1', 'q2']);
    expect(intake.taken[0]).toMatchObject({
      deviceId: 'id-S-1',
      deviceCode: 'S-1',
      topic: 'readings',
      receivedMs: 1_000,
    });
  });

  it('nobody with a wrong secret, an unknown name or none: all hear the same', async () => {
    const answers = [
      await publish({ secret: 'wrong' }),
      await publish({ name: 'S-9', secret: 'secret-of-S-9' }),
      await publish({ name: 'constructor', secret: '' }),
    ];
    expect(new Set(answers.map(({ code, err }) => `${code} ${err}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 4 }); // 4: bad user name or password
    await expect(open({ username: undefined, password: undefined } as IClientOptions)).rejects.toThrow(/Bad username/);
    expect(intake.taken).toEqual([]);
  });

  it('after ten failures not even the right secret for the rest of the minute', async () => {
    for (let n = 0; n < 10; n++) await publish({ secret: `guess ${n}` });
    expect((await publish()).code).toBe(4);
    expect((await publish({ name: 'S-2', secret: 'secret-of-S-2', topic: 'hg/v1/S-2/status' })).code).toBe(0);
    nowMs += 60_000;
    expect((await publish()).code).toBe(0);
  });

  it('nobody whose device was retired: the connection ends at once', async () => {
    const client = await open();
    const closed = closing(client);
    codes.delete('S-1');
    broker.drop('S-1');
    await closed;
    expect((await publish()).code).toBe(4);
  });

  it('not one whose packet is announced as longer than any message', async () => {
    const socket = connectTcp(broker.port, '127.0.0.1');
    const ended = once(socket, 'close');
    socket.on('error', () => undefined);
    socket.write(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f])); // CONNECT of 256 MiB
    await ended;
  });
});

describe('what a device may do', () => {
  it('publish under its own name only', async () => {
    for (const topic of ['hg/v1/S-2/readings', 'hg/v1/S-1/commands', 'hg/v1/S-1/down/x', '$SYS/x', 'readings'])
      expect([topic, (await publish({ topic, text: topic })).code]).not.toEqual([topic, 0]);
    expect(intake.taken).toEqual([]);
  });

  it('send 16 KiB, and not a byte more', async () => {
    expect((await publish({ text: 'x'.repeat(16 * 1024) })).code).toBe(0);
    expect((await publish({ text: 'y'.repeat(16 * 1024 + 1) })).code).not.toBe(0);
    expect(intake.taken).toHaveLength(1);
  });

  it('hear what is sent down to it, and nothing else', async () => {
    const client = await open();
    const ask = (topic: string) =>
      new Promise<number | undefined>((done) => {
        // The client tells a refusal (0x80) as an error.
        client.subscribe(topic, { qos: 1 }, (error, granted) => done(error ? 128 : granted?.[0]?.qos));
      });
    expect(await ask('hg/v1/S-1/down/#')).toBe(1);
    for (const topic of ['#', 'hg/v1/+/readings', 'hg/v1/S-2/down/#', 'hg/v1/S-1/readings', '$SYS/#'])
      expect([topic, await ask(topic)]).toEqual([topic, 128]);
    await client.endAsync();
  });

  it('leave nothing retained: whoever subscribes later hears nothing old', async () => {
    const client = await open();
    await client.publishAsync('hg/v1/S-1/readings', 'kept?', { qos: 1, retain: true });
    expect(texts()).toEqual(['kept?']);
    await client.endAsync();
  });
});

describe('the acknowledgement', () => {
  it('comes after the commit, not before', async () => {
    let openGate: () => void = () => undefined;
    intake.gate = new Promise((done) => {
      openGate = done;
    });
    const client = await open();
    let acknowledged = false;
    const sent = client.publishAsync('hg/v1/S-1/alarm', 'Feuer', { qos: 1 }).then(() => (acknowledged = true));
    await expect.poll(() => intake.batches.length).toBe(1);
    await sleep(50);
    expect(acknowledged).toBe(false);
    openGate();
    await sent;
    expect(texts()).toEqual(['Feuer']);
    await client.endAsync();
  });

  it.each([1, 2] as const)(
    'is withheld when nothing was committed (QoS %i), and the message sent again is taken once',
    async (qos) => {
      intake.failing = true;
      const client = await open({ clean: false, clientId: 'any', reconnectPeriod: 100 });
      const sent = client.publishAsync('hg/v1/S-1/alarm', 'Feuer', { qos });
      await closing(client);
      expect(intake.taken).toEqual([]);
      intake.failing = false;
      await sent;
      expect(texts()).toEqual(['Feuer']);
      await client.endAsync();
    },
  );

  it('of a message sent twice comes twice; it is taken once', async () => {
    expect((await publish()).code).toBe(0);
    expect((await publish()).code).toBe(0);
    expect(texts()).toEqual(['eins']);
  });

  it('serves many messages by one commit, in the order of the device', async () => {
    const lines = Array.from({ length: 400 }, (_, n) => `line ${n}`);
    expect((await publish({ text: `${lines.join('\n')}\n`, lines: true })).code).toBe(0);
    expect(texts()).toEqual(lines);
    expect(intake.batches.length).toBeLessThan(200);
  });

  it('a newer connection of the same device ends the older one', async () => {
    const older = await open({ clientId: 'a' });
    const closed = closing(older);
    const newer = await open({ clientId: 'b' });
    await closed;
    await newer.publishAsync('hg/v1/S-1/readings', 'newer', { qos: 1 });
    expect(texts()).toEqual(['newer']);
    await newer.endAsync();
  });
});

it('a port that is taken is an error with its code', async () => {
  const second = startBroker({
    port: broker.port,
    host: '127.0.0.1',
    devices: testDoor(codes),
    intake,
    log: quietLog,
    now: Date.now,
  });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
