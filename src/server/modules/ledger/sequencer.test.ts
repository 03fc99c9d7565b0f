import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kit/clock.ts';
import { openDatabase, type Database, type Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { append, configureLedger } from './append.ts';
import type { LedgerNews } from './line.ts';
import { createSequencer, type Sequencer } from './sequencer.ts';
import { createSigner, makeLedgerKey } from './signer.ts';

let test: TestDatabase;
let database: Database;
const started: Sequencer[] = [];
const signer = createSigner(makeLedgerKey());
const troubles: string[] = [];
const log = { error: (_: unknown, message: string) => void troubles.push(message) };

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 30 });
});

afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

afterAll(async () => {
  await database.close();
  await test.drop();
});

/** Every test has a log of its own. */
async function startSequencer(tenant: string, over: Database = database): Promise<Sequencer> {
  const one = createSequencer({ database: over, tenant, signer, clock: systemClock, log });
  await one.start();
  started.push(one);
  return one;
}

function newLog(): string {
  const tenant = `log-${randomUUID()}`;
  configureLedger({ tenant, wake: () => undefined });
  return tenant;
}

function appendTo(tx: Tx, subjectId: string, atMs = Date.now()): Promise<string> {
  return append(tx, {
    actor: { kind: 'system', accountId: null },
    action: 'event.report',
    subject: { type: 'event', id: subjectId },
    district: '500103',
    atMs,
    data: { n: 1 },
    words: { note: '井盖' },
    audience: ['a:500103'],
  });
}

function listen(sequencer: Sequencer): LedgerNews[] {
  const heard: LedgerNews[] = [];
  sequencer.subscribe((news) => void heard.push(...news));
  return heard;
}

