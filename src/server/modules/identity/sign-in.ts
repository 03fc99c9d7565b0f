import { AppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { findAccountByLogin, lockAccount, saveAccount, type AccountRow } from './account-store.ts';
import { useRecoveryCode } from './attempt-store.ts';
import { assertAddressIsFree, findUnknownLock, noteAttempt, type Attempted } from './attempts.ts';
import type { Parts, Visit } from './parts.ts';
import { isPassword } from './passwords.ts';
import { openPending, sealPending } from './pending.ts';
import { openSession, type OpenedSession } from './sessions.ts';
import { stepOfCode } from './totp.ts';

export type SignInAnswer =
  | { state: 'signed_in'; csrfToken: string; mustChangePassword: boolean }
  | { state: 'second_factor_needed'; pendingToken: string; expiresAt: string };

/** A refusal is committed (it counts) before it is thrown. */
type Outcome = { refusal: AppError } | { answer: SignInAnswer; opened: OpenedSession | null };

const wrong = () =>
  new AppError(
    'bad_credentials',
    'Expected a login and its password; found a pair that does not fit. After five failures the login is locked for a while.',
  );
const wrongCode = () =>
  new AppError(
    'bad_credentials',
    'Expected the newest code of the authenticator app, not used before, or an unused recovery code. Wait for the next code and try again.',
  );
export const lockedUntil = (until: Date) =>
  new AppError(
    'account_locked',
    `After too many failures this login is locked until ${until.toISOString()}. Wait, or ask the security administrator.`,
    { until: until.toISOString() },
  );
export const held = () =>
  new AppError('account_locked', 'The security administrator has locked this account. Ask them to release it.', {
    until: null,
  });

/** Login and password. Unknown and known logins take the same work and get the same answers. */
export async function signIn(
  parts: Parts,
  visit: Visit,
  input: { login: string; password: string; face: 'desk' | 'field' },
): Promise<SignInAnswer> {
  const attempted: Attempted = { ip: visit.ip, login: input.login, way: 'password' };
  await assertAddressIsFree(parts, attempted);
  const known = await parts.database.read(systemScope, (tx) => findAccountByLogin(tx, input.login));
  const right = await isPassword(known?.passwordHash ?? null, input.password);
  return await finish(parts, visit, async (tx) => {
    if (known === undefined) return await refuseUnknown(parts, tx, attempted);
    const account = await lockAccount(tx, known.id);
    const refusal = await judge(
      parts,
      tx,
      attempted,
      account,
      right && account.passwordHash === known.passwordHash,
      wrong,
    );
    if (refusal !== null) return { refusal };
    return await letIn(parts, tx, visit, account, { face: input.face, way: 'password' });
  });
}

/** The second step: a code of the authenticator app, or a recovery code. */
export async function confirmSignIn(
  parts: Parts,
  visit: Visit,
  input: { pendingToken: string; code: string },
): Promise<SignInAnswer> {
  const pending = openPending(parts, input.pendingToken);
  await assertAddressIsFree(parts, { ip: visit.ip, login: '', way: 'code' });
  return await finish(parts, visit, async (tx) => {
    const account = await lockAccount(tx, pending.accountId);
    const attempted: Attempted = { ip: visit.ip, login: account.login, way: 'code' };
    if (account.totpConfirmedAt === null || pending.stamp !== stampOf(account)) {
      return {
        refusal: new AppError(
          'session_expired',
          'This sign-in was begun before the account changed. Begin again with login and password.',
        ),
      };
    }
    const free = account.lockedUntil === null || account.lockedUntil.getTime() <= parts.clock.now();
    const refusal = await judge(
      parts,
      tx,
      attempted,
      account,
      free && (await isCode(parts, tx, account, input.code)),
      wrongCode,
    );
    if (refusal !== null) return { refusal };
    await noteAttempt(parts, tx, attempted, account, 'good');
    const opened = await openSession(parts, tx, account, {
      ...pending,
      way: 'code',
      secondFactor: true,
      userAgent: visit.userAgent,
      before: beforeOf(visit),
    });
    return { answer: signedIn(account, opened), opened };
  });
}

/** After the first factor is known to be right: asks for the second, or opens the session. */
export async function letIn(
  parts: Parts,
  tx: Tx,
  visit: Visit,
  account: AccountRow,
  how: { face: 'desk' | 'field'; way: 'password' | 'oidc' },
): Promise<{ answer: SignInAnswer; opened: OpenedSession | null }> {
  if (account.totpConfirmedAt !== null) {
    const pending = sealPending(parts, { accountId: account.id, face: how.face, stamp: stampOf(account) });
    return {
      answer: { state: 'second_factor_needed', pendingToken: pending.token, expiresAt: toIso(pending.expiresAtMs) },
      opened: null,
    };
  }
  await noteAttempt(parts, tx, { ip: visit.ip, login: account.login, way: how.way }, account, 'good');
  const opened = await openSession(parts, tx, account, {
    ...how,
    secondFactor: false,
    userAgent: visit.userAgent,
    before: beforeOf(visit),
  });
  return { answer: signedIn(account, opened), opened };
}

/** True for a good code; it is used up in the same transaction. */
export async function isCode(parts: Parts, tx: Tx, account: AccountRow, code: string): Promise<boolean> {
  const nowMs = parts.clock.now();
  if (account.totpSecret === null) return false;
  const step = stepOfCode(
    parts.vault.open(account.totpSecret, 'account.totp_secret'),
    code,
    nowMs,
    account.totpLastStep,
  );
  if (step !== null) {
    await saveAccount(tx, account.id, { totpLastStep: step });
    return true;
  }
  return (
    account.totpConfirmedAt !== null &&
    (await useRecoveryCode(tx, account.id, digestSecret(`${account.id}:${code.toLowerCase()}`), new Date(nowMs)))
  );
}

async function finish(parts: Parts, visit: Visit, work: (tx: Tx) => Promise<Outcome>): Promise<SignInAnswer> {
  const outcome = await parts.database.inTx(systemScope, work);
  if ('refusal' in outcome) throw outcome.refusal;
  if (outcome.opened !== null) visit.cookies.setSession(outcome.opened.token, outcome.opened.expiresAtMs);
  return outcome.answer;
}

async function refuseUnknown(parts: Parts, tx: Tx, attempted: Attempted): Promise<Outcome> {
  const until = await findUnknownLock(parts, tx, attempted);
  await noteAttempt(parts, tx, attempted, undefined, until === null ? 'unknown' : 'locked');
  return { refusal: until === null ? wrong() : lockedUntil(until) };
}

/** Null when the account may go on; else the refusal, already noted. A lock speaks first: not even the right password helps. */
async function judge(
  parts: Parts,
  tx: Tx,
  attempted: Attempted,
  account: AccountRow,
  right: boolean,
  otherwise: () => AppError,
): Promise<AppError | null> {
  const until = account.lockedUntil;
  if (until !== null && until.getTime() > parts.clock.now()) {
    await noteAttempt(parts, tx, attempted, account, 'locked');
    return lockedUntil(until);
  }
  if (right && account.status === 'active' && account.heldAt === null) return null;
  const outcome = !right ? 'wrong' : account.status === 'active' ? 'held' : 'disabled';
  await noteAttempt(parts, tx, attempted, account, outcome);
  return outcome === 'held' ? held() : otherwise();
}

/** Changes whenever password or second factor change, so that a pending sign-in does not outlive them. */
export function stampOf(account: AccountRow): string {
  return digestSecret(`${account.passwordHash ?? ''}|${account.totpConfirmedAt?.toISOString() ?? ''}`)
    .toString('base64url')
    .slice(0, 22);
}

function beforeOf(visit: Visit): { id: string; accountId: string } | null {
  return visit.session === null || visit.actor.accountId === null
    ? null
    : { id: visit.session.id, accountId: visit.actor.accountId };
}

function signedIn(account: AccountRow, opened: OpenedSession): SignInAnswer {
  return { state: 'signed_in', csrfToken: opened.csrfToken, mustChangePassword: account.mustChangePassword };
}
