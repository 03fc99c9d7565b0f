/** The inside of a worker thread of the pool: loads a task by its address, runs it, answers. */
import { parentPort } from 'node:worker_threads';
import { Stopped, type Work } from './task.ts';

/** What the pool asks. */
export interface Order {
  url: string;
  input: unknown;
  /** [0] is 1 as soon as the answer is no longer wanted. */
  stop: Int32Array;
}

/** What a worker says. */
export type Said =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'done'; output: unknown }
  | { kind: 'failed'; error: unknown };

const everyMs = 100;
const port = parentPort;

port?.on('message', (order: Order) => void carryOut(order, (said) => port.postMessage(said)));

async function carryOut({ url, input, stop }: Order, say: (said: Said) => void): Promise<void> {
  let lastMs = -Infinity;
  const work: Work = {
    progress(done, total) {
      const nowMs = performance.now();
      if (done < total && nowMs - lastMs < everyMs) return;
      lastMs = nowMs;
      say({ kind: 'progress', done, total });
    },
    stopIfAsked() {
      if (Atomics.load(stop, 0) === 1) throw new Stopped();
    },
  };
  try {
    const { run } = (await import(url)) as { run: (input: unknown, work: Work) => unknown };
    say({ kind: 'done', output: await run(input, work) });
  } catch (error) {
    say({ kind: 'failed', error });
  }
}
