import { sql, type RawBuilder } from 'kysely';
import type { AdminKind } from '#contract/identity-views.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Attempt } from './attempt-store.ts';

export interface SecurityRow {
  id: string;
  login: string;
  displayName: string;
  kind: 'person' | 'service';
  adminKind: AdminKind | null;
  status: 'active' | 'disabled';
  failedCount: number;
  lockedUntil: Date | null;
  heldAt: Date | null;
  secondFactor: boolean;
  openSessions: number;
  lastSignInAt: Date | null;
}

type State = 'all' | 'locked' | 'held' | 'admins';

function stateIs(state: State, now: Date): RawBuilder<unknown> {
  if (state === 'locked') return sql`(a.held_at is not null or a.locked_until > ${now}::timestamptz)`;
  if (state === 'held') return sql`a.held_at is not null`;
  return state === 'admins' ? sql`a.admin_kind is not null` : sql`true`;
}

/** A page of accounts by name, as the security administrator sees them. */
export async function listSecurityRows(
  tx: Tx,
  filter: { q?: string; state: State },
  now: Date,
  page: { after: string | null; limit: number },
): Promise<SecurityRow[]> {
  const state = stateIs(filter.state, now);
  const from =
    page.after === null
      ? sql`true`
      : sql`(a.display_name, a.id) > (select display_name, id from account where id = ${page.after}::uuid)`;
  const text = `%${(filter.q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const found = await sql<SecurityRow>`
    select a.id, a.login, a.display_name as "displayName", a.kind, a.admin_kind as "adminKind", a.status, a.failed_count as "failedCount",
      a.locked_until as "lockedUntil", a.held_at as "heldAt", a.totp_confirmed_at is not null as "secondFactor",
      (select count(*) from session s where s.account_id = a.id and s.revoked_at is null and s.expires_at > ${now}) as "openSessions",
      (select max(t.at) from sign_in_attempt t where t.account_id = a.id and t.outcome = 'good') as "lastSignInAt"
    from account a where ${state} and (a.display_name ilike ${text} or a.login ilike ${text}) and ${from}
    order by a.display_name, a.id limit ${page.limit}`.execute(tx.db);
  return found.rows;
}

export interface AttemptRow {
  id: string;
  at: Date;
  accountId: string | null;
  displayName: string | null;
  way: Attempt['way'];
  outcome: Attempt['outcome'];
  addressDigest: Buffer;
}

/** Sign-in attempts, newest first; `after` is the id of the last row seen. */
export async function listAttemptRows(
  tx: Tx,
  filter: { accountId?: string; outcome?: string },
  page: { after: string | null; limit: number },
): Promise<AttemptRow[]> {
  const conditions = [sql`true`];
  if (filter.accountId !== undefined) conditions.push(sql`t.account_id = ${filter.accountId}`);
  if (filter.outcome !== undefined) conditions.push(sql`t.outcome = ${filter.outcome}`);
  if (page.after !== null)
    conditions.push(sql`(t.at, t.id) < (select at, id from sign_in_attempt where id = ${page.after}::uuid)`);
  const found = await sql<AttemptRow>`
    select t.id, t.at, t.account_id as "accountId", a.display_name as "displayName", t.way, t.outcome, t.address_digest as "addressDigest"
    from sign_in_attempt t left join account a on a.id = t.account_id where ${sql.join(conditions, sql` and `)}
    order by t.at desc, t.id desc limit ${page.limit}`.execute(tx.db);
  return found.rows;
}
