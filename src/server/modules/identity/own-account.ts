import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { getAccount, lockAccount, saveAccount, type AccountRow } from './account-store.ts';
import { insertRecoveryCodes } from './attempt-store.ts';
import { noteAttempt } from './attempts.ts';
import type { Parts, Visit } from './parts.ts';
import { assertPassword } from './password-rules.ts';
import { hashPassword, isPassword, makeRecoveryCode, makeToken } from './passwords.ts';
import { record, type Line } from './record.ts';
import { renewSession, revokeSessions } from './session-store.ts';
import { makeCsrfToken } from './sessions.ts';
import { isCode, lockedUntil } from './sign-in.ts';
import { makeEnrolment, type TotpEnrolment } from './totp.ts';

const recoveryCodeCount = 10;

/** The signed-in person; tokens have no say over the account they work for. */
function ownSession(visit: Visit): { accountId: string; sessionId: string } {
  if (visit.session === null || visit.actor.accountId === null) {
    throw new AppError(
      'not_allowed',
      'Expected a person signed in by a browser, found an API token. Sign in and repeat.',
    );
  }
  return { accountId: visit.actor.accountId, sessionId: visit.session.id };
}

function line(parts: Parts, accountId: string, action: string, data: Line['data'] = {}): Line {
  return {
    actor: { kind: 'account', accountId },
    action,
    subject: { type: 'account', id: accountId },
    accountId,
    atMs: parts.clock.now(),
    data,
  };
}

/**
 * The secret under which a phone of this person keeps what it has not sent yet: derived, so that signing in again gives
 * the same one, and stored nowhere. @throws AppError not_allowed for an API token: it has no phone
 */
export function fieldSecret(parts: Parts, visit: Visit): string {
  return parts.vault.deriveSecret(ownSession(visit).accountId, 'field-key');
}

/** Ends the session of this browser. */
export async function signOut(parts: Parts, visit: Visit): Promise<void> {
  const { sessionId } = ownSession(visit);
  await endOwnSession(parts, visit, sessionId);
  visit.cookies.clearSession();
}

/** Ends one of the caller's own sessions. @throws AppError not_found */
export async function endOwnSession(parts: Parts, visit: Visit, id: string): Promise<void> {
  const { accountId } = ownSession(visit);
  await parts.database.inTx(systemScope, async (tx) => {
    const ended = await revokeSessions(tx, accountId, { only: id }, new Date(parts.clock.now()));
    if (ended.length === 0) throw new AppError('not_found', 'No such open session of yours. Reload the list.');
    await record(tx, { ...line(parts, accountId, 'session.end', { accountId }), subject: { type: 'session', id } });
    tx.afterCommit(() => parts.memory.forgetAccount(accountId));
  });
}

export async function setLocale(parts: Parts, visit: Visit, locale: 'zh-CN' | 'en'): Promise<void> {
  const { accountId } = ownSession(visit);
  await parts.database.inTx(systemScope, async (tx) => {
    await saveAccount(tx, accountId, { locale });
    await record(tx, line(parts, accountId, 'account.set_locale', { locale }));
  });
}

/** Ends every other session and gives this one new secrets. Returns the new CSRF token. */
export async function changePassword(
  parts: Parts,
  visit: Visit,
  input: { current: string; next: string },
): Promise<string> {
  const { accountId, sessionId } = ownSession(visit);
  await assertOwnPassword(parts, visit, accountId, input.current);
  if (input.current === input.next)
    throw new AppError('password_too_weak', 'Expected a new password, found the old one again.');
  const before = await parts.database.read(systemScope, (tx) => getAccount(tx, accountId));
  assertPassword(input.next, before.login);
  const passwordHash = await hashPassword(input.next);
  const token = makeToken();
  const csrfToken = makeCsrfToken();
  const expiresAt = await parts.database.inTx(systemScope, async (tx) => {
    const at = new Date(parts.clock.now());
    await saveAccount(tx, accountId, { passwordHash, passwordChangedAt: at, mustChangePassword: false });
    const ended = await revokeSessions(tx, accountId, { except: sessionId }, at);
    await record(tx, line(parts, accountId, 'account.change_password', { endedSessions: ended.length }));
    tx.afterCommit(() => parts.memory.forgetAccount(accountId));
    return await renewSession(tx, sessionId, { tokenHash: digestSecret(token), csrfToken });
  });
  visit.cookies.setSession(token, expiresAt.getTime());
  return csrfToken;
}

