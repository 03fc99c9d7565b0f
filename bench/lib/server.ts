import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const main = join(import.meta.dirname, '../../src/main.ts');

/** The real program in a process of its own. */
export interface Running {
  readonly pid: number;
  port: number;
  dataDir: string;
  /** From launch to the first good answer of the health route. */
  readyMs: number;
  ended(): boolean;
  /** Resident memory of the server process, MiB. */
  rssMib(): number;
  /** Processor time the server process has used, ms: says what an act costs even where others want the cores too. */
  cpuMs(): number;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
  /** As a power cut would: no goodbye. */
  kill(): Promise<void>;
}

export interface StartOptions {
  dataDir: string;
  port: number;
  env?: Record<string, string>;
  nodeArgs?: string[];
  /** Longest time to get ready, ms. The first start makes a database and the demo town. */
  patienceMs?: number;
}

/** A fresh folder PostgreSQL's own user may enter. */
export async function makeFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'huangge-bench-')));
  await chmod(folder, 0o755);
  return folder;
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** A free port of this moment. */
export function findPort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/**
 * Starts src/main.ts as `npm start` does: its own embedded PostgreSQL with real fsync unless `env` names another.
 * Residents come through a proxy we trust, so that each has an address of their own and nobody hits the limit of one.
 */
export async function startServer(options: StartOptions): Promise<Running> {
  const { dataDir, port } = options;
  mkdirSync(dataDir, { recursive: true });
  const log = openSync(join(dataDir, 'server.log'), 'a');
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...(options.nodeArgs ?? []), main], {
    env: {
      ...process.env,
      NODE_ENV: 'development',
      HUANGGE_DATA: dataDir,
      PORT: String(port),
      HUANGGE_TRUST_PROXY: '127.0.0.1',
      MQTT_PORT: 'off', // unless the bench is about devices
      ...options.env,
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const gone = once(child, 'exit');
  await waitReady(child, port, dataDir, options.patienceMs ?? 120_000);
  return {
    pid: child.pid ?? 0,
    port,
    dataDir,
    readyMs: performance.now() - startedMs,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    rssMib: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    cpuMs: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').pop()?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * 10; // a tick is 10 ms on every Linux we know
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function waitReady(child: ChildProcess, port: number, dataDir: string, patienceMs: number): Promise<void> {
  const until = performance.now() + patienceMs;
  while (!(await isReady(port))) {
    if (child.exitCode !== null || performance.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`The server did not start:\n${await readFile(join(dataDir, 'server.log'), 'utf8')}`);
    }
    await sleep(10);
  }
}

/** Does the program answer, and its database behind it? */
export async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/public/health`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** A folder with the demo town in it, everything numbered: a program started on it begins like on any other morning. */
export async function makeDemoFolder(): Promise<string> {
  const folder = await makeFolder();
  const first = await startServer({ dataDir: folder, port: await findPort(), patienceMs: 600_000 });
  await waitNumbered(databaseUrl(folder));
  await first.stop();
  return folder;
}

/** Owner's URL of the database inside a data folder of a running program. */
export function databaseUrl(dataDir: string): string {
  const password = readFileSync(join(dataDir, 'pg.password'), 'utf8').trim();
  const { port } = postmasterOf(dataDir);
  return `postgres://huangge:${password}@127.0.0.1:${port}/huangge`;
}

/** The database server of a data folder. */
export function postmasterOf(dataDir: string): { pid: number; port: number } {
  const lines = readFileSync(join(dataDir, 'pg/postmaster.pid'), 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

/** Waits until every line of the ledger has its number, so that the demo's year is not part of what is measured. */
export async function waitNumbered(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    for (;;) {
      const { rows } = await client.query<{ waiting: boolean }>(
        'select exists (select from ledger_pending) as waiting',
      );
      if (rows[0]?.waiting === false) return;
      await sleep(100);
    }
  } finally {
    await client.end();
  }
}
