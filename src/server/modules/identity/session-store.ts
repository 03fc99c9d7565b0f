import type { Tx } from '#server/db/pool.ts';

export interface NewSession {
  id: string;
  accountId: string;
  tokenHash: Buffer;
  csrfToken: string;
  at: Date;
  expiresAt: Date;
  idleMinutes: number;
  secondFactorAt: Date | null;
  userAgent: string;
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.db
    .insertInto('session')
    .values({
      id: session.id,
      account_id: session.accountId,
      token_hash: session.tokenHash,
      csrf_token: session.csrfToken,
      created_at: session.at,
      last_seen_at: session.at,
      expires_at: session.expiresAt,
      idle_minutes: session.idleMinutes,
      second_factor_at: session.secondFactorAt,
      user_agent: session.userAgent,
    })
    .execute();
}

export interface SessionRow {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  idleMinutes: number;
  secondFactorAt: Date | null;
  userAgent: string | null;
}

/** Sessions not revoked and not past their absolute end, newest first. */
export async function listSessions(tx: Tx, accountId: string, now: Date): Promise<SessionRow[]> {
  return await tx.db
    .selectFrom('session')
    .select([
      'id',
      'created_at as createdAt',
      'last_seen_at as lastSeenAt',
      'expires_at as expiresAt',
      'idle_minutes as idleMinutes',
      'second_factor_at as secondFactorAt',
      'user_agent as userAgent',
    ])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
}

/** Ends sessions of an account: one, all, or all but one. Returns the ids ended. */
export async function revokeSessions(
  tx: Tx,
  accountId: string,
  which: { only?: string; except?: string },
  at: Date,
): Promise<string[]> {
  let query = tx.db
    .updateTable('session')
    .set({ revoked_at: at })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  if (which.except !== undefined) query = query.where('id', '<>', which.except);
  const rows = await query.returning('id').execute();
  return rows.map((row) => row.id);
}

/** Gives a living session a new secret (after a change of password). */
export async function renewSession(
  tx: Tx,
  id: string,
  change: { tokenHash: Buffer; csrfToken: string; secondFactorAt?: Date },
): Promise<Date> {
  const row = await tx.db
    .updateTable('session')
    .set({ token_hash: change.tokenHash, csrf_token: change.csrfToken, second_factor_at: change.secondFactorAt })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('expires_at as expiresAt')
    .executeTakeFirstOrThrow();
  return row.expiresAt;
}

/** Technical rows that nobody needs any more; the ledger keeps what happened. */
export async function sweepRows(
  tx: Tx,
  before: { sessions: Date; throttles: Date; attempts: Date },
): Promise<{ sessions: number; throttles: number; attempts: number }> {
  const sessions = await tx.db.deleteFrom('session').where('expires_at', '<', before.sessions).executeTakeFirst();
  const throttles = await tx.db
    .deleteFrom('throttle')
    .where('window_started_at', '<', before.throttles)
    .executeTakeFirst();
  const attempts = await tx.db.deleteFrom('sign_in_attempt').where('at', '<', before.attempts).executeTakeFirst();
  return {
    sessions: Number(sessions.numDeletedRows),
    throttles: Number(throttles.numDeletedRows),
    attempts: Number(attempts.numDeletedRows),
  };
}
