import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries, type Binaries } from './embedded-binaries.ts';
import { OWNER, ensureCluster } from './embedded-cluster.ts';
import { placeFolder } from './embedded-folder.ts';
import { chooseRunAs, type RunAs } from './embedded-identity.ts';
import { keepServer } from './embedded-keeper.ts';
import { lockFolder } from './embedded-lock.ts';
import { adoptOrphan } from './embedded-orphan.ts';
import { freePorts, isPortFree, prepareDatabase } from './embedded-port.ts';
import * as postmaster from './embedded-postmaster.ts';
import { StartRefused, explainError, explainFailure } from './embedded-refusal.ts';
import { serverArgs } from './embedded-settings.ts';

export interface EmbeddedOptions {
  /** Folder of the cluster, made on first use. Beside it appear `<folder>.password`, `.lock` and `.log`. */
  dataDir: string;
  /** TCP port on 127.0.0.1. When not given: 54141, or the next free one. */
  port?: number;
  /** Told in whole lines what an operator should know; silent when all is well. */
  log?: (line: string) => void;
  /** PostgreSQL settings that differ from ours, e.g. `{ fsync: 'off' }` for throw-away test databases. */
  settings?: Record<string, string>;
  /** Told once if the server died and could not be brought back. */
  onLost?: (reason: Error) => void;
}

export interface EmbeddedPostgres {
  /** superuser URL of the database `huangge` */
  url: string;
  port: number;
  /** the folder really used (it may be linked from the wished one) */
  dataDir: string;
  /** of the present server process; changes when a crashed server was restarted */
  readonly pid: number;
  /** Shuts down cleanly and gives the folder free. May be called twice. */
  stop(): Promise<void>;
}

/** Everything decided before a server is launched. */
interface Plan {
  dataDir: string;
  logFile: string;
  binaries: Binaries;
  runAs: RunAs | undefined;
  options: EmbeddedOptions;
  log: (line: string) => void;
}

/**
 * Starts a real PostgreSQL 18 on a folder, alone: at most one program holds a data folder. After a crash of this
 * program the server it left behind is taken over; after a crash of the server it recovers and is restarted.
 * @throws StartRefused with a sentence for the operator (folder in use, port taken, disk full, no permission …)
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const wished = resolve(options.dataDir);
  try {
    const runAs = await chooseRunAs(wished);
    const binaries = await findBinaries(runAs, log);
    const dataDir = await placeFolder(wished, runAs, log);
    const lock = await lockFolder(dataDir);
    try {
      const plan: Plan = { dataDir, logFile: `${wished}.log`, binaries, runAs, options, log };
      return await startLocked(plan, `${wished}.password`, () => lock.release());
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    throw explainError(error, wished);
  }
}

async function startLocked(plan: Plan, passwordFile: string, release: () => Promise<void>): Promise<EmbeddedPostgres> {
  const { dataDir, options } = plan;
  const adopted = await adoptOrphan({ dataDir, passwordFile, port: options.port, settings: options.settings });
  const password = await ensureCluster({ dataDir, passwordFile }, plan.binaries, plan.runAs);
  const { server, port } = adopted ?? (await launchOnFreePort(plan));
  const url = `postgres://${OWNER}:${password}@127.0.0.1:${port}/${OWNER}`;
  try {
    await prepareDatabase(url, passwordFile, adopted !== undefined);
  } catch (error) {
    await postmaster.stopServer(server);
    throw error;
  }
  const keeper = keepServer({
    server,
    relaunch: () => launchReady(plan, port),
    log: plan.log,
    onLost: options.onLost ?? ((reason) => plan.log(reason.message)),
  });
  async function stop(): Promise<void> {
    await keeper.stop();
    await release();
  }
  return {
    url,
    port,
    dataDir,
    get pid() {
      return keeper.pid();
    },
    stop,
  };
}

async function launchOnFreePort(plan: Plan): Promise<{ server: postmaster.Server; port: number }> {
  const wished = plan.options.port;
  if (wished !== undefined) {
    if (!(await isPortFree(wished))) {
      throw new StartRefused(
        `Port ${wished} for PostgreSQL is already used by another program. Choose another port, or stop that program.`,
      );
    }
    return { server: await launchReady(plan, wished), port: wished };
  }
  for await (const port of freePorts()) {
    const server = await launchReady(plan, port).catch((error: unknown) => {
      if (error instanceof StartRefused && error.message.startsWith('The port')) return undefined;
      throw error;
    });
    if (server) return { server, port };
  }
  throw new StartRefused('No free port was found for PostgreSQL between 54141 and 54240. Name one explicitly.');
}

async function launchReady(plan: Plan, port: number): Promise<postmaster.Server> {
  const args = serverArgs(plan.dataDir, port, plan.options.settings);
  const giveUpAt = performance.now() + 10_000;
  for (;;) {
    const from = postmaster.logLength(plan.logFile);
    const server = await postmaster.launch(plan.binaries, args, plan.logFile, plan.runAs);
    if (await postmaster.waitReady(server, plan.dataDir)) return server;
    const said = await postmaster.logSince(plan.logFile, from);
    // After a kill -9 of the server its children need a moment to notice and let go of the shared memory.
    const childrenLinger = /pre-existing shared memory block|is still in use/.test(said);
    if (!childrenLinger || performance.now() > giveUpAt) throw explainFailure(said, plan.dataDir);
    await sleep(25);
  }
}
