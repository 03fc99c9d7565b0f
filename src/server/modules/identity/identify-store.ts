import type pg from 'pg';
import type { AdminKind } from '#contract/identity-views.ts';
import type { Permission } from '#contract/route.ts';

/** An account with what it may do today, as read for one request. */
export interface AccountRights {
  accountId: string;
  displayName: string;
  adminKind: AdminKind | null;
  status: 'active' | 'disabled';
  heldAt: Date | null;
  mustChangePassword: boolean;
  rootCode: string | null;
  appointments: { unitId: string; areaCode: string | null; role: string }[];
}

export interface SessionRights extends AccountRights {
  sessionId: string;
  csrfToken: string;
  lastSeenAt: Date;
  expiresAt: Date;
  idleMinutes: number;
  secondFactorAt: Date | null;
}

export interface TokenRights extends AccountRights {
  tokenId: string;
  scopes: Permission[];
  tokenExpiresAt: Date | null;
  lastUsedAt: Date | null;
}

const rights = `
  a.id as "accountId", a.display_name as "displayName", a.admin_kind as "adminKind", a.status, a.held_at as "heldAt",
  a.must_change_password as "mustChangePassword",
  (select code from area where parent_code is null and retired_at is null order by code limit 1) as "rootCode",
  coalesce((
    select jsonb_agg(jsonb_build_object('unitId', p.unit_id, 'areaCode', p.area_code, 'role', p.role) order by p.is_primary desc, p.created_at, p.id)
    from appointment p join unit u on u.id = p.unit_id
    where p.account_id = a.id and p.revoked_at is null and p.since <= $2 and (p.until is null or p.until >= $2) and u.retired_at is null
  ), '[]') as appointments`;

// These run on the pool itself, one round trip each: they are asked for every request and read no event.

/** Session, account and live appointments in one statement. `today` is the day in Shanghai. */
export async function findSessionRights(
  pool: pg.Pool,
  tokenHash: Buffer,
  today: string,
): Promise<SessionRights | undefined> {
  const found = await pool.query<SessionRights>({
    name: 'identity-session',
    text: `select s.id as "sessionId", s.csrf_token as "csrfToken", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
      s.idle_minutes as "idleMinutes", s.second_factor_at as "secondFactorAt", ${rights}
      from session s join account a on a.id = s.account_id where s.token_hash = $1 and s.revoked_at is null`,
    values: [tokenHash, today],
  });
  return found.rows[0];
}

/** API token, account and live appointments in one statement. */
export async function findTokenRights(
  pool: pg.Pool,
  tokenHash: Buffer,
  today: string,
): Promise<TokenRights | undefined> {
  const found = await pool.query<TokenRights>({
    name: 'identity-token',
    text: `select t.id as "tokenId", t.scopes, t.expires_at as "tokenExpiresAt", n.last_used_at as "lastUsedAt", ${rights}
      from api_token t join account a on a.id = t.account_id left join api_token_use n on n.token_id = t.id
      where t.token_hash = $1 and t.revoked_at is null`,
    values: [tokenHash, today],
  });
  return found.rows[0];
}

/** A heartbeat, not a change: it leaves no ledger line. */
export async function touchSession(pool: pg.Pool, sessionId: string, at: Date): Promise<void> {
  await pool.query('update session set last_seen_at = $2 where id = $1 and last_seen_at < $2', [sessionId, at]);
}

export async function touchToken(pool: pg.Pool, tokenId: string, at: Date): Promise<void> {
  await pool.query(
    `insert into api_token_use (token_id, last_used_at) values ($1, $2)
     on conflict (token_id) do update set last_used_at = greatest(api_token_use.last_used_at, excluded.last_used_at)`,
    [tokenId, at],
  );
}
