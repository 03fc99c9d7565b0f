import { digestSecret } from '#server/vault/vault.ts';
import type { Identified, Parts } from './parts.ts';
import { findSessionRights, findTokenRights, touchSession, touchToken, type AccountRights } from './identify-store.ts';
import { grantsOf } from './office-rules.ts';
import { anonymous, type Actor } from './rules.ts';
import { isAlive, seenEveryMs, shanghaiDay } from './sign-in-rules.ts';

const nobody: Identified = { actor: anonymous, session: null, expired: false };
const gone: Identified = { actor: anonymous, session: null, expired: true };

/**
 * Answers for every request who calls. A bearer token is looked at first and never makes a session, so that it needs
 * no CSRF header; otherwise the session cookie counts.
 */
export function createIdentify(
  parts: Parts,
): (credentials: { sessionToken: string | null; bearer: string | null }) => Promise<Identified> {
  return ({ sessionToken, bearer }) => {
    if (bearer !== null) return ask(parts, `t:${bearer}`, () => fromToken(parts, digestSecret(bearer)));
    if (sessionToken !== null)
      return ask(parts, `s:${sessionToken}`, () => fromSession(parts, digestSecret(sessionToken)));
    return Promise.resolve(nobody);
  };
}

function ask(parts: Parts, credential: string, load: () => Promise<Identified>): Promise<Identified> {
  // The memory holds digests, so that a dump of the process shows no usable credential.
  return parts.memory.recall(digestSecret(credential).toString('base64'), async () => {
    const value = await load();
    return { accountId: value.actor.accountId, value };
  });
}

async function fromSession(parts: Parts, tokenHash: Buffer): Promise<Identified> {
  const nowMs = parts.clock.now();
  const row = await findSessionRights(parts.database.pool, tokenHash, shanghaiDay(nowMs));
  if (row === undefined || !isUsable(row)) return gone;
  const lastSeenAtMs = row.lastSeenAt.getTime();
  if (!isAlive({ lastSeenAtMs, expiresAtMs: row.expiresAt.getTime(), idleMinutes: row.idleMinutes }, nowMs))
    return gone;
  if (nowMs - lastSeenAtMs >= seenEveryMs) await touchSession(parts.database.pool, row.sessionId, new Date(nowMs));
  return {
    actor: actorOf(row, 'account', null),
    session: { id: row.sessionId, csrfToken: row.csrfToken, secondFactor: row.secondFactorAt !== null },
    expired: false,
  };
}

async function fromToken(parts: Parts, tokenHash: Buffer): Promise<Identified> {
  const nowMs = parts.clock.now();
  const row = await findTokenRights(parts.database.pool, tokenHash, shanghaiDay(nowMs));
  if (row === undefined || !isUsable(row)) return gone;
  if (row.tokenExpiresAt !== null && row.tokenExpiresAt.getTime() <= nowMs) return gone;
  if (row.lastUsedAt === null || nowMs - row.lastUsedAt.getTime() >= seenEveryMs)
    await touchToken(parts.database.pool, row.tokenId, new Date(nowMs));
  return { actor: actorOf(row, 'token', new Set(row.scopes)), session: null, expired: false };
}

function isUsable(row: AccountRights): boolean {
  return row.status === 'active' && row.heldAt === null;
}

function actorOf(row: AccountRights, kind: 'account' | 'token', limitedTo: Actor['limitedTo']): Actor {
  return {
    kind,
    accountId: row.accountId,
    name: row.displayName,
    adminKind: row.adminKind,
    // With a one-time password one may only change it.
    grants: row.mustChangePassword ? [] : grantsOf(row),
    limitedTo,
  };
}
