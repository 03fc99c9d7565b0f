import { afterEach, describe, expect, test } from 'vitest';
import { createComputePool, type ComputePool } from './pool.ts';
import { share } from './share.ts';
import { taskAt } from './task.ts';
import type { Count } from './counting.fixture.ts';

const counting = taskAt<Count, number>(new URL('./counting.fixture.ts', import.meta.url));
let pool: ComputePool;
const make = (size: number): ComputePool => (pool = createComputePool({ size, graceMs: 100 }));
afterEach(() => pool.close());

describe('the pool of workers', () => {
  test('answers each as asked, tells progress to the end, and shares memory without copying', async () => {
    const shared = share(new Int32Array(1));
    const seen: number[] = [];
    const answers = await Promise.all([
      make(2).run(counting, { to: 5, shared }, { onProgress: (done, total) => seen.push(done / total) }),
      pool.run(counting, { to: 3, shared }),
      pool.run(counting, { to: 4, shared }),
    ]);
    expect([answers, shared[0], seen.at(-1)]).toEqual([[5, 3, 4], 12, 1]);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test('stops what runs and what waits when the caller no longer wants it; the worker goes on with the next', async () => {
    make(1);
    const [first, second] = [new AbortController(), new AbortController()];
    const runs = pool.run(
      counting,
      { to: 100_000 },
      { signal: first.signal, onProgress: () => first.abort(new Error('changed my mind')) },
    );
    const waits = pool.run(counting, { to: 1 }, { signal: second.signal });
    const next = pool.run(counting, { to: 2 });
    second.abort(new Error('nor this'));
    await expect(waits).rejects.toThrow('nor this');
    await expect(runs).rejects.toThrow('changed my mind');
    expect(await next).toBe(2);
    await expect(pool.run(counting, { to: 1 }, { signal: first.signal })).rejects.toThrow('changed my mind');
  });

  test('a task that does not listen, fails or dies costs nobody else anything', async () => {
    make(1);
    const deaf = pool.run(counting, { to: 1, deaf: true }, { signal: AbortSignal.timeout(50) });
    const fails = pool.run(counting, { to: 1, fails: 'expected a town' });
    const dies = pool.run(counting, { to: 1, exits: true });
    const sound = pool.run(counting, { to: 2 });
    await expect(deaf).rejects.toThrow(/timeout/);
    await expect(fails).rejects.toThrow('expected a town');
    await expect(dies).rejects.toThrow(/ended in the middle/);
    expect(await sound).toBe(2);
  });

  test('closing ends what runs and what waits, and refuses more', async () => {
    make(1);
    const [runs, waits] = [pool.run(counting, { to: 1, deaf: true }), pool.run(counting, { to: 1 })];
    const ended = Promise.allSettled([runs, waits]);
    await pool.close();
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(pool.run(counting, { to: 1 })).rejects.toThrow(/closed/);
  });
});

test('sharing keeps the values and what is shared already', () => {
  const shared = share({ a: [new Uint16Array([1, 2])], b: { c: 'x', d: null } });
  expect(shared).toEqual({ a: [new Uint16Array([1, 2])], b: { c: 'x', d: null } });
  expect(shared.a[0]?.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(share(shared).a[0]).toBe(shared.a[0]);
});
