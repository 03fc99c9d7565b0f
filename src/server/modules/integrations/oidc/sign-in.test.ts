import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { generateSync } from 'otplib';
import { anonymous, type RedirectAnswer, type Visit } from '#server/modules/identity/index.ts';
import { openBrowser } from '#test/helpers/browser.ts';
import { openStory, password, type Story } from '#test/helpers/identity-story.ts';
import { startLocalProvider, type LocalProvider } from './local-provider.fixture.ts';
import { createOidcProvider } from './oidc.ts';

const redirectUri = 'http://127.0.0.1:9/api/oidc/callback';
const door = '/desk/sign-in?returnTo=%2Fdesk%3Fstatus%3Dfiled';
let local: LocalProvider;
let story: Story;

beforeAll(async () => {
  local = await startLocalProvider(redirectUri, {
    'sub-hand': { email: 'HAND@example.org', email_verified: true },
    'sub-claims': { email: 'hand@example.org', email_verified: false },
    'sub-again': { email: 'hand@example.org', email_verified: true },
    'sub-disp': { preferred_username: 'disp' },
    'sub-sys': { preferred_username: 'sys' },
    'sub-bot': { preferred_username: 'bot' },
    'sub-stranger': { email: 'stranger@example.org', email_verified: true, preferred_username: 'stranger' },
  });
  const { issuer, clientId, clientSecret } = local;
  const oidc = createOidcProvider({
    name: '统一认证',
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    trustLogin: true,
    allowHttp: true,
  });
  story = await openStory({ oidc });
});
beforeEach(() => story.begin());
afterAll(async () => {
  await story.end();
  await local.stop();
});

function oidc() {
  if (story.identity.oidc === null) throw new Error('The story has a provider.');
  return story.identity.oidc;
}

/** A visit without a session; `browser` holds the session it was given. */
function visitor() {
  const browser = openBrowser(story.app);
  const visit: Visit = {
    actor: anonymous,
    ip: '10.0.0.1',
    userAgent: 'test',
    session: null,
    cookies: {
      setSession: (token) => void browser.cookies.set('huangge-session', token),
      clearSession: () => undefined,
    },
  };
  return { browser, visit };
}

async function signIn(subject: string, change: { waiting?: string | null; query?: Record<string, string> } = {}) {
  const started = await oidc().start({ returnTo: '/desk?status=filed' });
  const query = await local.visit(started.redirectTo, subject);
  const { browser, visit } = visitor();
  const waiting = change.waiting === undefined ? (started.cookies[0]?.value ?? null) : change.waiting;
  const answer: RedirectAnswer = await oidc().finish(visit, { query: { ...query, ...change.query }, waiting });
  return { started, browser, answer };
}

test('a person registered by email signs in, comes back to where they were, and is linked', async () => {
  const { started, browser, answer } = await signIn('sub-hand');
  expect(started.cookies).toMatchObject([{ name: 'huangge-oidc', httpOnly: true, sameSite: 'lax', maxAgeS: 600 }]);
  expect(answer).toMatchObject({
    redirectTo: '/desk?status=filed',
    problem: null,
    cookies: [{ name: 'huangge-oidc', maxAgeS: 0 }],
  });
  expect((await browser.call('GET', '/api/session')).body).toMatchObject({
    account: { login: 'hand' },
    oidcName: '统一认证',
  });
  expect(await story.actions()).toEqual(['account.seed', 'account.link_identity', 'session.begin']);
  await signIn('sub-hand');
  expect(await story.actions()).toEqual(['account.seed', 'account.link_identity', 'session.begin', 'session.begin']);
});

test('a login name counts when the provider is trusted with it', async () => {
  const { browser } = await signIn('sub-disp');
  expect((await browser.call('GET', '/api/session')).body).toMatchObject({ account: { login: 'disp' } });
});

