/** A tree grown in memory for the tests: every completed subtree stored, every frontier on the way kept. */
import { appendLeaf, EMPTY_FRONTIER, frontierRoot } from './frontier.ts';
import type { Frontier } from './frontier.ts';
import { leafHash } from './hash.ts';
import type { Hash } from './hash.ts';
import type { GetSubtree } from './proofs.ts';

/** `frontiers[n]` and `roots[n]` belong to the first n leaves; `get` throws for a subtree that was never completed. */
export interface GrownTree {
  frontiers: Frontier[];
  roots: Uint8Array[];
  stored: Map<string, Uint8Array>;
  get: (...node: Parameters<GetSubtree>) => Uint8Array;
}

/** Appends the leaf contents one by one; throws if a subtree is completed twice. */
export function growTree(hash: Hash, leaves: readonly Uint8Array[]): GrownTree {
  const stored = new Map<string, Uint8Array>();
  const frontiers = [EMPTY_FRONTIER];
  let frontier = EMPTY_FRONTIER;
  for (const leaf of leaves) {
    const appended = appendLeaf(hash, frontier, leafHash(hash, leaf));
    for (const node of appended.completed) {
      const key = `${node.level}/${node.index}`;
      if (stored.has(key)) throw new Error(`Subtree ${key} was completed twice.`);
      stored.set(key, node.hash);
    }
    frontier = appended.frontier;
    frontiers.push(frontier);
  }
  function get(level: number, index: number): Uint8Array {
    const found = stored.get(`${level}/${index}`);
    if (!found) throw new Error(`Subtree ${level}/${index} was never completed.`);
    return found;
  }
  return { frontiers, roots: frontiers.map((at) => frontierRoot(hash, at)), stored, get };
}
