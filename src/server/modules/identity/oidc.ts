import { AppError, isAppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Tx } from '#server/db/pool.ts';
import {
  findAccountByEmail,
  findAccountByLogin,
  getAccount,
  lockAccount,
  saveAccount,
  type AccountRow,
} from './account-store.ts';
import { assertAddressIsFree, noteAttempt, type Attempted } from './attempts.ts';
import type { OidcChecks, OidcPerson, OidcProvider } from './oidc-provider.ts';
import { findIdentity, hasIdentity, insertIdentity } from './oidc-store.ts';
import type { Parts, Visit } from './parts.ts';
import { record } from './record.ts';
import type { OpenedSession } from './sessions.ts';
import { held, letIn, lockedUntil, type SignInAnswer } from './sign-in.ts';
import { safeReturn } from './sign-in-rules.ts';

/** A cookie to set; `maxAgeS` 0 removes it. */
export interface AnswerCookie {
  name: string;
  value: string;
  maxAgeS: number;
  path: '/';
  httpOnly: true;
  secure: boolean;
  sameSite: 'lax';
}

/** Where to send the browser. The session cookie has been set through the visit's jar already. */
export interface RedirectAnswer {
  redirectTo: string;
  cookies: AnswerCookie[];
  /** Why it failed, for the log; the page gets only the code. */
  problem: AppError | null;
}

interface Waiting extends OidcChecks {
  returnTo: string;
  expiresAtMs: number;
}

const waitMs = 10 * 60_000;
const context = 'oidc.waiting';
/** The web's door; it reads `problem` and `returnTo`, and the pending token behind '#', which no server log sees. */
const signInPage = '/desk/sign-in';

export function oidcCookieName(secure: boolean): string {
  return secure ? '__Host-huangge-oidc' : 'huangge-oidc';
}

function cookie(parts: Parts, value: string, maxAgeS: number): AnswerCookie {
  return {
    name: oidcCookieName(parts.secure),
    value,
    maxAgeS,
    path: '/',
    httpOnly: true,
    secure: parts.secure,
    sameSite: 'lax',
  };
}

function providerOf(parts: Parts): OidcProvider {
  if (parts.oidc === null)
    throw new AppError('not_found', 'No identity provider is configured here. Sign in with login and password.');
  return parts.oidc;
}

/** Sends the browser to the provider; state, nonce and PKCE verifier wait in a sealed cookie of this browser. */
export async function startOidc(parts: Parts, input: { returnTo: string }): Promise<RedirectAnswer> {
  const { url, checks } = await providerOf(parts).begin();
  const waiting: Waiting = { ...checks, returnTo: safeReturn(input.returnTo), expiresAtMs: parts.clock.now() + waitMs };
  const sealed = parts.vault.seal(JSON.stringify(waiting), context).toString('base64url');
  return { redirectTo: url, cookies: [cookie(parts, sealed, waitMs / 1000)], problem: null };
}

