import { createServer, type Server, type Socket } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startTestPostgres, type TestPostgres } from './helpers/postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** local port that answers with the `TestServer` of this run, starting it for the first who asks */
    databaseDoor: number;
  }
}

/**
 * Opens a door through which test files get the one PostgreSQL of this run. Nobody asks, nothing starts: a run of
 * pure tests does not pay for a database.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<TestPostgres> | undefined;
  const door = createServer((caller) => {
    started ??= startTestPostgres();
    void answer(caller, started);
  });
  project.provide('databaseDoor', await listen(door));
  return async () => {
    door.close();
    await (await started?.catch(() => undefined))?.stop();
  };
}

async function answer(caller: Socket, started: Promise<TestPostgres>): Promise<void> {
  caller.on('error', () => undefined);
  const reply = await started.then(
    ({ url, template }) => ({ url, template }),
    (error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
  caller.end(JSON.stringify(reply));
}

function listen(door: Server): Promise<number> {
  return new Promise((done, fail) => {
    door.once('error', fail);
    door.listen(0, '127.0.0.1', () => {
      const address = door.address();
      done(typeof address === 'object' && address ? address.port : 0);
    });
    door.unref();
  });
}
