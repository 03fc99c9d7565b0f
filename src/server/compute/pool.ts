import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Task } from './task.ts';
import type { Order, Said } from './worker.ts';

export interface RunOptions {
  /** Aborted: the task is stopped and its promise rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** In the task's own units, some times a second and once at the end. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Workers that compute. */
export interface ComputePool {
  /** How many tasks run at once. */
  readonly size: number;
  /**
   * Runs a task in the next free worker, in the order asked.
   * @throws what the task throws; the reason of the signal; Error when the pool is closed or its worker died
   */
  run<In, Out>(task: Task<In, Out>, input: In, options?: RunOptions): Promise<Out>;
  /** Ends all workers; what runs or waits is rejected. */
  close(): Promise<void>;
}

export interface PoolOptions {
  /** Worker threads; the cores of this machine less one, at least one, unless stated. */
  size?: number | undefined;
  /** Milliseconds after which a stopped task that does not listen loses its worker. */
  graceMs?: number | undefined;
}

interface Job {
  order: Order;
  options: RunOptions;
  done(output: unknown): void;
  failed(error: unknown): void;
}

/** Makes a pool; its workers begin when they are first needed. */
export function createComputePool({ size, graceMs = 2_000 }: PoolOptions = {}): ComputePool {
  const most = Math.max(1, size ?? availableParallelism() - 1);
  const [waiting, idle, all]: [Job[], Worker[], Set<Worker>] = [[], [], new Set()];
  let closed = false;

  function next(): void {
    while (waiting.length > 0 && !closed) {
      const worker = idle.findLast((free) => all.has(free)) ?? (all.size < most ? begin(all) : undefined);
      if (worker === undefined) return;
      idle.splice(0, idle.length, ...idle.filter((free) => free !== worker && all.has(free)));
      const job = waiting.shift() as Job;
      void carry(worker, job, graceMs).then((alive) => {
        if (alive && !closed) idle.push(worker);
        else all.delete(worker);
        next();
      });
    }
  }

  return {
    size: most,
    run(task, input, options = {}) {
      return new Promise((done, failed) => {
        if (closed) return failed(new Error('The pool of workers is closed.'));
        if (options.signal?.aborted === true) return failed(options.signal.reason as Error);
        const stop = new Int32Array(new SharedArrayBuffer(4));
        const job: Job = {
          order: { url: task.url.href, input, stop },
          options,
          done: done as (output: unknown) => void,
          failed,
        };
        waiting.push(job);
        options.signal?.addEventListener('abort', () => leave(waiting, job), { once: true });
        next();
      });
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.failed(new Error('The pool of workers is closed.'));
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

function begin(all: Set<Worker>): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  worker.on('error', () => all.delete(worker));
  all.add(worker);
  return worker;
}

/** A job that still waits is taken out of the row; one that runs is stopped by `carry`. */
function leave(waiting: Job[], job: Job): void {
  const place = waiting.indexOf(job);
  if (place < 0) return;
  waiting.splice(place, 1);
  job.failed(job.options.signal?.reason);
}

/** Has a worker do a job. Answers whether the worker can do another. */
function carry(worker: Worker, job: Job, graceMs: number): Promise<boolean> {
  const { order, options } = job;
  return new Promise((settled) => {
    let grace: NodeJS.Timeout | undefined;
    const end = (alive: boolean, settle: () => void): void => {
      clearTimeout(grace);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      options.signal?.removeEventListener('abort', onAbort);
      // An idle worker does not keep the program from ending.
      worker.unref();
      settle();
      settled(alive);
    };
    const onAbort = (): void => {
      Atomics.store(order.stop, 0, 1);
      grace = setTimeout(() => void worker.terminate(), graceMs);
    };
    const refused = (error: unknown): void =>
      job.failed(options.signal?.aborted === true ? options.signal.reason : error);
    const onMessage = (said: Said): void => {
      if (said.kind === 'progress') return options.onProgress?.(said.done, said.total);
      end(true, () => (said.kind === 'done' ? job.done(said.output) : refused(said.error)));
    };
    const onError = (error: unknown): void => end(false, () => refused(error));
    const onExit = (code: number): void =>
      onError(new Error(`The worker ended in the middle of a task (code ${code}).`));
    worker.ref();
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    worker.postMessage(order);
  });
}
