import { parentPort, workerData } from 'node:worker_threads';
import {
  createSimilarIndex,
  type SimilarEntry,
  type SimilarFound,
  type SimilarRules,
  type SimilarWish,
} from '#engine/text/similar.ts';

/** What the program says to the worker that holds the index of like events. */
export type AlikeOrder =
  | { kind: 'put'; entries: readonly SimilarEntry[]; gone: readonly string[] }
  | { kind: 'ask'; ask: number; wish: Omit<SimilarWish, 'accepts'>; limit: number };

export interface AlikeAnswer {
  ask: number;
  found: SimilarFound[];
}

/** The size, after each `put`. */
export interface AlikeSize {
  size: number;
}

// Runs in a worker of its own: putting a city's events in takes a minute, and nobody shall wait for that.
const index = createSimilarIndex(workerData as SimilarRules);
parentPort?.on('message', (order: AlikeOrder) => {
  if (order.kind === 'ask') {
    const answer: AlikeAnswer = { ask: order.ask, found: index.query(order.wish, order.limit) };
    parentPort?.postMessage(answer);
    return;
  }
  for (const id of order.gone) index.remove(id);
  for (const entry of order.entries) index.add(entry);
  const size: AlikeSize = { size: index.size };
  parentPort?.postMessage(size);
});
