import { foldNodes } from '#engine/merkle/frontier.ts';
import { toHex } from '#engine/merkle/hex.ts';
import {
  consistencyProof,
  frontierAt,
  inclusionProof,
  nodesForConsistency,
  nodesForInclusion,
} from '#engine/merkle/proofs.ts';
import { nodesOfRange } from '#engine/merkle/ranges.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { ledgerTenant } from './append.ts';
import { sha256 } from './line.ts';
import type { SignedHead } from './signer.ts';
import { findLatestHead } from './store-heads.ts';
import { findPlace, readSubtrees } from './store-log.ts';

/** That one line is in the tree of `size` lines. Hashes in hex. */
export interface Inclusion {
  seq: number;
  entryId: string;
  leaf: string;
  size: number;
  root: string;
  proof: string[];
}

/** That the tree of `to` begins with the tree of `from`. */
export interface Consistency {
  from: { size: number; root: string };
  to: { size: number; root: string };
  proof: string[];
}

/** @throws AppError not_found while nothing is signed (the first minute of a new installation). */
export async function getLatestHead(tx: Tx, tenant: string): Promise<SignedHead> {
  const head = await findLatestHead(tx, tenant);
  if (head === undefined) throw new AppError('not_found', 'No tree head is signed yet. Ask again in a minute.');
  return head;
}

/**
 * Inclusion of a line, named by id or seq, in the tree of `size` lines (default: the latest signed head).
 * @throws AppError not_found for a line that is not numbered, proof_refused when `size` does not reach the line or is
 * above the signed head.
 */
export async function proveInclusion(
  tx: Tx,
  tenant: string,
  line: { entryId: string } | { seq: number },
  wantedSize?: number,
): Promise<Inclusion> {
  const size = await sizeWithinHead(tx, tenant, wantedSize);
  const place = await findPlace(tx, tenant, line);
  if (place === undefined) {
    throw new AppError('not_found', 'No line of this name has a number. A new line gets its own within a second.');
  }
  const index = place.seq - 1;
  const wanted = [...nodesForInclusion(index, size), ...nodesOfRange({ start: 0, end: size })];
  const get = await readSubtrees(tx, tenant, wanted);
  const proof = await inclusionProof(sha256, index, size, get);
  return {
    seq: place.seq,
    entryId: place.entryId,
    leaf: toHex(place.leaf),
    size,
    root: toHex(foldNodes(sha256, (await frontierAt(size, get)).nodes)),
    proof: proof.map(toHex),
  };
}

/** @throws AppError proof_refused unless 1 ≤ from ≤ to ≤ size of the signed head (the default of `to`). */
export async function proveConsistency(tx: Tx, tenant: string, from: number, wantedTo?: number): Promise<Consistency> {
  const to = await sizeWithinHead(tx, tenant, wantedTo);
  const wanted = [from, to].flatMap((end) => nodesOfRange({ start: 0, end }));
  const get = await readSubtrees(tx, tenant, [...nodesForConsistency(from, to), ...wanted]);
  const proof = await consistencyProof(sha256, from, to, get);
  const rootOf = async (size: number): Promise<string> => toHex(foldNodes(sha256, (await frontierAt(size, get)).nodes));
  return {
    from: { size: from, root: await rootOf(from) },
    to: { size: to, root: await rootOf(to) },
    proof: proof.map(toHex),
  };
}

/**
 * What the holder of a receipt can keep: that this line is under the latest signed head. Undefined while it is not
 * (up to a minute). Says nothing of the line's content but its hash.
 */
export async function proofFor(
  tx: Tx,
  entryId: string,
  tenant: string = ledgerTenant(),
): Promise<{ head: SignedHead; inclusion: Inclusion } | undefined> {
  const head = await findLatestHead(tx, tenant);
  const place = await findPlace(tx, tenant, { entryId });
  if (head === undefined || place === undefined || place.seq > head.size) return undefined;
  return { head, inclusion: await proveInclusion(tx, tenant, { entryId }, head.size) };
}

async function sizeWithinHead(tx: Tx, tenant: string, size: number | undefined): Promise<number> {
  const head = await getLatestHead(tx, tenant);
  if (size === undefined || size <= head.size) return size ?? head.size;
  throw new AppError(
    'proof_refused',
    `Expected a size up to ${head.size}, that of the latest signed head, found ${size}. Ask for the head first.`,
    { reason: 'above-head' },
  );
}
