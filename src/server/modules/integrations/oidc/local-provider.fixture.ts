import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** A real OpenID Connect provider on loopback, and a browser that presses its buttons. */
export interface LocalProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Goes to `url` as the person with this subject, signs in, consents; returns the query of the callback. */
  visit(url: string, subject: string): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

export type Claims = Record<string, unknown>;

export async function startLocalProvider(redirectUri: string, people: Record<string, Claims>): Promise<LocalProvider> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientId = 'huangge';
  const clientSecret = 'a secret of the test only';
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    cookies: { keys: ['test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'] },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_ctx: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
  });
  server.on('request', provider.callback());
  return {
    issuer,
    clientId,
    clientSecret,
    visit: (url, subject) => walk(url, subject, redirectUri),
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Follows redirects with a cookie jar; on a page with a form, fills it in and sends it. */
async function walk(start: string, subject: string, redirectUri: string): Promise<Record<string, string>> {
  const jar = new Map<string, string>();
  let next: { url: string; body?: URLSearchParams } = { url: start };
  for (let step = 0; step < 20; step++) {
    if (next.url.startsWith(redirectUri)) return Object.fromEntries(new URL(next.url).searchParams);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer: Response = await fetch(next.url, {
      method: next.body === undefined ? 'GET' : 'POST',
      body: next.body,
      headers: { cookie },
      redirect: 'manual',
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = answer.headers.get('location');
    const text = await answer.text();
    if (location !== null) next = { url: new URL(location, next.url).href };
    else next = fillIn(text, next.url, subject);
  }
  throw new Error('The local provider never came back.');
}

function fillIn(page: string, url: string, subject: string): { url: string; body: URLSearchParams } {
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
  const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
  if (action === undefined || prompt === undefined)
    throw new Error(`Expected a form at ${url}, found: ${page.slice(0, 300)}`);
  const fields: Record<string, string> = prompt === 'login' ? { prompt, login: subject, password: 'any' } : { prompt };
  return { url: new URL(action, url).href, body: new URLSearchParams(fields) };
}