/** First half of enrolment: a secret that counts only once a code of it has been typed. */
export async function startSecondFactor(parts: Parts, visit: Visit, password: string): Promise<TotpEnrolment> {
  const { accountId } = ownSession(visit);
  await assertOwnPassword(parts, visit, accountId, password);
  return await parts.database.inTx(systemScope, async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (account.mustChangePassword)
      throw new AppError('not_allowed', 'Change the one-time password first, then enrol the second factor.');
    if (account.totpConfirmedAt !== null)
      throw new AppError(
        'already_exists',
        'A second factor is enrolled already. Drop it first, then enrol the new one.',
      );
    const enrolment = await makeEnrolment(parts.issuer, account.login);
    await saveAccount(tx, accountId, {
      totpSecret: parts.vault.seal(enrolment.secret, 'account.totp_secret'),
      totpLastStep: null,
    });
    await record(tx, line(parts, accountId, 'account.start_second_factor'));
    return enrolment;
  });
}

/** Second half: the app has shown a right code. Returns the recovery codes, never to be seen again. */
export async function confirmSecondFactor(parts: Parts, visit: Visit, code: string): Promise<string[]> {
  const { accountId, sessionId } = ownSession(visit);
  return await withCode(parts, visit, accountId, code, async (tx, account) => {
    if (account.totpConfirmedAt !== null)
      throw new AppError('already_exists', 'The second factor has been confirmed already.');
    const at = new Date(parts.clock.now());
    await saveAccount(tx, accountId, { totpConfirmedAt: at });
    const ended = await revokeSessions(tx, accountId, { except: sessionId }, at);
    await record(tx, line(parts, accountId, 'account.confirm_second_factor', { endedSessions: ended.length }));
    tx.afterCommit(() => parts.memory.forgetAccount(accountId));
    return await giveRecoveryCodes(tx, accountId, at);
  });
}

/** New recovery codes; the old ones are void. */
export async function renewRecoveryCodes(parts: Parts, visit: Visit, code: string): Promise<string[]> {
  const { accountId } = ownSession(visit);
  return await withCode(parts, visit, accountId, code, async (tx, account) => {
    if (account.totpConfirmedAt === null)
      throw new AppError('not_found', 'No second factor is enrolled. Enrol one first.');
    await record(tx, line(parts, accountId, 'account.renew_recovery_codes'));
    return await giveRecoveryCodes(tx, accountId, new Date(parts.clock.now()));
  });
}

/** Goes back to password alone; needs both factors once more. */
export async function dropSecondFactor(
  parts: Parts,
  visit: Visit,
  input: { password: string; code: string },
): Promise<void> {
  const { accountId } = ownSession(visit);
  await assertOwnPassword(parts, visit, accountId, input.password);
  await withCode(parts, visit, accountId, input.code, async (tx) => {
    await clearSecondFactor(tx, accountId);
    await record(tx, line(parts, accountId, 'account.drop_second_factor'));
    tx.afterCommit(() => parts.memory.forgetAccount(accountId));
  });
}

export async function clearSecondFactor(tx: Tx, accountId: string): Promise<void> {
  await saveAccount(tx, accountId, { totpSecret: null, totpConfirmedAt: null, totpLastStep: null });
  await insertRecoveryCodes(tx, accountId, [], new Date());
}

async function giveRecoveryCodes(tx: Tx, accountId: string, at: Date): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, makeRecoveryCode);
  await insertRecoveryCodes(
    tx,
    accountId,
    codes.map((code) => digestSecret(`${accountId}:${code}`)),
    at,
  );
  return codes;
}

/** Asking for the password again counts failures like signing in does: an unlocked desk is no place to guess. */
async function assertOwnPassword(parts: Parts, visit: Visit, accountId: string, password: string): Promise<void> {
  const known = await parts.database.read(systemScope, (tx) => getAccount(tx, accountId));
  const right = await isPassword(known.passwordHash, password);
  await guard(parts, visit, accountId, 'password', async () => right);
}

/** Runs `work` after a good code; code and work are used up together. */
async function withCode<T>(
  parts: Parts,
  visit: Visit,
  accountId: string,
  code: string,
  work: (tx: Tx, account: AccountRow) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  await guard(parts, visit, accountId, 'code', async (tx, account) => {
    if (!(await isCode(parts, tx, account, code))) return false;
    result = { value: await work(tx, account) };
    return true;
  });
  if (result === undefined) throw new Error('A good code without a result.');
  return result.value;
}

/** Refuses when locked; commits a failure before refusing it. */
async function guard(
  parts: Parts,
  visit: Visit,
  accountId: string,
  way: 'password' | 'code',
  check: (tx: Tx, account: AccountRow) => Promise<boolean>,
): Promise<void> {
  const refusal = await parts.database.inTx(systemScope, async (tx) => {
    const account = await lockAccount(tx, accountId);
    if (account.lockedUntil !== null && account.lockedUntil.getTime() > parts.clock.now())
      return lockedUntil(account.lockedUntil);
    if (await check(tx, account)) return null;
    await noteAttempt(parts, tx, { ip: visit.ip, login: account.login, way }, account, 'wrong');
    return new AppError(
      'bad_credentials',
      way === 'password'
        ? 'Expected your present password. Type it again.'
        : 'Expected the newest code of the authenticator app, not used before.',
    );
  });
  if (refusal !== null) throw refusal;
}
