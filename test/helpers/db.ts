import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { inject } from 'vitest';
import { administer, withDatabase } from './postgres.ts';

const GRACE_MS = 1_000;

/** A migrated, empty database of one test file. */
export interface TestDatabase {
  /** the owner's URL */
  url: string;
  /**
   * Removes the database.
   * @throws Error naming each connection the test left open, and what it was doing
   */
  drop(): Promise<void>;
}

interface TestServer {
  url: string;
  template: string;
}

/**
 * Gives the calling test file a database of its own, copied from the migrated template in about 0.1 s. Call it in
 * beforeAll, and `drop()` in afterAll after closing every pool.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url, template } = await getTestServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Copying files is faster than logging every page while nothing needs to reach the disk.
  await administer(url, `create database ${name} template ${template} strategy file_copy`);
  async function drop(): Promise<void> {
    const leaks = await listConnections(url, name);
    await administer(url, `drop database ${name} with (force)`);
    if (leaks.length > 0) throw new Error(`The test left ${leaks.length} connection(s) open:\n${leaks.join('\n')}`);
  }
  return { url: withDatabase(url, name), drop };
}

/** The PostgreSQL of this run, started for whoever asks first; for tests that make databases of their own. */
export async function getTestServer(): Promise<TestServer> {
  const reply = JSON.parse(await text(connect(inject('databaseDoor'), '127.0.0.1'))) as TestServer & { error?: string };
  if (reply.error !== undefined) throw new Error(`No PostgreSQL for this test run: ${reply.error}`);
  return reply;
}

/** Connections to a database that do not go away by themselves: a closed pool needs a moment until the server notices. */
async function listConnections(url: string, database: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'test-administrator' });
  await client.connect();
  try {
    const until = performance.now() + GRACE_MS;
    for (;;) {
      const { rows } = await client.query<{ line: string }>(
        `select format('- %s (%s): %s', application_name, state, left(query, 200)) as line
         from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
        [database],
      );
      if (rows.length === 0 || performance.now() > until) return rows.map((row) => row.line);
      await sleep(20);
    }
  } finally {
    await client.end();
  }
}
