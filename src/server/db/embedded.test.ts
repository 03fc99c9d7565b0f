import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmod, lstat, mkdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findFreePort, makeTemporaryFolder } from '#test/helpers/postgres.ts';
import { readPostmaster } from './embedded-postmaster.ts';
import { isAlive } from './embedded-process.ts';
import { startEmbedded, type EmbeddedPostgres } from './embedded.ts';

/** What the operator was promised: after a crash on either side the program is ready again within this. */
const READY_AGAIN_MS = 2_000;
const isRoot = process.getuid?.() === 0;

let folder: string;
let dataDir: string;
const running = new Set<EmbeddedPostgres>();

/** An empty cluster, made once: copying it takes a tenth of making one. */
let example: string;

beforeAll(async () => {
  example = await makeTemporaryFolder();
  const first = await startEmbedded({ dataDir: join(example, 'pg'), port: await findFreePort() });
  await first.stop();
});

afterAll(() => rm(example, { recursive: true, force: true }));

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  dataDir = join(folder, 'pg');
});

function copyExample(): void {
  execFileSync('cp', ['-a', `${example}/.`, folder]);
}

afterEach(async () => {
  for (const server of running) await server.stop();
  running.clear();
  const real = await readlink(dataDir).catch(() => undefined);
  if (real) await rm(real, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir, port: await findFreePort(), ...options });
  running.add(server);
  return server;
}

async function ask(url: string, question: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(question)).rows;
  } finally {
    await client.end();
  }
}

/** Runs embedded-owner.fixture.ts and collects what it promised. */
async function runOwner(port: number) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, 'embedded-owner.fixture.ts'), dataDir, String(port)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const kept: number[] = [];
  const closed = new Promise((done) => child.once('close', done));
  const ready = new Promise<number>((done, fail) => {
    void closed.then(() => fail(new Error('the owner ended before it was ready')));
    if (!child.stdout) return;
    createInterface(child.stdout).on('line', (line) => {
      const [word, number] = line.split(' ');
      if (word === 'ready') done(Number(number));
      else kept.push(Number(number));
    });
  });
  async function keeps(count: number): Promise<void> {
    const goal = kept.length + count;
    while (kept.length < goal) await new Promise((done) => setTimeout(done, 5));
  }
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await closed;
  }
  return { kept, keeps, kill, pid: await ready };
}

