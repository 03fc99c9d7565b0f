import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { AppError } from '#kit/errors.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Scope } from '#server/db/scope.ts';
import { toJsonText, toPlainJson } from './plain-json.ts';
import { claimOp, findOp, saveAnswer, type StoredOp } from './store.ts';

/** An intention of a client: the same `opId` sent again gets the first answer again (law 8). */
export interface Op {
  opId: string;
  /** Who sent it: account id, or 'anonymous'. Another sender with the same id is refused. */
  actor: string;
  /** Route or verb, so that an id cannot be reused for something else. */
  route: string;
  /**
   * The parsed request: params and body as the contract gives them. Compared by digest of its canonical JSON, so nothing
   * that differs between two sendings of one intention may be in it (times of sending, request ids, addresses).
   */
  request: unknown;
}

/**
 * Runs `work` in a transaction at most once per `op.opId`, and answers with what JSON carries of its result.
 *
 * The row of the operation is inserted first: whoever sends the same id meanwhile waits at its unique key, before doing
 * anything, until the first has ended. If it committed, they get its answer; if it failed, its row is gone with it and
 * the next one does the work. So a refusal (AppError) is never stored, and never a mere echo of one's own first attempt.
 * @throws AppError op_reused when the id was used by another sender, for another route or for a different request.
 */
export function once<T>(database: Database, scope: Scope, op: Op, work: (tx: Tx) => Promise<T>): Promise<T> {
  const requestHash = hashRequest(op.request);
  return database.inTx(scope, async (tx) => {
    if (!(await claimOp(tx, { opId: op.opId, actor: op.actor, route: op.route, requestHash }))) {
      return answerAgain<T>(await findOp(tx, op.opId), op, requestHash);
    }
    const answer = toJsonText(await work(tx));
    await saveAnswer(tx, op.opId, answer);
    return JSON.parse(answer) as T;
  });
}

/** Key order and absent members make no difference. */
function hashRequest(request: unknown): Buffer {
  return createHash('sha256')
    .update(canonicalize(toPlainJson(request)) ?? '', 'utf8')
    .digest();
}

function answerAgain<T>(before: StoredOp | undefined, op: Op, requestHash: Buffer): T {
  const same =
    before?.actor === op.actor && before.route === op.route && Buffer.compare(before.requestHash, requestHash) === 0;
  if (same) return before.response as T;
  throw new AppError(
    'op_reused',
    'This opId belongs to another request. Expected a new UUID for every new intention; make one and send again.',
  );
}
