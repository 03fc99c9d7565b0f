import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBatch } from './live-batch.ts';
import { listenLive, type LiveStream } from './live.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('changes are handed over together, at most once per delay, none twice and none lost', () => {
  const taken: number[][] = [];
  const batch = createBatch<number>(800, (items) => taken.push([...items]));
  batch.push(1);
  vi.advanceTimersByTime(799);
  batch.push(2);
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(taken).toEqual([[1, 2]]);
  batch.push(3);
  batch.flush();
  vi.advanceTimersByTime(5_000);
  expect(taken).toEqual([[1, 2], [3]]);
  batch.push(4);
  batch.stop();
  vi.advanceTimersByTime(5_000);
  expect(taken).toHaveLength(2);
});

/** A server played by hand. */
function stage() {
  const opened: {
    address: string;
    readyState: number;
    closed: boolean;
    say: (type: string, event?: { data?: string; lastEventId?: string }) => void;
  }[] = [];
  const open = (address: string): LiveStream => {
    const listeners = new Map<string, (event: { data?: string; lastEventId?: string }) => void>();
    const stream = {
      address,
      readyState: 1,
      closed: false,
      addEventListener: (type: string, listener: (event: object) => void) => void listeners.set(type, listener),
      close: () => (stream.closed = true),
      say: (type: string, event: object = {}) => listeners.get(type)?.(event),
    };
    opened.push(stream);
    return stream as unknown as LiveStream;
  };
  const heard: string[] = [];
  const stop = listenLive(
    {
      onChange: (one) => heard.push(`change ${one.seq}`),
      onReset: () => heard.push('reset'),
      onState: (state) => heard.push(state),
    },
    open,
  );
  const change = (seq: number) => ({ data: JSON.stringify({ seq }), lastEventId: String(seq) });
  return { opened, heard, stop, change };
}

test('a refused stream is opened again after the last number heard, and repeats are not told twice', () => {
  const { opened, heard, stop, change } = stage();
  opened[0]!.say('hello', { lastEventId: '10' });
  opened[0]!.say('change', change(11));
  opened[0]!.readyState = 2;
  opened[0]!.say('error');
  expect(opened).toHaveLength(1);
  vi.advanceTimersByTime(2_000);
  expect(opened[1]!.address).toBe('/api/live?after=11');
  opened[1]!.say('hello', { lastEventId: '11' });
  opened[1]!.say('change', change(11));
  opened[1]!.say('change', change(12));
  expect(heard).toEqual(['connecting', 'connected', 'change 11', 'reconnecting', 'connected', 'change 12']);
  stop();
  expect(opened[1]!.closed).toBe(true);
});

test('while the browser reconnects by itself, we do not; pauses between our own attempts grow', () => {
  const { opened, stop } = stage();
  opened[0]!.readyState = 0;
  opened[0]!.say('error');
  vi.advanceTimersByTime(60_000);
  expect(opened).toHaveLength(1);
  opened[0]!.readyState = 2;
  opened[0]!.say('error');
  vi.advanceTimersByTime(2_000);
  opened[1]!.readyState = 2;
  opened[1]!.say('error');
  vi.advanceTimersByTime(3_999);
  expect(opened).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(opened).toHaveLength(3);
  stop();
});
