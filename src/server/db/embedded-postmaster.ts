import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './embedded-binaries.ts';
import { childOptions, type RunAs } from './embedded-identity.ts';
import { isAlive, signal } from './embedded-process.ts';

const POLL_MS = 10;
/** A fast shutdown writes all changed pages first, which on a slow disk takes a while; after that, crash recovery is the lesser evil. */
const FAST_STOP_MS = 60_000;
const LOG_KEEP_BYTES = 10_000_000;

/** What postmaster.pid says of the server of a data folder. */
export interface Postmaster {
  pid: number;
  port: number;
  status: 'starting' | 'stopping' | 'ready' | 'standby' | '';
}

/** Reads postmaster.pid; undefined when there is none (or it is being written). */
export function readPostmaster(dataDir: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0
      ? { pid, port: Number(lines[3]), status: (lines[7]?.trim() ?? '') as Postmaster['status'] }
      : undefined;
  } catch {
    return undefined;
  }
}

/** A server process that is ours to watch and to stop, whether we started it or found it. */
export interface Server {
  pid: number;
  /** resolves once it is gone, however it ended */
  gone: Promise<void>;
}

/**
 * Starts `postgres` in a session of its own: Ctrl-C in the terminal must reach only the program, which lets requests
 * finish before it stops the database. Output goes to a file, which outlives us.
 */
export async function launch(
  binaries: Binaries,
  args: string[],
  logFile: string,
  runAs: RunAs | undefined,
): Promise<Server> {
  const size = await stat(logFile).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_KEEP_BYTES) await rename(logFile, `${logFile}.1`);
  const output = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(binaries.postgres, args, {
      ...childOptions(runAs),
      detached: true,
      stdio: ['ignore', output, output],
    });
    const gone = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
    await new Promise((done, fail) => child.once('spawn', done).once('error', fail));
    child.unref();
    return { pid: child.pid ?? 0, gone };
  } finally {
    closeSync(output);
  }
}

/** Watches a server we did not start ourselves. */
export function watch(pid: number): Server {
  const gone = new Promise<void>((done) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      done();
    }, 100);
    timer.unref();
  });
  return { pid, gone };
}

/** Waits until the server accepts connections (true) or has ended (false). Recovery after a crash may take long: no limit. */
export async function waitReady(server: Server, dataDir: string): Promise<boolean> {
  let ended = false;
  void server.gone.then(() => (ended = true));
  for (;;) {
    const found = readPostmaster(dataDir);
    if (found?.pid === server.pid && found.status === 'ready') return true;
    if (ended || !isAlive(server.pid)) return false;
    await sleep(POLL_MS);
  }
}

/** Stops a server: fast (open transactions are rolled back, everything is written), then by force if that takes too long. */
export async function stopServer(server: Server): Promise<void> {
  signal(server.pid, 'SIGINT');
  const began = performance.now();
  let forced = false;
  while (isAlive(server.pid)) {
    if (!forced && performance.now() - began > FAST_STOP_MS) {
      forced = true;
      signal(server.pid, 'SIGQUIT');
    }
    if (await Promise.race([server.gone.then(() => true), sleep(POLL_MS).then(() => false)])) return;
  }
}

/** How long the log is now, to read later only what was added. */
export function logLength(logFile: string): number {
  return statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
}

export async function logSince(logFile: string, offset: number): Promise<string> {
  const content = await readFile(logFile).catch(() => Buffer.alloc(0));
  return content.subarray(content.length < offset ? 0 : offset).toString();
}
