import { adminKinds, type AdminKind } from '#contract/identity-views.ts';
import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { findAccountByLogin, insertAccount, lockAccount, lockAllAccounts, saveAccount } from './account-store.ts';
import { hashPassword, makeOneTimePassword } from './passwords.ts';
import { record } from './record.ts';
import { revokeSessions } from './session-store.ts';

export interface FirstAdmin {
  adminKind: AdminKind;
  login: string;
  oneTimePassword: string;
}

const system = { kind: 'system', accountId: null } as const;

/**
 * For a new installation, run by whoever owns the machine: makes the three administrators, each with a password good
 * for one sign-in. Show the passwords once, to three different people.
 * @throws AppError already_exists when there is any account
 */
export async function createFirstAdmins(
  database: Database,
  clock: Clock,
  logins: { [K in AdminKind]: string } = { system: 'system-admin', security: 'security-admin', audit: 'audit-admin' },
): Promise<FirstAdmin[]> {
  const admins = await Promise.all(
    adminKinds.map(async (adminKind) => {
      const oneTimePassword = makeOneTimePassword();
      return {
        adminKind,
        login: logins[adminKind].toLowerCase(),
        oneTimePassword,
        passwordHash: await hashPassword(oneTimePassword),
      };
    }),
  );
  await database.inTx(systemScope, async (tx) => {
    const count = await lockAllAccounts(tx);
    if (count > 0)
      throw new AppError(
        'already_exists',
        `Expected an installation without accounts, found ${count}. Its administrators can make more; a lost password is reset with the command for that.`,
      );
    for (const admin of admins) await insertAdmin(tx, admin, clock.now());
  });
  return admins.map(({ adminKind, login, oneTimePassword }) => ({ adminKind, login, oneTimePassword }));
}

async function insertAdmin(tx: Tx, admin: FirstAdmin & { passwordHash: string }, nowMs: number): Promise<void> {
  const { login, passwordHash, adminKind } = admin;
  const id = uuidV7(nowMs);
  await insertAccount(tx, {
    id,
    login,
    displayName: login,
    email: null,
    kind: 'person',
    passwordHash,
    mustChangePassword: true,
    adminKind,
    at: new Date(nowMs),
  });
  await record(tx, {
    actor: system,
    action: 'account.add',
    subject: { type: 'account', id },
    accountId: id,
    atMs: nowMs,
    data: { kind: 'person', adminKind },
    words: { login },
  });
}

/**
 * For an administrator who lost their password, run by whoever owns the machine: one good for one sign-in; every lock,
 * session and second factor of the account ends.
 * @throws AppError not_found
 */
export async function rescueAccount(
  database: Database,
  clock: Clock,
  login: string,
): Promise<{ oneTimePassword: string }> {
  const oneTimePassword = makeOneTimePassword();
  const passwordHash = await hashPassword(oneTimePassword);
  const nowMs = clock.now();
  await database.inTx(systemScope, async (tx) => {
    const found = await findAccountByLogin(tx, login);
    if (found === undefined) throw new AppError('not_found', `No account has the login "${login}".`);
    const { id } = await lockAccount(tx, found.id);
    const at = new Date(nowMs);
    await saveAccount(tx, id, {
      passwordHash,
      passwordChangedAt: at,
      mustChangePassword: true,
      failedCount: 0,
      lockedUntil: null,
      heldAt: null,
    });
    await saveAccount(tx, id, { totpSecret: null, totpConfirmedAt: null, totpLastStep: null });
    const ended = await revokeSessions(tx, id, {}, at);
    await record(tx, {
      actor: system,
      action: 'account.rescue',
      subject: { type: 'account', id },
      accountId: id,
      atMs: nowMs,
      data: { endedSessions: ended.length },
    });
  });
  return { oneTimePassword };
}