function seqs(news: readonly LedgerNews[]): number[] {
  return news.map((one) => one.seq);
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('the sequencer', () => {
  it('gives 20 writers with delays and rollbacks one order without gaps', async () => {
    const tenant = newLog();
    const sequencer = await startSequencer(tenant);
    configureLedger({ tenant, wake: sequencer.wake });
    const heard = listen(sequencer);
    const kept: string[] = [];
    async function writer(): Promise<void> {
      for (let i = 0; i < 25; i++) {
        const ids: string[] = [];
        const done = await database
          .inTx(systemScope, async (tx) => {
            ids.push(await appendTo(tx, 'e'), await appendTo(tx, 'e'));
            await sleep(Math.random() * 8);
            if (Math.random() < 0.3) throw new Error('changed my mind');
          })
          .then(
            () => true,
            () => false,
          );
        if (done) kept.push(...ids);
      }
    }
    await Promise.all(Array.from({ length: 20 }, writer));
    await sequencer.idle();
    expect(seqs(heard)).toEqual(upTo(kept.length));
    expect(heard.map((one) => one.entryId).sort()).toEqual(kept.sort());
    expect(await sequencer.lastSeq()).toBe(kept.length);
    expect(await sequencer.readSince(kept.length - 3, 100)).toEqual(heard.slice(-3));
  });

  it('does not miss a line that is committed late but was made early', async () => {
    const tenant = newLog();
    const sequencer = await startSequencer(tenant);
    const heard = listen(sequencer);
    let late = '';
    let release = (): void => undefined;
    const held = new Promise<void>((go) => (release = go));
    const slow = database.inTx(systemScope, async (tx) => {
      late = await appendTo(tx, 'late', Date.now() - 60_000);
      await held;
    });
    while (late === '') await sleep(5);
    const early = await database.inTx(systemScope, (tx) => appendTo(tx, 'early'));
    await sequencer.idle();
    expect(heard.map((one) => one.entryId)).toEqual([early]);
    release();
    await slow;
    await sequencer.idle();
    expect(late < early).toBe(true);
    expect(heard.map((one) => [one.seq, one.entryId])).toEqual([
      [1, early],
      [2, late],
    ]);
  });

  it('keeps lines of one transaction in the order they were appended', async () => {
    const tenant = newLog();
    const sequencer = await startSequencer(tenant);
    const heard = listen(sequencer);
    const atMs = Date.now();
    const ids = await database.inTx(systemScope, async (tx) => {
      const made: string[] = [];
      for (let i = 0; i < 40; i++) made.push(await appendTo(tx, 'e', atMs));
      return made;
    });
    await sequencer.idle();
    expect(heard.map((one) => one.entryId)).toEqual(ids);
  });

  it('tells the same order in every process, whoever numbers', async () => {
    const tenant = newLog();
    const other = openDatabase(test.url, { max: 4 });
    const [one, two] = [await startSequencer(tenant), await startSequencer(tenant, other)];
    const heard = [listen(one), listen(two)];
    for (let i = 0; i < 60; i++) {
      await database.inTx(systemScope, (tx) => appendTo(tx, 'e'));
      (i % 2 === 0 ? one : two).wake();
      if (i % 3 === 0) await sleep(3);
    }
    await Promise.all([one.idle(), two.idle()]);
    await sleep(250);
    expect(seqs(heard[0] ?? [])).toEqual(upTo(60));
    expect(heard[1]).toEqual(heard[0]);
    for (const sequencer of started.splice(0)) await sequencer.stop();
    await other.close();
  });

  it('loses and doubles nothing when it dies before, during or after a commit', async () => {
    const tenant = newLog();
    let round = 0;
    const dying: Database = {
      ...database,
      inTx: async (scope, work) => {
        const when = round++ % 3;
        const answer = await database.inTx(scope, async (tx) => {
          const done = await work(tx);
          if (when === 0) throw new Error('died before the commit');
          return done;
        });
        if (when === 1) throw new Error('died after the commit');
        return answer;
      },
    };
    await startSequencer(tenant);
    for (const first of started.splice(0)) await first.stop();
    const sequencer = createSequencer({ database: dying, tenant, signer, clock: systemClock, log });
    const heard = listen(sequencer);
    const made: string[] = [];
    for (let i = 0; i < 90; i++) {
      made.push(await database.inTx(systemScope, (tx) => appendTo(tx, 'e')));
      if (i % 4 === 0) await sequencer.idle().catch(() => undefined);
    }
    for (let tries = 0; tries < 10; tries++) await sequencer.idle().catch(() => undefined);
    const stored = await sequencer.readSince(0, 1000);
    expect(seqs(stored)).toEqual(upTo(90));
    expect(stored.map((one) => one.entryId).sort()).toEqual(made.sort());
    expect(heard).toEqual(stored);
  });

  it('goes on with the others when a listener fails', async () => {
    const tenant = newLog();
    const sequencer = await startSequencer(tenant);
    sequencer.subscribe(() => {
      throw new Error('a broken screen');
    });
    const heard = listen(sequencer);
    await database.inTx(systemScope, (tx) => appendTo(tx, 'e'));
    await sequencer.idle();
    expect(seqs(heard)).toEqual([1]);
    expect(troubles.at(-1)).toMatch(/listener/);
  });

  it('numbers without being woken, and within a moment when it is', async () => {
    const tenant = newLog();
    const sequencer = await startSequencer(tenant);
    await sequencer.idle();
    const heard = listen(sequencer);
    await database.inTx(systemScope, (tx) => appendTo(tx, 'polled'));
    await expect.poll(() => heard.length, { interval: 10 }).toBe(1);
    configureLedger({ tenant, wake: sequencer.wake });
    await database.inTx(systemScope, (tx) => appendTo(tx, 'woken'));
    await expect.poll(() => heard.length, { interval: 5, timeout: 150 }).toBe(2);
  });

  it('numbers at least 500 lines a second', async () => {
    const tenant = newLog();
    await database.inTx(systemScope, async (tx) => {
      for (let i = 0; i < 2000; i++) await appendTo(tx, 'e');
    });
    const sequencer = await startSequencer(tenant);
    const from = performance.now();
    await sequencer.idle();
    const perSecond = 2000 / ((performance.now() - from) / 1000);
    expect(perSecond).toBeGreaterThan(500);
    expect((await sequencer.readSince(1990, 20)).length).toBe(10);
  });
});
