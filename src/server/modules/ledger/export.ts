import canonicalize from 'canonicalize';
import { toHex } from '#engine/merkle/hex.ts';
import { AppError } from '#kit/errors.ts';
import { toIso, type Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { readFrontier } from './batch.ts';
import { lineContent } from './line.ts';
import { getLatestHead, proveConsistency } from './proofs.ts';
import { publicKeyToPem, type SignedHead } from './signer.ts';
import { listHeads, listKeys } from './store-heads.ts';
import { readLines } from './store-log.ts';

export const exportFormat = 'huangge-ledger-export/v1';
const pageLines = 1000;
const mostHeads = 1000;

/** The first line of an export; README.md says what each member is for. Hashes in hex. */
export interface ExportHeader {
  format: typeof exportFormat;
  tenant: string;
  from: number;
  to: number;
  frontier: string[];
  head: SignedHead;
  consistency: string[];
  heads: SignedHead[];
  keys: { keyId: string; publicKey: string; since: string }[];
  exportedAt: string;
}

export interface ExportWish {
  database: Database;
  tenant: string;
  clock: Clock;
  /** First seq, from 1. */
  from: number;
  /** Last seq; by default, and at most, the size of the latest signed head. */
  to?: number | undefined;
}

/**
 * The export as NDJSON, piece by piece (each piece ends with a line feed). Without a word that people wrote: only the
 * digests are in the lines.
 * @throws AppError proof_refused when the range is empty or above the signed head, before the first piece.
 */
export async function* exportLedger(wish: ExportWish): AsyncGenerator<string, void> {
  const { database, tenant } = wish;
  const header = await makeHeader(wish);
  yield toLine(header);
  for (let after = header.from - 1; after < header.to;) {
    const limit = Math.min(pageLines, header.to - after);
    const lines = await database.read(systemScope, (tx) => readLines(tx, tenant, after, limit));
    const last = lines.at(-1);
    if (last === undefined) throw new Error(`The stored ledger ends at ${after}, expected ${header.to} lines.`);
    yield lines.map(({ seq, leaf, line }) => toLine({ seq, leaf: toHex(leaf), line: lineContent(line) })).join('');
    after = last.seq;
  }
}

function toLine(value: unknown): string {
  return `${canonicalize(value) ?? ''}\n`;
}

function makeHeader({ database, tenant, clock, from, to: wanted }: ExportWish): Promise<ExportHeader> {
  return database.read(systemScope, async (tx) => {
    const head = await getLatestHead(tx, tenant);
    const to = wanted ?? head.size;
    if (from < 1 || from > to || to > head.size) {
      throw new AppError(
        'proof_refused',
        `Expected a range within 1 to ${head.size}, the lines under the latest signed head, found ${from} to ${to}.`,
      );
    }
    const frontier = await readFrontier(tx, tenant, from - 1);
    const keys = await listKeys(tx, tenant);
    return {
      format: exportFormat,
      tenant,
      from,
      to,
      frontier: frontier.nodes.map(toHex),
      head,
      consistency: (await proveConsistency(tx, tenant, to, head.size)).proof,
      heads: await listHeads(tx, tenant, Math.max(1, from - 1), to, mostHeads),
      keys: keys.map((key) => ({
        keyId: key.keyId,
        publicKey: publicKeyToPem(key.publicKey),
        since: toIso(key.since.getTime()),
      })),
      exportedAt: toIso(clock.now()),
    };
  });
}
