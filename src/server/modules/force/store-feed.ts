import type { Tx } from '#server/db/pool.ts';

export interface FeedRow {
  id: string;
  accountId: string;
  unitId: string | null;
  createdAt: Date;
}

const columns = ['id', 'account_id as accountId', 'unit_id as unitId', 'created_at as createdAt'] as const;

export async function listFeeds(tx: Tx, accountId: string): Promise<FeedRow[]> {
  return tx.db
    .selectFrom('calendar_feed')
    .select(columns)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .execute();
}

/** Of an account in use, not revoked. */
export async function findFeedBySecret(tx: Tx, secretHash: Buffer): Promise<FeedRow | undefined> {
  return tx.db
    .selectFrom('calendar_feed')
    .innerJoin('account', 'account.id', 'calendar_feed.account_id')
    .select([
      'calendar_feed.id',
      'account_id as accountId',
      'unit_id as unitId',
      'calendar_feed.created_at as createdAt',
    ])
    .where('secret_hash', '=', secretHash)
    .where('revoked_at', 'is', null)
    .where('account.status', '=', 'active')
    .executeTakeFirst();
}

export async function insertFeed(
  tx: Tx,
  feed: { id: string; accountId: string; unitId: string | null; secretHash: Buffer; nowMs: number },
): Promise<void> {
  await tx.db
    .insertInto('calendar_feed')
    .values({
      id: feed.id,
      account_id: feed.accountId,
      unit_id: feed.unitId,
      secret_hash: feed.secretHash,
      created_at: new Date(feed.nowMs),
    })
    .execute();
}

/** False when there is no such feed of this account, or it ended before. */
export async function revokeFeed(tx: Tx, id: string, accountId: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('calendar_feed')
    .set({ revoked_at: new Date(nowMs) })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
