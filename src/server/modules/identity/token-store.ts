import type { Permission } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';

export interface NewToken {
  id: string;
  accountId: string;
  name: string;
  tokenHash: Buffer;
  scopes: Permission[];
  createdBy: string | null;
  at: Date;
  expiresAt: Date | null;
}

export async function insertToken(tx: Tx, token: NewToken): Promise<void> {
  await tx.db
    .insertInto('api_token')
    .values({
      id: token.id,
      account_id: token.accountId,
      name: token.name,
      token_hash: token.tokenHash,
      scopes: token.scopes,
      created_by: token.createdBy,
      created_at: token.at,
      expires_at: token.expiresAt,
    })
    .execute();
}

/** The account of the token revoked; undefined when there was none to revoke. */
export async function revokeTokenRow(tx: Tx, id: string, at: Date): Promise<string | undefined> {
  const row = await tx.db
    .updateTable('api_token')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('account_id as accountId')
    .executeTakeFirst();
  return row?.accountId;
}

export interface TokenRow {
  id: string;
  accountId: string;
  accountName: string;
  name: string;
  scopes: Permission[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** All tokens, living ones first, newest first; at most 1000. */
export async function listTokenRows(tx: Tx): Promise<TokenRow[]> {
  const rows = await tx.db
    .selectFrom('api_token as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .leftJoin('api_token_use as n', 'n.token_id', 't.id')
    .select([
      't.id',
      't.account_id as accountId',
      'a.display_name as accountName',
      't.name',
      't.scopes',
      't.created_at as createdAt',
    ])
    .select(['t.expires_at as expiresAt', 'n.last_used_at as lastUsedAt', 't.revoked_at as revokedAt'])
    .orderBy((eb) => eb('t.revoked_at', 'is not', null))
    .orderBy('t.created_at', 'desc')
    .orderBy('t.id', 'desc')
    .limit(1000)
    .execute();
  return rows.map((row) => ({ ...row, scopes: row.scopes as Permission[] }));
}
