import { PgBoss } from 'pg-boss';
import type pg from 'pg';

/** Work that recurs by the calendar. Must be safe to run twice: a killed run is repeated. */
export interface RecurringJob {
  /** Lower-case words with hyphens; the name of its queue. */
  name: string;
  /** Five-field cron in Asia/Shanghai. */
  cron: string;
  /** Seconds after which a run counts as dead and is given to somebody else; default 55. */
  expireS?: number;
  run(): Promise<void>;
}

/** Work that recurs every few seconds on rows that lock themselves (SKIP LOCKED), in every process at once. */
export interface Ticker {
  name: string;
  everyMs: number;
  run(): Promise<void>;
}

export interface Jobs {
  stop(): Promise<void>;
}

/**
 * Starts recurring work: jobs are rows of pg-boss (one run at a time over all processes, retried when a worker dies),
 * tickers are timers. Failures are reported to `report` and tried again at the next turn.
 */
export async function startJobs(
  pool: pg.Pool,
  jobs: readonly RecurringJob[],
  tickers: readonly Ticker[],
  report: (name: string, error: unknown) => void,
): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values as unknown[] | undefined) },
    schema: 'pgboss',
    createSchema: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5, // a worker that was killed is noticed within its heartbeat plus this
  });
  boss.on('error', (error) => report('pg-boss', error));
  await boss.start();
  for (const job of jobs) {
    await boss.createQueue(job.name, {
      policy: 'singleton',
      expireInSeconds: job.expireS ?? 55,
      heartbeatSeconds: 10,
      retryLimit: 3,
      retryDelay: 1,
    });
    await boss.schedule(job.name, job.cron, {}, { tz: 'Asia/Shanghai' });
    await boss.work(job.name, { pollingIntervalSeconds: 5 }, async () => job.run());
  }
  const running = new Set<Promise<void>>();
  const timers = tickers.map((ticker) => startTicker(ticker, running, report));
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
      await boss.stop({ graceful: true, timeout: 5000, close: false });
    },
  };
}

function startTicker(
  ticker: Ticker,
  running: Set<Promise<void>>,
  report: (name: string, error: unknown) => void,
): NodeJS.Timeout {
  let busy = false;
  return setInterval(() => {
    if (busy) return;
    busy = true;
    const turn: Promise<void> = ticker
      .run()
      .catch((error: unknown) => report(ticker.name, error))
      .finally(() => {
        busy = false;
        running.delete(turn);
      });
    running.add(turn);
  }, ticker.everyMs);
}
