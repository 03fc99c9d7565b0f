import { randomBytes } from 'node:crypto';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret } from '#server/vault/vault.ts';
import type { AccountRow } from './account-store.ts';
import { makeToken } from './passwords.ts';
import type { Parts } from './parts.ts';
import { record } from './record.ts';
import { insertSession, revokeSessions } from './session-store.ts';

export interface OpenedSession {
  token: string;
  csrfToken: string;
  expiresAtMs: number;
}

export function makeCsrfToken(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * Opens a session in the caller's transaction. The session the browser had before is ended: signing in always rotates.
 */
export async function openSession(
  parts: Parts,
  tx: Tx,
  account: Pick<AccountRow, 'id'>,
  how: {
    face: 'desk' | 'field';
    way: 'password' | 'code' | 'oidc';
    secondFactor: boolean;
    userAgent: string;
    before: { id: string; accountId: string } | null;
  },
): Promise<OpenedSession> {
  const nowMs = parts.clock.now();
  const at = new Date(nowMs);
  const token = makeToken();
  const csrfToken = makeCsrfToken();
  const expiresAtMs = nowMs + parts.absoluteMs;
  const id = uuidV7(nowMs);
  if (how.before !== null) await revokeSessions(tx, how.before.accountId, { only: how.before.id }, at);
  await insertSession(tx, {
    id,
    accountId: account.id,
    tokenHash: digestSecret(token),
    csrfToken,
    at,
    expiresAt: new Date(expiresAtMs),
    idleMinutes: parts.idleMinutes[how.face],
    secondFactorAt: how.secondFactor ? at : null,
    userAgent: how.userAgent.slice(0, 300),
  });
  await record(tx, {
    actor: { kind: 'account', accountId: account.id },
    action: 'session.begin',
    subject: { type: 'session', id },
    accountId: account.id,
    atMs: nowMs,
    data: {
      accountId: account.id,
      way: how.way,
      face: how.face,
      secondFactor: how.secondFactor,
      replaced: how.before?.id ?? null,
    },
  });
  const replaced = how.before?.accountId;
  tx.afterCommit(() => {
    if (replaced !== undefined) parts.memory.forgetAccount(replaced);
  });
  return { token, csrfToken, expiresAtMs };
}
