import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOidcProvider, type OidcOptions } from './oidc.ts';
import { startLocalProvider, type LocalProvider } from './local-provider.fixture.ts';

const redirectUri = 'http://127.0.0.1:9/api/oidc/callback';
let local: LocalProvider;

beforeAll(async () => {
  local = await startLocalProvider(redirectUri, {
    'sub-1': { email: 'wang@example.org', email_verified: true, preferred_username: 'wang' },
    'sub-2': { email: 'li@example.org', email_verified: false, preferred_username: 'li' },
  });
});
afterAll(() => local.stop());

function provider(change: Partial<OidcOptions> = {}) {
  const { issuer, clientId, clientSecret } = local;
  return createOidcProvider({
    name: 'Test',
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    trustLogin: false,
    allowHttp: true,
    ...change,
  });
}

test('a person who signed in at the provider comes back with subject and verified email', async () => {
  const oidc = provider();
  const { url, checks } = await oidc.begin();
  const query = await local.visit(url, 'sub-1');
  expect(await oidc.finish(query, checks)).toEqual({
    issuer: local.issuer,
    subject: 'sub-1',
    verifiedEmail: 'wang@example.org',
    trustedLogin: null,
  });
});

test('an unverified email is not passed on, a login only when trusted', async () => {
  const oidc = provider({ trustLogin: true });
  const { url, checks } = await oidc.begin();
  const person = await oidc.finish(await local.visit(url, 'sub-2'), checks);
  expect(person).toMatchObject({ verifiedEmail: null, trustedLogin: 'li' });
});

test.each([
  ['state', { state: 'another' }],
  ['nonce', { nonce: 'another' }],
  ['codeVerifier', { codeVerifier: 'another-verifier-that-is-long-enough-for-pkce-0123456789' }],
])('an answer with another %s than begun is refused', async (_what, change) => {
  const oidc = provider();
  const { url, checks } = await oidc.begin();
  const query = await local.visit(url, 'sub-1');
  await expect(oidc.finish(query, { ...checks, ...change })).rejects.toMatchObject({ code: 'oidc_refused' });
});

test('an answer is good once', async () => {
  const oidc = provider();
  const { url, checks } = await oidc.begin();
  const query = await local.visit(url, 'sub-1');
  await oidc.finish(query, checks);
  await expect(oidc.finish(query, checks)).rejects.toMatchObject({ code: 'oidc_refused' });
});

test('a refusal of the provider is a refusal here', async () => {
  const oidc = provider();
  const { checks } = await oidc.begin();
  await expect(
    oidc.finish({ error: 'access_denied', state: checks.state, iss: local.issuer }, checks),
  ).rejects.toMatchObject({ code: 'oidc_refused' });
});

test('a provider that is down is a refusal, and is asked again next time', async () => {
  const oidc = provider({ issuer: 'http://127.0.0.1:9' });
  await expect(oidc.begin()).rejects.toMatchObject({ code: 'oidc_refused' });
  await expect(oidc.begin()).rejects.toMatchObject({ code: 'oidc_refused' });
});
