import { sql } from 'kysely';
import type { Tx } from '#server/db/pool.ts';

export interface Attempt {
  id: string;
  at: Date;
  accountId: string | null;
  loginDigest: Buffer;
  addressDigest: Buffer;
  way: 'password' | 'code' | 'oidc';
  outcome: 'good' | 'wrong' | 'unknown' | 'locked' | 'held' | 'disabled' | 'refused';
}

export async function insertAttempt(tx: Tx, attempt: Attempt): Promise<void> {
  await tx.db
    .insertInto('sign_in_attempt')
    .values({
      id: attempt.id,
      at: attempt.at,
      account_id: attempt.accountId,
      login_digest: attempt.loginDigest,
      address_digest: attempt.addressDigest,
      way: attempt.way,
      outcome: attempt.outcome,
    })
    .execute();
}

/** Until when this key is blocked, or null. */
export async function findBlock(tx: Tx, key: string, now: Date): Promise<Date | null> {
  const row = await tx.db
    .selectFrom('throttle')
    .select('blocked_until as until')
    .where('key', '=', key)
    .where('blocked_until', '>', now)
    .executeTakeFirst();
  return row?.until ?? null;
}

/** Counts one more within a window that begins with its first count; returns the count. */
export async function countThrottle(tx: Tx, key: string, now: Date, windowMs: number): Promise<number> {
  const fresh = new Date(now.getTime() - windowMs);
  const found = await sql<{ count: number }>`
    insert into throttle (key, window_started_at, count) values (${key}, ${now}, 1)
    on conflict (key) do update set
      count = case when throttle.window_started_at < ${fresh} then 1 else throttle.count + 1 end,
      window_started_at = case when throttle.window_started_at < ${fresh} then ${now} else throttle.window_started_at end
    returning count`.execute(tx.db);
  return found.rows[0]?.count ?? 1;
}

export async function blockThrottle(tx: Tx, key: string, until: Date): Promise<void> {
  await tx.db.updateTable('throttle').set({ blocked_until: until }).where('key', '=', key).execute();
}

export async function insertRecoveryCodes(
  tx: Tx,
  accountId: string,
  hashes: readonly Buffer[],
  at: Date,
): Promise<void> {
  await tx.db.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
  if (hashes.length === 0) return;
  await tx.db
    .insertInto('recovery_code')
    .values(hashes.map((hash) => ({ code_hash: hash, account_id: accountId, created_at: at })))
    .execute();
}

/** True when the code was good; it is not any more. */
export async function useRecoveryCode(tx: Tx, accountId: string, hash: Buffer, at: Date): Promise<boolean> {
  const row = await tx.db
    .updateTable('recovery_code')
    .set({ used_at: at })
    .where('code_hash', '=', hash)
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .returning('account_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function countRecoveryCodes(tx: Tx, accountId: string): Promise<number> {
  const row = await tx.db
    .selectFrom('recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}
