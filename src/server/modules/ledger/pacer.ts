/** Times of one loop, in milliseconds. */
export interface Pace {
  /** Longest pause between two runs. */
  pollMs: number;
  /** Shortest time between the beginnings of two runs that were asked for. */
  spacingMs: number;
  onTrouble: (error: unknown) => void;
}

export interface Pacer {
  start(): void;
  /** No run begins by itself any more. */
  stop(): void;
  /** Run soon: at once when the last run began `spacingMs` ago, else then. Many calls make one run. */
  soon(inMs?: number): void;
  /** Runs now, or after the run that is going on. @throws what the run threw. */
  now(): Promise<void>;
}

/** Runs `work` one at a time: when asked, and from time to time. A failed run is reported and tried again. */
export function createPacer(work: () => Promise<void>, { pollMs, spacingMs, onTrouble }: Pace): Pacer {
  let on = false;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let timerDueMs = 0;
  let lastRunMs = -Infinity;

  function schedule(inMs: number): void {
    const dueMs = performance.now() + inMs;
    if (!on || (timer !== null && timerDueMs <= dueMs)) return;
    if (timer !== null) clearTimeout(timer);
    timerDueMs = dueMs;
    timer = setTimeout(() => {
      timer = null;
      void now()
        .catch(onTrouble)
        .finally(() => schedule(pollMs));
    }, inMs);
  }

  async function now(): Promise<void> {
    while (running !== null) await running.catch(() => undefined);
    lastRunMs = performance.now();
    running = work().finally(() => (running = null));
    await running;
  }

  return {
    start() {
      on = true;
      schedule(0);
    },
    stop() {
      on = false;
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
    soon: (inMs = 0) => schedule(Math.max(inMs, lastRunMs + spacingMs - performance.now(), 0)),
    now,
  };
}