/** Back from the provider: checks what it says, finds the person registered here, signs them in. */
export async function finishOidc(
  parts: Parts,
  visit: Visit,
  input: { query: Record<string, string>; waiting: string | null },
): Promise<RedirectAnswer> {
  const cookies = [cookie(parts, '', 0)];
  let door = signInPage;
  try {
    const waiting = openWaiting(parts, input.waiting);
    door = `${signInPage}?returnTo=${encodeURIComponent(waiting.returnTo)}`;
    await assertAddressIsFree(parts, { ip: visit.ip, login: '', way: 'oidc' });
    const person = await providerOf(parts).finish(input.query, waiting);
    const answer = await admit(parts, visit, person, waiting.returnTo.startsWith('/field') ? 'field' : 'desk');
    const redirectTo = answer.state === 'signed_in' ? waiting.returnTo : `${door}#pending=${answer.pendingToken}`;
    return { redirectTo, cookies, problem: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { redirectTo: `${door}${door.includes('?') ? '&' : '?'}problem=${error.code}`, cookies, problem: error };
  }
}

function openWaiting(parts: Parts, sealed: string | null): Waiting {
  const refused = () =>
    new AppError(
      'oidc_refused',
      'This sign-in was not begun in this browser, or more than ten minutes ago. Begin again.',
    );
  if (sealed === null) throw refused();
  let waiting: Waiting;
  try {
    waiting = JSON.parse(parts.vault.open(Buffer.from(sealed, 'base64url'), context)) as Waiting;
  } catch {
    throw refused();
  }
  if (waiting.expiresAtMs <= parts.clock.now()) throw refused();
  return waiting;
}

async function admit(parts: Parts, visit: Visit, person: OidcPerson, face: 'desk' | 'field'): Promise<SignInAnswer> {
  const attempted: Attempted = { ip: visit.ip, login: `${person.issuer} ${person.subject}`, way: 'oidc' };
  const outcome = await parts.database.inTx(
    systemScope,
    async (tx): Promise<{ refusal: AppError } | { answer: SignInAnswer; opened: OpenedSession | null }> => {
      const account = await findPerson(parts, tx, person);
      const refusal = account instanceof AppError ? account : refusalFor(parts, account);
      if (refusal !== null || account instanceof AppError) {
        await noteAttempt(parts, tx, attempted, account instanceof AppError ? undefined : account, 'refused');
        return { refusal: refusal ?? unknownPerson() };
      }
      return await letIn(parts, tx, visit, account, { face, way: 'oidc' });
    },
  );
  if ('refusal' in outcome) throw outcome.refusal;
  if (outcome.opened !== null) visit.cookies.setSession(outcome.opened.token, outcome.opened.expiresAtMs);
  return outcome.answer;
}

function refusalFor(parts: Parts, account: AccountRow): AppError | null {
  if (account.adminKind !== null) return administrator();
  if (account.status !== 'active') return unknownPerson();
  if (account.heldAt !== null) return held();
  if (account.lockedUntil !== null && account.lockedUntil.getTime() > parts.clock.now())
    return lockedUntil(account.lockedUntil);
  return null;
}

const unknownPerson = () =>
  new AppError(
    'oidc_refused',
    'The identity provider knows you, but no account here is registered for you. Ask the system administrator to register your login or email.',
  );

const administrator = () =>
  new AppError(
    'oidc_refused',
    'Administrators sign in here with their own password: whoever runs the identity provider must not become one.',
  );

/** By the identity seen before; else by an email or login registered here beforehand. Nobody is created. */
async function findPerson(parts: Parts, tx: Tx, person: OidcPerson): Promise<AccountRow | AppError> {
  const linked = await findIdentity(tx, person.issuer, person.subject);
  if (linked !== undefined) return await lockAccount(tx, linked);
  const found =
    (person.verifiedEmail === null ? undefined : await findAccountByEmail(tx, person.verifiedEmail)) ??
    (person.trustedLogin === null ? undefined : await findAccountByLogin(tx, person.trustedLogin));
  if (found === undefined || found.kind !== 'person' || found.status !== 'active') return unknownPerson();
  if (found.adminKind !== null) return administrator();
  if (await hasIdentity(tx, person.issuer, found.id))
    return new AppError(
      'oidc_refused',
      'Your account is linked to another identity of the same provider. Ask the security administrator.',
    );
  // A one-time password that somebody else knows is void once the person has shown who they are.
  if (found.mustChangePassword) await saveAccount(tx, found.id, { passwordHash: null, mustChangePassword: false });
  await insertIdentity(tx, person.issuer, person.subject, found.id);
  await record(tx, {
    actor: { kind: 'account', accountId: found.id },
    action: 'account.link_identity',
    subject: { type: 'account', id: found.id },
    accountId: found.id,
    atMs: parts.clock.now(),
    data: { issuer: person.issuer },
    words: { subject: person.subject },
  });
  return await getAccount(tx, found.id);
}
