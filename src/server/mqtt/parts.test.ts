import { expect, it } from 'vitest';
import { accessFiles } from './access-files.ts';
import { createBatches } from './batches.ts';
import { createFrameLimit } from './frame-limit.ts';
import { createGuessLimit } from './guess-limit.ts';
import type { DeviceMessage } from './intake.ts';
import { testIntake } from './intake.fixture.ts';
import { isDownward, readTopic } from './topics.ts';

const message = (text: string): DeviceMessage => ({
  deviceId: 'd',
  deviceCode: 'D',
  topic: 'readings',
  body: Buffer.from(text),
  receivedMs: 0,
});

it.each([
  ['hg/v1/S-1/readings', { code: 'S-1', topic: 'readings' }],
  ['hg/v1/S-1/alarm', { code: 'S-1', topic: 'alarm' }],
  ['hg/v1/S-1/down/x', undefined],
  ['hg/v1//status', undefined],
  ['hg/v1/a/b/status', undefined],
  ['hg/v1/S-1/status/', undefined],
  ['/hg/v1/S-1/status', undefined],
])('topic %s', (topic, answer) => {
  expect(readTopic(topic)).toEqual(answer);
});

it('knows what lies below a device', () => {
  expect(isDownward('S', 'hg/v1/S/down/#')).toBe(true);
  for (const other of ['hg/v1/S/down', 'hg/v1/S1/down/#', 'hg/v1/+/down/#']) expect(isDownward('S', other)).toBe(false);
});

it('the frame limit counts whole packets, however they are cut', () => {
  const packet = (length: number) => {
    const header = length < 128 ? [0x30, length] : [0x30, (length % 128) | 128, Math.floor(length / 128)];
    return Buffer.concat([Buffer.from(header), Buffer.alloc(length, 0xff)]);
  };
  const stream = Buffer.concat([packet(0), packet(1), packet(127), packet(128), packet(200), Buffer.from([0xc0, 0])]);
  for (const cut of [1, 2, 3, 7, 1000]) {
    const fits = createFrameLimit(200);
    for (let at = 0; at < stream.length; at += cut) expect(fits(stream.subarray(at, at + cut))).toBe(true);
  }
  expect(createFrameLimit(200)(packet(201).subarray(0, 3))).toBe(false);
  expect(createFrameLimit(1e9)(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff]))).toBe(false); // a length of five bytes
});

it('batches grow while one commits; a failed batch fails alone', async () => {
  const intake = testIntake();
  const batches = createBatches(intake, { most: 3, delayMs: 1 });
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => batches.take(message(text))));
  expect(intake.batches).toEqual([3, 2]);
  intake.failing = true;
  const failed = batches.take(message('f'));
  await expect(failed).rejects.toThrow('database');
  intake.failing = false;
  expect(await batches.take(message('f'))).toBe('taken');
  expect(await batches.take(message('f'))).toBe('duplicate');
  const last = batches.take(message('g'));
  await batches.stop();
  expect([batches.waiting(), await last]).toEqual([0, 'taken']);
  await expect(batches.take(message('h'))).rejects.toThrow('stopping');
});

it('batches refuse what they have no room for', async () => {
  const intake = testIntake();
  let open: () => void = () => undefined;
  intake.gate = new Promise((done) => {
    open = done;
  });
  const batches = createBatches(intake, { most: 1, delayMs: 0, room: 2 });
  const kept = [batches.take(message('a')), batches.take(message('b'))];
  await expect(batches.take(message('c'))).rejects.toThrow('2 messages wait');
  open();
  expect(await Promise.all(kept)).toEqual(['taken', 'taken']);
});

it('an alarm does not wait behind readings', async () => {
  const intake = testIntake();
  let open: () => void = () => undefined;
  intake.gate = new Promise((done) => {
    open = done;
  });
  const batches = createBatches(intake, { most: 2, delayMs: 0, room: 3 });
  const readings = ['a', 'b', 'c'].map((text) => batches.take(message(text)));
  await expect(batches.take(message('d'))).rejects.toThrow('wait');
  intake.gate = Promise.resolve();
  expect(await batches.take({ ...message('fire'), topic: 'alarm' })).toBe('taken');
  expect(intake.taken.map(({ body }) => body.toString())).toEqual(['fire']);
  open();
  expect(await Promise.all(readings)).toEqual(['taken', 'taken', 'taken']);
});

it('the guess limit forgets after a minute', () => {
  let now = 0;
  const limit = createGuessLimit(() => now);
  for (let n = 0; n < 10; n++) limit.failed('a', 'x');
  expect([limit.mayTry('a', 'x'), limit.mayTry('a', 'y'), limit.mayTry('b', 'x')]).toEqual([false, true, true]);
  for (let n = 0; n < 90; n++) limit.failed('a', `y${n}`);
  expect(limit.mayTry('a', 'z')).toBe(false);
  now = 60_000;
  expect(limit.mayTry('a', 'x')).toBe(true);
});

it('the access list lets no device be mistaken for the reader', () => {
  const reader = { name: 'huangge', secretHash: '$7$r' };
  const { passwords } = accessFiles([{ code: 'S-1', secretHash: '$7$s' }], reader);
  expect(passwords).toBe('S-1:$7$s\nhuangge:$7$r\n');
  expect(() => accessFiles([{ code: 'huangge', secretHash: '' }], reader)).toThrow('no device');
  expect(() => accessFiles([], { name: 'a\nb', secretHash: '' })).toThrow('letters');
});