describe('an ordinary life', () => {
  test('it starts durable, in UTF-8, on 127.0.0.1 only, and keeps its rows over a clean restart', async () => {
    const first = await start();
    const settings = await ask(
      first.url,
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as sync,
        current_setting('listen_addresses') as address, current_setting('server_encoding') as encoding, upper('é') || '黄葛' as text`,
    );
    expect(settings).toEqual([
      { fsync: 'on', pages: 'on', sync: 'on', address: '127.0.0.1', encoding: 'UTF8', text: 'É黄葛' },
    ]);
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await start();
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  test('nobody comes in without the password, which only the owner may read', async () => {
    copyExample();
    const server = await start();
    const stranger = new URL(server.url);
    stranger.password = 'guessed';
    await expect(ask(stranger.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect((await stat(`${dataDir}.password`)).mode & 0o777).toBe(0o600);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  });

  test('a lost password file is replaced, and the rows stay', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 1 as n');
    await first.stop();
    await rm(`${dataDir}.password`);
    const second = await start();
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
    expect(new URL(second.url).password).not.toBe(new URL(first.url).password);
  });

  test.runIf(isRoot)('started by root it runs as somebody else, even below a folder closed to others', async () => {
    await chmod(folder, 0o700);
    const lines: string[] = [];
    const server = await start({ log: (line) => lines.push(line) });
    expect((await lstat(dataDir)).isSymbolicLink()).toBe(true);
    expect(server.dataDir).toBe(await readlink(dataDir));
    expect(lines.join('\n')).toContain(server.dataDir);
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
    expect(Number(/^Uid:\s+(\d+)/m.exec(status)?.[1])).toBeGreaterThan(0);
  });
});

describe('crashes', () => {
  beforeEach(copyExample);

  test('kill -9 of the program loses nothing acknowledged; the next start takes the server over within 2 s', async () => {
    const port = await findFreePort();
    for (let round = 0; round < 2; round += 1) {
      const owner = await runOwner(port);
      await owner.keeps(100);
      await owner.kill();
      expect(isAlive(owner.pid)).toBe(true);
      const began = performance.now();
      const server = await start({ port });
      expect(performance.now() - began).toBeLessThan(READY_AGAIN_MS);
      expect(server.pid).toBe(owner.pid);
      const rows = await ask(server.url, 'select n::int from promise');
      expect(rows.map((row) => row['n'])).toEqual(expect.arrayContaining(owner.kept));
      await server.stop();
    }
  });

  test('kill -9 of the program and of PostgreSQL at once loses nothing acknowledged; ready within 2 s', async () => {
    const port = await findFreePort();
    const owner = await runOwner(port);
    await owner.keeps(100);
    process.kill(owner.pid, 'SIGKILL');
    await owner.kill();
    const began = performance.now();
    const server = await start({ port });
    expect(performance.now() - began).toBeLessThan(READY_AGAIN_MS);
    const rows = await ask(server.url, 'select n::int from promise');
    expect(rows.map((row) => row['n'])).toEqual(expect.arrayContaining(owner.kept));
  });

  test('kill -9 of PostgreSQL alone: the program restarts it and goes on, losing nothing acknowledged', async () => {
    const port = await findFreePort();
    const owner = await runOwner(port);
    await owner.keeps(50);
    for (let round = 0; round < 3; round += 1) {
      const victim = readPostmaster(dataDir)?.pid ?? 0;
      process.kill(victim, 'SIGKILL');
      const began = performance.now();
      while (isAlive(victim)) await new Promise((done) => setTimeout(done, 5));
      await owner.keeps(20);
      expect(performance.now() - began).toBeLessThan(READY_AGAIN_MS);
    }
    await owner.kill();
    const server = await start({ port });
    const rows = await ask(server.url, 'select n::int from promise');
    expect(rows.map((row) => row['n'])).toEqual(expect.arrayContaining(owner.kept));
  });

  test('a server that cannot be kept alive is given up with a reason', async () => {
    const reasons: string[] = [];
    const server = await start({ onLost: (reason) => reasons.push(reason.message) });
    for (let round = 0; reasons.length === 0 && round < 100; round += 1) {
      const victim = readPostmaster(dataDir);
      if (victim?.status === 'ready' && isAlive(victim.pid)) process.kill(victim.pid, 'SIGKILL');
      await new Promise((done) => setTimeout(done, 100));
    }
    expect(reasons).toEqual(['PostgreSQL stopped 6 times within a minute; it is not restarted again.']);
    await server.stop();
  });

  test('a server left behind with other wishes is stopped cleanly and started anew', async () => {
    const port = await findFreePort();
    const owner = await runOwner(port);
    await owner.keeps(10);
    await owner.kill();
    const server = await start({ port, settings: { work_mem: '5MB' } });
    expect(isAlive(owner.pid)).toBe(false);
    expect(await ask(server.url, "select current_setting('work_mem') as memory")).toEqual([{ memory: '5MB' }]);
  });

  test('a postmaster.pid whose number now belongs to another process does not block', async () => {
    const first = await start();
    await first.stop();
    await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n1\n\n127.0.0.1\n\nready\n`);
    const second = await start();
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('the lock of a process that is gone is taken over, even if its number was given to another', async () => {
    await writeFile(`${dataDir}.lock`, JSON.stringify({ pid: process.pid, started: 'long ago', token: 'old' }));
    const server = await start();
    expect(JSON.parse(await readFile(`${dataDir}.lock`, 'utf8'))).toMatchObject({ pid: process.pid });
    await server.stop();
    await expect(stat(`${dataDir}.lock`)).rejects.toThrow(/ENOENT/);
  });
});

describe('refusals are sentences', () => {
  test('the folder is in use', async () => {
    copyExample();
    await start();
    await expect(start()).rejects.toThrow(/data folder .* is already in use by .* Stop that one first/);
  });

  test('the port is taken', async () => {
    copyExample();
    const port = await findFreePort();
    const other = createServer().listen(port, '127.0.0.1');
    await expect(start({ port })).rejects.toThrow(`Port ${port} for PostgreSQL is already used by another program`);
    other.close();
  });

  test('when no port is asked for, the next free one is taken', async () => {
    copyExample();
    const first = await start({ port: undefined });
    const second = await startEmbedded({ dataDir: join(folder, 'second') });
    expect(second.port).toBeGreaterThan(first.port);
    await second.stop();
  });

  test('the folder holds something else', async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'letters.txt'), 'dear');
    await expect(start()).rejects.toThrow(/holds files but no PostgreSQL database/);
    expect(await readFile(join(dataDir, 'letters.txt'), 'utf8')).toBe('dear');
  });

  test('another version wrote the folder', async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(/written by another version of PostgreSQL/);
  });

  test('a setting PostgreSQL does not know is shown in its own words', async () => {
    copyExample();
    await expect(start({ settings: { no_such_setting: '1' } })).rejects.toThrow(
      /unrecognized configuration parameter "no_such_setting"/,
    );
  });
});
