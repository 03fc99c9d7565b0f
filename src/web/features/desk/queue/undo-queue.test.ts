import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUndoQueue } from './undo-queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is taken back in time is never sent', async () => {
  const send = vi.fn(async (what: string) => what);
  const queue = createUndoQueue(6_000, send);
  const id = queue.add('decline 3');
  await vi.advanceTimersByTimeAsync(5_999);
  expect(queue.undo(id)).toBe(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(send).not.toHaveBeenCalled();
  expect(queue.list()).toEqual([]);
});

test('after the delay it leaves once, and can no longer be taken back', async () => {
  const send = vi.fn(async (what: string) => `${what} done`);
  const queue = createUndoQueue(6_000, send);
  const id = queue.add('file 2');
  await vi.advanceTimersByTimeAsync(6_000);
  expect(queue.undo(id)).toBe(false);
  queue.sendNow();
  queue.again(id);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(send).toHaveBeenCalledTimes(1);
  expect(queue.list()[0]).toMatchObject({ state: 'done', result: 'file 2 done' });
});

test('a refusal is kept beside the act, which can be sent again as it was', async () => {
  const sent: object[] = [];
  const queue = createUndoQueue(6_000, async (what: { opId: string }) => {
    sent.push(what);
    if (sent.length === 1) throw new Error('offline');
    return 'ok';
  });
  const id = queue.add({ opId: 'one' });
  await vi.advanceTimersByTimeAsync(6_000);
  expect(queue.list()[0]).toMatchObject({ state: 'failed', error: new Error('offline') });
  queue.again(id);
  await vi.advanceTimersByTimeAsync(0);
  expect(sent[0]).toBe(sent[1]);
  expect(queue.list()[0]?.state).toBe('done');
  queue.forget(id);
  expect(queue.list()).toEqual([]);
});

test('acts wait and leave independently; listeners hear every change', async () => {
  const send = vi.fn(async (what: number) => what);
  const queue = createUndoQueue(1_000, send);
  const heard = vi.fn();
  const stop = queue.subscribe(heard);
  queue.add(1);
  await vi.advanceTimersByTimeAsync(500);
  const second = queue.add(2);
  await vi.advanceTimersByTimeAsync(500);
  expect(send.mock.calls).toEqual([[1]]);
  queue.undo(second);
  stop();
  const before = heard.mock.calls.length;
  queue.add(3);
  expect(heard.mock.calls.length).toBe(before);
  expect(before).toBe(5); // added, added, sending, done, taken back
});
