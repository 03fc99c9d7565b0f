import { stopServer, type Server } from './embedded-postmaster.ts';
import { signal } from './embedded-process.ts';

/** A crashing server is restarted, but one that crashes this often within a minute is broken and says so. */
const RESTARTS_A_MINUTE = 5;

export interface Keeper {
  pid(): number;
  stop(): Promise<void>;
}

export interface KeeperOptions {
  server: Server;
  /** starts a new server on the same folder and port */
  relaunch(): Promise<Server>;
  log(line: string): void;
  onLost(reason: Error): void;
}

/**
 * Keeps one server alive until it is told to stop: restarts it when it dies (the pool reconnects by itself), and asks
 * it to shut down when this process ends without having said so.
 */
export function keepServer(options: KeeperOptions): Keeper {
  let server = options.server;
  let stopping: Promise<void> | undefined;
  let restarting: Promise<void> | undefined;
  const restarts: number[] = [];

  function onExit(): void {
    signal(server.pid, 'SIGINT');
  }

  async function restart(): Promise<void> {
    const now = performance.now();
    restarts.push(now);
    const recent = restarts.filter((at) => now - at < 60_000).length;
    try {
      if (recent > RESTARTS_A_MINUTE)
        throw new Error(`PostgreSQL stopped ${recent} times within a minute; it is not restarted again.`);
      options.log('PostgreSQL stopped unexpectedly; starting it again.');
      server = await options.relaunch();
      if (stopping === undefined) watchServer();
    } catch (error) {
      process.off('exit', onExit);
      if (stopping === undefined) options.onLost(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function watchServer(): void {
    void server.gone.then(() => {
      if (stopping === undefined) restarting = restart();
    });
  }

  async function stopOnce(): Promise<void> {
    await restarting;
    await stopServer(server);
    process.off('exit', onExit);
  }

  process.on('exit', onExit);
  watchServer();
  return {
    pid: () => server.pid,
    stop: () => (stopping ??= stopOnce()),
  };
}
