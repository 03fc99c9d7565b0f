import type { Work } from './task.ts';

/** What the worker of the tests is to do. */
export interface Count {
  to: number;
  /** Numbers whose first each worker adds to. */
  shared?: Int32Array;
  fails?: string;
  /** Never listens: only the end of its worker ends it. */
  deaf?: boolean;
  exits?: boolean;
}

/** Counts, telling each step; milliseconds pass meanwhile. */
export function run({ to, shared, fails, deaf = false, exits = false }: Count, work: Work): number {
  if (fails !== undefined) throw new RangeError(fails);
  if (exits) process.exit(3);
  if (deaf) for (;;) Math.sqrt(2);
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (let k = 1; k <= to; k++) {
    work.stopIfAsked();
    Atomics.wait(nap, 0, 0, 2);
    if (shared !== undefined) Atomics.add(shared, 0, 1);
    work.progress(k, to);
  }
  return to;
}
