import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '#kit/clock.ts';
import { startEmbedded } from '#server/db/embedded.ts';
import { OWNER } from '#server/db/embedded-cluster.ts';
import { readPostmaster } from '#server/db/embedded-postmaster.ts';
import { processStart } from '#server/db/embedded-process.ts';
import { listMigrations, migrate } from '#server/db/migrate.ts';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { createTerritory, type GridsParts } from '#server/modules/grids/index.ts';
import { configureLedger } from '#server/modules/ledger/index.ts';
import { NoDatabase, type Io } from './command.ts';

/**
 * Runs `work` on the installation's database: DATABASE_URL; else the embedded one of HUANGGE_DATA, joined while the
 * server runs, started for the moment when it does not.
 * @throws NoDatabase, StartRefused with a sentence for the operator
 */
export async function withDatabase<T>(
  io: Io,
  work: (database: Database, tenant: string) => Promise<T>,
  /** As the owner of the tables, for what the program itself may never change. */
  { asOwner = false }: { asOwner?: boolean } = {},
): Promise<T> {
  const { url, stop } = await findDatabase(io);
  try {
    await assertPrepared(url);
    const tenant = io.env['HUANGGE_TENANT'] ?? 'main';
    configureLedger({ tenant, wake: () => undefined });
    const database = openDatabase(url, { max: 3, ...(asOwner ? { role: null } : {}) });
    try {
      return await work(database, tenant);
    } finally {
      await database.close();
    }
  } finally {
    await stop();
  }
}

/** As `withDatabase`, with the territory loaded. */
export function withGrids<T>(io: Io, work: (parts: GridsParts) => Promise<T>): Promise<T> {
  return withDatabase(io, async (database) =>
    work({ database, territory: await createTerritory(database), clock: systemClock }),
  );
}

async function findDatabase(io: Io): Promise<{ url: string; stop(): Promise<void> }> {
  const given = givenUrl(io.env);
  if (given !== undefined) return { url: given, stop: async () => undefined };
  const dataDir = join(io.env['HUANGGE_DATA'] ?? './data', 'pg');
  const running = findRunning(dataDir);
  if (running !== undefined) return { url: running, stop: async () => undefined };
  const server = await startEmbedded({ dataDir, log: io.err });
  await migrate(server.url).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  return { url: server.url, stop: () => server.stop() };
}

function givenUrl(env: Io['env']): string | undefined {
  const file = env['DATABASE_URL_FILE'];
  if (file === undefined || file === '') return env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'];
  if (!existsSync(file)) throw new NoDatabase(`DATABASE_URL_FILE names ${file}, but there is no such file.`);
  return readFileSync(file, 'utf8').trim();
}

/** The database of a server that runs on this folder now. */
export function findRunning(dataDir: string): string | undefined {
  const [lock, password] = [`${dataDir}.lock`, `${dataDir}.password`];
  if (!existsSync(lock) || !existsSync(password)) return undefined;
  const holder = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number; started: string };
  const server = readPostmaster(dataDir);
  if (processStart(holder.pid) !== holder.started || server?.status !== 'ready') return undefined;
  return `postgres://${OWNER}:${readFileSync(password, 'utf8').trim()}@127.0.0.1:${server.port}/${OWNER}`;
}

/** The command must fit the database: a server of the same version has prepared it. */
async function assertPrepared(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'huangge-cli' });
  try {
    await client.connect();
  } catch (error) {
    throw new NoDatabase(
      `The database does not answer: ${error instanceof Error ? error.message : String(error)}. Start it, or correct DATABASE_URL.`,
    );
  }
  try {
    const { rows } = await client
      .query<{ name: string }>('select name from schema_migration order by name')
      .catch(() => ({ rows: [] }));
    const known = await listMigrations();
    if (rows.map(({ name }) => name).join() === known.join()) return;
    throw new NoDatabase(
      rows.length === 0
        ? 'The database is empty. Start the server once (npm start); it prepares the tables.'
        : `The database is at migration ${rows.at(-1)?.name}, this program at ${known.at(-1)}. Use the program the server runs, or start this server once.`,
    );
  } finally {
    await client.end();
  }
}
