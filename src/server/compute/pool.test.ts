import { afterEach, describe, expect, test } from 'vitest';
import { evaluateClass } from '#engine/access/evaluate.ts';
import { walksTo } from '#engine/access/walks-to.ts';
import { buildNetwork } from '#engine/network/build.ts';
import { compileGraph } from '#engine/network/graph.ts';
import { hangPlaces, holdAt } from '#engine/network/holds.ts';
import { readWalkedWays } from '#engine/network/osm-ways.ts';
import { makeSnapper } from '#engine/network/snap.ts';
import { drawTown, toDegrees, type Corner } from '#engine/network/town.fixture.ts';
import { makeIsochrones } from '#engine/reach/isochrone.ts';
import { makeWalker } from '#engine/reach/walker.ts';
import { evaluateTask } from './evaluate-task.ts';
import { isochronesTask } from './isochrones-task.ts';
import { createComputePool, type ComputePool } from './pool.ts';
import { share } from './share.ts';
import { taskAt } from './task.ts';
import { walkProfiles } from './walk-profiles.ts';
import { walksTask } from './walks-task.ts';
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

describe('the tasks of the life circle', () => {
  const profile = [...walkProfiles().values()].find(({ code }) => code === 'adult')?.profile;
  if (profile === undefined) throw new Error('Expected the profile adult in db/data/walk-profiles.csv.');
  const street = drawTown([{ at: [[0, 0], [500, 0], [1500, 0]] }, { at: [[500, 0], [500, 600]] }]); // prettier-ignore
  const { network } = buildNetwork(readWalkedWays(street), null);
  const graph = share(compileGraph(network, profile, 'to'));
  const hang = (corners: readonly Corner[]) => {
    const degrees = corners.map(toDegrees);
    const points = { lon: degrees.map(([lon]) => lon), lat: degrees.map(([, lat]) => lat) };
    return share(hangPlaces(graph, makeSnapper(network), points, 100));
  };
  const cells = { holds: hang([[10, 0], [700, 20], [500, 590]]), people: [1, 2, 4], elders: [1, 0, 0], children: [0, 2, 0] }; // prettier-ignore
  const places = { holds: hang([[480, 0], [1400, 10]]), capacity: [9, NaN], open: null }; // prettier-ignore

  test('find in a worker what they find here', async () => {
    const options = {
      limits: [300, 600],
      standardS: 600,
      cutoffS: 1800,
      back: share(compileGraph(network, profile, 'from')),
      catchment: true,
    };
    expect(await make(1).run(evaluateTask, { graph, cells, places, options })).toEqual(
      evaluateClass(graph, cells, places, options),
    );
    const asked = { cells: cells.holds, places: places.holds, limitDs: 9000 };
    const seen: number[] = [];
    expect(
      await pool.run(walksTask, { graph, ...asked }, { onProgress: (done, total) => seen.push(done / total) }),
    ).toEqual(walksTo(graph, makeWalker(graph), asked));
    expect(seen.at(-1)).toBe(1);
    const outlines = { limits: [300], cellM: 10, besideM: 40 };
    const here = makeIsochrones(graph, makeWalker(graph), [0, 1].map((k) => holdAt(places.holds, k)).filter((hold) => hold !== null), outlines); // prettier-ignore
    expect(await pool.run(isochronesTask, { graph, starts: places.holds, options: outlines })).toEqual(here);
  });

  test('the walkers of the dictionary are four, told in words and sound', () => {
    expect([...walkProfiles().keys()]).toEqual(['adult', 'elder', 'wheelchair', 'pram']);
    for (const { name, nameEn, profile: walker } of walkProfiles().values())
      expect([name !== '' && nameEn !== '', walker.flatMs > 0.2]).toEqual([true, true]);
  });
});
