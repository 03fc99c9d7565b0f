import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPostmaster, stopServer, waitReady, watch, type Server } from './embedded-postmaster.ts';
import { isAlive, isFolderInUse, isReplaced, isServerOf } from './embedded-process.ts';
import { startedAlike } from './embedded-settings.ts';

const LINGER_MS = 10_000;

export interface OrphanWish {
  dataDir: string;
  passwordFile: string;
  /** undefined when any port will do */
  port: number | undefined;
  settings: Readonly<Record<string, string>> | undefined;
}

/**
 * Settles what an earlier program left on the folder, which must be locked. A server whose program was killed still
 * runs: if it was started as we would start it, it is kept, which makes the next start instant; otherwise it is
 * stopped cleanly. A postmaster.pid whose process is gone is PostgreSQL's own to judge, unless its number now belongs
 * to another process: that one it would respect for ever, so it is removed.
 * @returns the server to keep, or undefined when one must be launched
 */
export async function adoptOrphan(wish: OrphanWish): Promise<{ server: Server; port: number } | undefined> {
  const found = readPostmaster(wish.dataDir);
  if (!found) return undefined;
  if (!isServerOf(found.pid, wish.dataDir)) {
    if (existsInSomeForm(found.pid)) await removePidFile(wish.dataDir);
    return undefined;
  }
  const server = watch(found.pid);
  if (found.status !== 'stopping' && (await isAsWished(found.pid, wish)) && (await waitReady(server, wish.dataDir))) {
    return { server, port: readPostmaster(wish.dataDir)?.port ?? found.port };
  }
  await stopServer(server);
  return undefined;
}

async function isAsWished(pid: number, wish: OrphanWish): Promise<boolean> {
  const opts = await readFile(join(wish.dataDir, 'postmaster.opts'), 'utf8').catch(() => '');
  return (
    startedAlike(opts, wish.dataDir, wish.port, wish.settings) && !isReplaced(pid) && existsSync(wish.passwordFile)
  );
}

/** As PostgreSQL sees it: even a zombie keeps its number. */
function existsInSomeForm(pid: number): boolean {
  return isAlive(pid) || existsSync(`/proc/${pid}`);
}

/** Without the file PostgreSQL cannot notice children of a dead server that still write, so they are waited for here. */
async function removePidFile(dataDir: string): Promise<void> {
  const until = performance.now() + LINGER_MS;
  while (isFolderInUse(dataDir) && performance.now() < until) await sleep(25);
  await rm(join(dataDir, 'postmaster.pid'), { force: true });
}
