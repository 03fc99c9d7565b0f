import type { Tx } from '#server/db/pool.ts';

/** Account linked to this identity of a provider. */
export async function findIdentity(tx: Tx, issuer: string, subject: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('oidc_identity')
    .select('account_id as accountId')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.accountId;
}

/** True when the account is linked to some identity of the provider. */
export async function hasIdentity(tx: Tx, issuer: string, accountId: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('oidc_identity')
    .select('subject')
    .where('issuer', '=', issuer)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertIdentity(tx: Tx, issuer: string, subject: string, accountId: string): Promise<void> {
  await tx.db.insertInto('oidc_identity').values({ issuer, subject, account_id: accountId }).execute();
}
