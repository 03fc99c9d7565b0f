import { appendLeaf, EMPTY_FRONTIER, frontierRoot, type Frontier, type MerkleNode } from '#engine/merkle/frontier.ts';
import { equalHashes } from '#engine/merkle/hash.ts';
import { toHex } from '#engine/merkle/hex.ts';
import { nodesOfRange } from '#engine/merkle/ranges.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerTenant, privateDigest } from './append.ts';
import { lineLeaf, sha256 } from './line.ts';
import { isSignedBy, type SignedHead } from './signer.ts';
import { listHeads, listKeys } from './store-heads.ts';
import { readForCheck, readLengths, type CheckedRow } from './store-check.ts';
import { readSubtrees } from './store-log.ts';

const pageLines = 2000;

export type StoredVerdict =
  | { ok: true; size: number; root: string; heads: number }
  /** `seq`: the first wrong line, or null when the fault is not in one line. */
  | { ok: false; seq: number | null; problem: string };

/**
 * Recomputes the whole log from the lines and compares: leaf hashes, words with their digests (erased words are
 * lawful), stored subtrees, every signed head, the lengths. Reports the first difference. For the nightly check:
 * reads everything once, in pages, and stops nobody.
 */
export async function verifyStored(database: Database, tenant: string = ledgerTenant()): Promise<StoredVerdict> {
  const read = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.read(systemScope, work);
  const lengths = await read((tx) => readLengths(tx, tenant));
  const early = refuseLengths(lengths);
  if (early !== undefined) return early;
  const keys = (await read((tx) => listKeys(tx, tenant))).map((key) => key.publicKey);
  let frontier = EMPTY_FRONTIER;
  let heads = 0;
  while (frontier.size < lengths.size) {
    const from = frontier;
    const to = Math.min(from.size + pageLines, lengths.size);
    const page = await read(async (tx) => {
      const rows = await readForCheck(tx, tenant, from.size, to - from.size);
      const claims = await listHeads(tx, tenant, from.size + 1, to, Number.MAX_SAFE_INTEGER);
      const grown = growPage(from, to, rows, claims, keys);
      return 'ok' in grown
        ? grown
        : ((await compareNodes(tx, tenant, grown.nodes)) ?? { ...grown, heads: claims.length });
    });
    if ('ok' in page) return page;
    frontier = page.frontier;
    heads += page.heads;
  }
  const late = refuseLeftovers(lengths);
  if (late !== undefined) return late;
  return { ok: true, size: frontier.size, root: toHex(frontierRoot(sha256, frontier)), heads };
}

type Difference = Extract<StoredVerdict, { ok: false }>;

function differ(seq: number | null, problem: string): Difference {
  return { ok: false, seq, problem };
}

type Lengths = Awaited<ReturnType<typeof readLengths>>;

function refuseLengths({ size, lastSeq, headSize }: Lengths): Difference | undefined {
  if (lastSeq !== size) {
    return differ(Math.min(size, lastSeq) + 1, `The cursor says ${size} lines, the log ends at ${lastSeq}.`);
  }
  if (headSize <= size) return undefined;
  return differ(size + 1, `A head is signed for ${headSize} lines, the log has ${size}: lines were taken away.`);
}

/** What the walk along the lines cannot see. */
function refuseLeftovers({ size, nodes, lost }: Lengths): Difference | undefined {
  // n leaves complete n - (number of 1-bits of n) subtrees above them.
  const expected = size - nodesOfRange({ start: 0, end: size }).length;
  if (nodes !== expected) {
    return differ(null, `Expected ${expected} stored subtrees for ${size} lines, found ${nodes}.`);
  }
  if (lost === null) return undefined;
  return differ(null, `Line ${lost} is in no place of the log and does not wait for one.`);
}

function growPage(
  from: Frontier,
  to: number,
  rows: readonly CheckedRow[],
  claims: readonly SignedHead[],
  keys: readonly Buffer[],
): { frontier: Frontier; nodes: MerkleNode[] } | Difference {
  const headAt = new Map(claims.map((head) => [head.size, head]));
  const nodes: MerkleNode[] = [];
  let frontier = from;
  for (const row of rows) {
    const wrong = refuseRow(row, frontier.size + 1);
    if (wrong !== undefined) return wrong;
    const appended = appendLeaf(sha256, frontier, row.leaf);
    frontier = appended.frontier;
    nodes.push(...appended.completed.filter((node) => node.level > 0));
    const head = headAt.get(frontier.size);
    const bad = head === undefined ? undefined : refuseHead(head, frontier, keys);
    if (bad !== undefined) return bad;
  }
  return frontier.size === to
    ? { frontier, nodes }
    : differ(frontier.size + 1, `Line ${frontier.size + 1} is missing.`);
}

function refuseRow({ seq, entryId, leaf, line, salt, body }: CheckedRow, expected: number): Difference | undefined {
  if (seq !== expected) return differ(expected, `Line ${expected} is missing; ${seq} follows.`);
  if (line === null) return differ(seq, `The content of line ${seq} (${entryId}) is gone.`);
  if (!equalHashes(lineLeaf(line), leaf)) {
    return differ(seq, `Line ${seq} (${entryId}) was changed: its content does not give its leaf hash.`);
  }
  if (salt === null) return undefined;
  if (line.privateDigest !== null && equalHashes(privateDigest(salt, body), line.privateDigest)) return undefined;
  return differ(seq, `The words of line ${seq} (${entryId}) were changed: they do not give the digest in the line.`);
}

function refuseHead(head: SignedHead, frontier: Frontier, keys: readonly Buffer[]): Difference | undefined {
  if (toHex(frontierRoot(sha256, frontier)) !== head.root) {
    return differ(
      head.size,
      `The lines up to ${head.size} do not lead to the head signed at ${head.at}: lines and leaf hashes were both changed.`,
    );
  }
  if (keys.some((key) => isSignedBy(head, key))) return undefined;
  return differ(head.size, `The signature of the head of ${head.size} lines does not hold under any known key.`);
}

async function compareNodes(tx: Tx, tenant: string, nodes: readonly MerkleNode[]): Promise<Difference | undefined> {
  const get = await readSubtrees(tx, tenant, nodes);
  for (const { level, index, hash } of nodes) {
    if (equalHashes(await get(level, index), hash)) continue;
    const first = index * 2 ** level + 1;
    return differ(
      first,
      `The stored subtree of lines ${first} to ${(index + 1) * 2 ** level} is missing or was changed.`,
    );
  }
  return undefined;
}
