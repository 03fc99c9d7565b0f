import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import pg from 'pg';
import { AppError } from '#kit/errors.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { findOp, insertOp } from './store.ts';

/** An intention of a client: the same `opId` sent again gets the first answer again (law 8). */
export interface Op {
  opId: string;
  /** Who sent it: account id, or 'anonymous'. Another sender with the same id is refused. */
  actor: string;
  /** Route or verb, so that an id cannot be reused for something else. */
  route: string;
  /** The parsed request; compared by digest. */
  request: unknown;
}

/**
 * Runs `work` in a transaction at most once per `op.opId`. Two at the same time: one wins, the other waits for its
 * commit and returns its answer. A failed attempt leaves nothing behind and may be tried again with the same id.
 * @throws AppError op_reused when the id was used for a different request.
 */
export async function once<T>(database: Database, scope: Scope, op: Op, work: (tx: Tx) => Promise<T>): Promise<T> {
  const requestHash = createHash('sha256').update(canonicalize(JSON.parse(JSON.stringify(op.request))) ?? '', 'utf8').digest();
  try {
    return await database.inTx(scope, async (tx) => {
      const before = await findOp(tx, op.opId);
      if (before !== undefined) return answerAgain<T>(before, op, requestHash);
      const response = await work(tx);
      await insertOp(tx, { ...op, requestHash, response });
      return response;
    });
  } catch (error) {
    // Somebody with the same id was first, or changed the state under us before we saw their row: ask once more.
    const again = await database.read(scope, (tx) => findOp(tx, op.opId));
    if (again !== undefined && (isDuplicateOp(error) || error instanceof AppError)) return answerAgain<T>(again, op, requestHash);
    throw error;
  }
}

function answerAgain<T>(before: { actor: string; route: string; requestHash: Buffer; response: unknown }, op: Op, requestHash: Buffer): T {
  if (before.actor !== op.actor || before.route !== op.route || !before.requestHash.equals(requestHash)) {
    throw new AppError('op_reused', 'This opId belongs to another request. Expected a new UUID for every new intention; make one and send again.');
  }
  return before.response as T;
}

function isDuplicateOp(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === 'op_pkey';
}