test.each([
  ['an unknown person', 'sub-stranger', /no account here is registered/],
  ['an unverified email', 'sub-claims', /no account here is registered/],
  ['an administrator', 'sub-sys', /Administrators sign in here/],
  ['a service account', 'sub-bot', /no account here is registered/],
])('%s is refused, and nobody is created', async (_who, subject, words) => {
  const before = await story.rows('select count(*) from account');
  const { browser, answer } = await signIn(subject);
  expect(answer).toMatchObject({
    redirectTo: `${door}&problem=oidc_refused`,
    problem: { message: expect.stringMatching(words) },
  });
  expect(browser.cookies.size).toBe(0);
  expect(await story.rows('select count(*) from account')).toEqual(before);
  expect(await story.rows('select outcome, way from sign_in_attempt')).toEqual([{ outcome: 'refused', way: 'oidc' }]);
});

test('a second identity with the same email does not take the account over', async () => {
  await signIn('sub-hand');
  expect((await signIn('sub-again')).answer.problem?.message).toMatch(/another identity/);
});

test.each([
  ['no cookie: begun in another browser', { waiting: null }],
  ['a forged cookie', { waiting: 'AAAA' }],
  ['another state', { query: { state: 'another' } }],
])('%s is refused', async (_what, change) => {
  const { browser, answer } = await signIn('sub-hand', change);
  expect(answer.redirectTo).toMatch(/^\/desk\/sign-in\?.*problem=oidc_refused$/);
  expect(browser.cookies.size).toBe(0);
});

test('the cookie of another round does not fit: its nonce, state and verifier differ', async () => {
  const other = await oidc().start({ returnTo: '/' });
  const { answer } = await signIn('sub-hand', { waiting: other.cookies[0]?.value ?? null });
  expect(answer.problem?.code).toBe('oidc_refused');
});

test('after ten minutes the round is over', async () => {
  const started = await oidc().start({ returnTo: '/' });
  const query = await local.visit(started.redirectTo, 'sub-hand');
  story.clock.advance(600_000);
  const answer = await oidc().finish(visitor().visit, { query, waiting: started.cookies[0]?.value ?? null });
  expect(answer.problem?.message).toMatch(/ten minutes/);
});

test('a foreign address to return to becomes the front page', async () => {
  const started = await oidc().start({ returnTo: '//evil.example' });
  const query = await local.visit(started.redirectTo, 'sub-hand');
  const answer = await oidc().finish(visitor().visit, { query, waiting: started.cookies[0]?.value ?? null });
  expect(answer.redirectTo).toBe('/');
});

test('a disabled or held account stays out, and a second factor is asked for here too', async () => {
  await story.rows(`update account set status = 'disabled' where login = 'hand'`);
  expect((await signIn('sub-hand')).answer.problem?.code).toBe('oidc_refused');
  await story.rows(`update account set status = 'active', held_at = now() where login = 'hand'`);
  expect((await signIn('sub-hand')).answer.problem?.code).toBe('account_locked');
  await story.rows(`update account set held_at = null where login = 'hand'`);
  const local = await story.signedIn('hand');
  const { body } = await local.call('POST', '/api/session/totp', { password });
  const code = () => generateSync({ secret: String(body['secret']), epoch: Math.floor(story.clock.now() / 1000) });
  await local.call('POST', '/api/session/totp/confirm', { code: code() });
  story.clock.advance(30_000);
  const { browser, answer } = await signIn('sub-hand');
  expect(browser.cookies.size).toBe(0);
  const [page, pendingToken] = answer.redirectTo.split('#pending=');
  expect(page).toBe(door);
  expect((await browser.call('POST', '/api/session/second-factor', { pendingToken, code: code() })).status).toBe(200);
});

test('somebody registered with a one-time password need not change it when the provider vouches for them', async () => {
  const sys = await story.signedIn('sys');
  await sys.call('POST', `/api/people/${story.idOf('hand')}/password`, {});
  const { browser } = await signIn('sub-hand');
  const { body } = await browser.call('GET', '/api/session');
  expect(body).toMatchObject({
    account: { mustChangePassword: false, permissions: expect.arrayContaining(['event.handle']) },
  });
  expect(await story.rows(`select password_hash from account where login = 'hand'`)).toEqual([{ password_hash: null }]);
});
