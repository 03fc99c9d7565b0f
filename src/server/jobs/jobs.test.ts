import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { createTestDatabase, type TestDatabase } from '#test/helpers/db.ts';
import { startJobs } from './jobs.ts';

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

const nothing = { name: 'count-leaves', cron: '0 3 * * *', run: async () => undefined };

describe('recurring work', () => {
  it('of a worker that was killed in the middle is done by another within a minute', async () => {
    const first = await startJobs(database.pool, [nothing], [], () => undefined);
    await first.stop();
    const killed = new PgBoss({
      db: { executeSql: (text, values) => database.pool.query(text, values as unknown[] | undefined) },
      schema: 'pgboss',
      createSchema: false,
      supervise: false,
      schedule: false,
    });
    await killed.start();
    await killed.send('count-leaves', {});
    expect(await killed.fetch('count-leaves')).toHaveLength(1); // taken, and then the process dies without a word
    await killed.stop({ graceful: false, close: false });

    const done: number[] = [];
    const started = performance.now();
    const second = await startJobs(
      database.pool,
      [{ ...nothing, run: async () => void done.push(performance.now() - started) }],
      [],
      () => undefined,
    );
    while (done.length === 0 && performance.now() - started < 60_000) await sleep(100);
    await second.stop();
    expect(done).toHaveLength(1);
  }, 70_000);

  it('that fails is reported and comes again; one turn never overlaps the next', async () => {
    const reports: string[] = [];
    let running = 0;
    let most = 0;
    let turns = 0;
    const jobs = await startJobs(
      database.pool,
      [],
      [
        {
          name: 'ring',
          everyMs: 5,
          run: async () => {
            most = Math.max(most, ++running);
            await sleep(12);
            running--;
            if (++turns % 2 === 1) throw new Error('odd');
          },
        },
      ],
      (name, error) => reports.push(`${name}: ${String(error)}`),
    );
    while (turns < 4) await sleep(5);
    await jobs.stop();
    expect(most).toBe(1);
    expect(reports.length).toBeGreaterThanOrEqual(2);
    expect(reports[0]).toBe('ring: Error: odd');
  });
});
