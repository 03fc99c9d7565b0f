import { appendLeaf, EMPTY_FRONTIER, type Frontier, type MerkleNode } from '#engine/merkle/frontier.ts';
import { frontierAt } from '#engine/merkle/proofs.ts';
import { nodesOfRange } from '#engine/merkle/ranges.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { lineLeaf, sha256, toNews, type LedgerNews } from './line.ts';
import { readSubtrees, readWaiting, tryLockLog, writeBatch } from './store-log.ts';

/** What one attempt brought. `busy`: another process is just numbering. */
export interface Numbered {
  busy: boolean;
  news: LedgerNews[];
}

/**
 * Numbers waiting lines: leaf hash, next seq, completed subtrees, all in one transaction. Keeps the frontier between
 * batches, and reads it again whenever the log is not where it left it (another process, a failure).
 */
export function createBatcher(database: Database, tenant: string): (limit: number) => Promise<Numbered> {
  let kept: Frontier = EMPTY_FRONTIER;

  async function numberIn(tx: Tx, limit: number): Promise<Numbered & { frontier: Frontier }> {
    if (!(await tryLockLog(tx, tenant))) return { busy: true, news: [], frontier: kept };
    const { size, lines } = await readWaiting(tx, tenant, limit);
    if (lines.length === 0) return { busy: false, news: [], frontier: kept };
    let frontier = kept.size === size ? kept : await readFrontier(tx, tenant, size);
    const nodes: MerkleNode[] = [];
    const leaves = lines.map((line) => {
      const leaf = lineLeaf(line);
      const appended = appendLeaf(sha256, frontier, leaf);
      frontier = appended.frontier;
      nodes.push(...appended.completed.filter((node) => node.level > 0));
      return { entryId: line.id, leaf };
    });
    await writeBatch(tx, { tenant, size, lines: leaves, nodes });
    return { busy: false, news: lines.map((line, i) => toNews(size + i + 1, line)), frontier };
  }

  return async (limit) => {
    const { frontier, ...numbered } = await database.inTx(systemScope, (tx) => numberIn(tx, limit));
    kept = frontier; // only what was committed: a failed attempt does not get here
    return numbered;
  };
}

/** The frontier of the first `size` lines, from the stored subtrees. */
export async function readFrontier(tx: Tx, tenant: string, size: number): Promise<Frontier> {
  const get = await readSubtrees(tx, tenant, nodesOfRange({ start: 0, end: size }));
  return frontierAt(size, get);
}
