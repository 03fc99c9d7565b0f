import { ledgerActorOf } from './ledger-actor.ts';
import type { AdminKind } from '#contract/identity-views.ts';
import type { Permission } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { countOthersInOffice, getAccount, lockAccount, saveAccount, type AccountRow } from './account-store.ts';
import { countComing } from './appointment-store.ts';
import { assertAnother, assertMayHoldOffice } from './office-rules.ts';
import { clearSecondFactor } from './own-account.ts';
import type { Parts, Visit } from './parts.ts';
import { makeToken } from './passwords.ts';
import { giveOneTimePassword } from './people-commands.ts';
import { record, type Line } from './record.ts';
import { revokeSessions } from './session-store.ts';
import { shanghaiDay } from './sign-in-rules.ts';
import { insertToken, revokeTokenRow } from './token-store.ts';

/** Every act upon somebody's account: lock the row, do it, write the line, forget what was remembered. */
async function upon<T>(
  parts: Parts,
  visit: Visit,
  id: string,
  act: (
    tx: Tx,
    account: AccountRow,
    at: Date,
  ) => Promise<{ value: T; action: string; data?: Line['data']; words?: Line['words'] }>,
): Promise<T> {
  return await parts.database.inTx(systemScope, async (tx) => {
    const account = await lockAccount(tx, id);
    const { value, action, data, words } = await act(tx, account, new Date(parts.clock.now()));
    const subject = { type: 'account', id } as const;
    await record(tx, {
      actor: ledgerActorOf(visit.actor),
      action,
      subject,
      accountId: id,
      atMs: parts.clock.now(),
      data,
      words,
      tell: true,
    });
    tx.afterCommit(() => parts.memory.forgetAccount(id));
    return value;
  });
}

/** Locks an account until it is released, and ends all its sessions; its tokens stop working too. */
export async function holdAccount(parts: Parts, visit: Visit, id: string, reason: string): Promise<void> {
  await upon(parts, visit, id, async (tx, account, at) => {
    assertAnother(visit.actor, account);
    await saveAccount(tx, id, { heldAt: account.heldAt ?? at });
    const ended = await revokeSessions(tx, id, {}, at);
    return { value: undefined, action: 'account.hold', data: { endedSessions: ended.length }, words: { reason } };
  });
}

/** Ends both kinds of lock: the administrator's and the one after failures. */
export async function releaseAccount(parts: Parts, visit: Visit, id: string): Promise<void> {
  await upon(parts, visit, id, async (tx, account) => {
    assertAnother(visit.actor, account);
    await saveAccount(tx, id, { heldAt: null, lockedUntil: null, failedCount: 0 });
    return { value: undefined, action: 'account.release', data: { wasHeld: account.heldAt !== null } };
  });
}

/** For a lost phone: password alone until a new second factor is enrolled. */
export async function resetSecondFactor(parts: Parts, visit: Visit, id: string): Promise<void> {
  await upon(parts, visit, id, async (tx, account, at) => {
    assertAnother(visit.actor, account);
    await clearSecondFactor(tx, id);
    const ended = await revokeSessions(tx, id, {}, at);
    return { value: undefined, action: 'account.reset_second_factor', data: { endedSessions: ended.length } };
  });
}

/** The security administrator helps the other two; who has lost the security administrator's own password goes to the command line. */
export async function resetAdminPassword(parts: Parts, visit: Visit, id: string): Promise<{ oneTimePassword: string }> {
  return await giveOneTimePassword(parts, visit, id, (account) => {
    assertAnother(visit.actor, account);
    if (account.adminKind === null)
      throw new AppError(
        'not_allowed',
        'This is an ordinary account. Expected an administrator; the system administrator resets ordinary passwords.',
      );
  });
}

/** Gives or takes an office. The last active holder of an office keeps it. */
export async function setAdminKind(parts: Parts, visit: Visit, id: string, adminKind: AdminKind | null): Promise<void> {
  await upon(parts, visit, id, async (tx, account, at) => {
    const liveAppointments = await countComing(tx, id, shanghaiDay(at.getTime()));
    assertMayHoldOffice(visit.actor, { ...account, liveAppointments }, adminKind);
    if (
      account.adminKind !== null &&
      adminKind === null &&
      (await countOthersInOffice(tx, account.adminKind, id)) === 0
    ) {
      throw new AppError(
        'in_use',
        `This is the last ${account.adminKind} administrator. Give the office to another person first.`,
      );
    }
    await saveAccount(tx, id, { adminKind });
    const ended = await revokeSessions(tx, id, {}, at);
    return {
      value: undefined,
      action: 'account.set_office',
      data: { adminKind, was: account.adminKind, endedSessions: ended.length },
    };
  });
}

/** Signs an account out: one session or all. Returns how many were ended. */
export async function endSessions(
  parts: Parts,
  visit: Visit,
  id: string,
  sessionId: string | undefined,
): Promise<number> {
  return await upon(parts, visit, id, async (tx, _account, at) => {
    const ended = await revokeSessions(tx, id, sessionId === undefined ? {} : { only: sessionId }, at);
    if (sessionId !== undefined && ended.length === 0)
      throw new AppError('not_found', 'No such open session of this account. Reload the list.');
    return { value: ended.length, action: 'account.sign_out', data: { ended } };
  });
}

/**
 * Makes an API token, shown once. Only for service accounts: a token for a person would let the security administrator
 * act in their name. It may do what both its scopes and the account's appointments allow.
 */
export async function addToken(
  parts: Parts,
  visit: Visit,
  input: { accountId: string; name: string; scopes: Permission[]; expiresAt: string | null },
): Promise<{ id: string; token: string }> {
  const nowMs = parts.clock.now();
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt !== null && expiresAt.getTime() <= nowMs)
    throw new AppError('bad_input', 'Expected an end in the future.');
  const token = `hg_${makeToken()}`;
  const id = uuidV7(nowMs);
  const { accountId, name } = input;
  const scopes = [...new Set(input.scopes)].sort();
  await parts.database.inTx(systemScope, async (tx) => {
    const account = await getAccount(tx, accountId);
    if (account.kind !== 'service')
      throw new AppError(
        'not_allowed',
        'Expected a service account, found a person. A token would act in their name: make a service account and appoint it.',
      );
    await insertToken(tx, {
      id,
      accountId,
      name,
      tokenHash: digestSecret(token),
      scopes,
      createdBy: visit.actor.accountId,
      at: new Date(nowMs),
      expiresAt,
    });
    const subject = { type: 'api_token', id } as const;
    const data = { accountId, scopes, expiresAt: expiresAt?.toISOString() ?? null };
    await record(tx, {
      actor: ledgerActorOf(visit.actor),
      action: 'api_token.add',
      subject,
      accountId,
      atMs: nowMs,
      data,
      words: { name },
    });
  });
  return { id, token };
}

export async function revokeToken(parts: Parts, visit: Visit, id: string): Promise<void> {
  const nowMs = parts.clock.now();
  await parts.database.inTx(systemScope, async (tx) => {
    const accountId = await revokeTokenRow(tx, id, new Date(nowMs));
    if (accountId === undefined)
      throw new AppError('not_found', 'No such token, or it has been revoked already. Reload the list.');
    const subject = { type: 'api_token', id } as const;
    await record(tx, {
      actor: ledgerActorOf(visit.actor),
      action: 'api_token.revoke',
      subject,
      accountId,
      atMs: nowMs,
    });
    tx.afterCommit(() => parts.memory.forgetAccount(accountId));
  });
}
