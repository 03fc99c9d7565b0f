import * as client from 'openid-client';
import { AppError } from '#kit/errors.ts';
import type { OidcChecks, OidcPerson, OidcProvider } from '#server/modules/identity/index.ts';

export interface OidcOptions {
  /** Shown on the sign-in button. */
  name: string;
  /** Issuer address; its discovery document is read when first needed. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Our own `/api/oidc/callback`, as registered with the provider. */
  redirectUri: string;
  /** The provider's `preferred_username` is one of our logins, and people there cannot choose it themselves. */
  trustLogin: boolean;
  /** Plain http to the provider: only for tests on loopback. */
  allowHttp?: boolean;
}

/**
 * Authorization code flow with PKCE, state and nonce against any OpenID Connect provider. Nothing is asked of the
 * provider before somebody presses the button, so the program starts while the provider is down.
 */
export function createOidcProvider(options: OidcOptions): OidcProvider {
  let discovered: Promise<client.Configuration> | undefined;

  async function configuration(): Promise<client.Configuration> {
    const execute = options.allowHttp === true ? [client.allowInsecureRequests] : [];
    discovered ??= client.discovery(new URL(options.issuer), options.clientId, options.clientSecret, undefined, {
      execute,
      timeout: 10,
    });
    try {
      return await discovered;
    } catch (error) {
      discovered = undefined;
      throw refused(`${options.issuer} could not be asked for its settings`, error);
    }
  }

  return {
    name: options.name,
    async begin() {
      const config = await configuration();
      const checks: OidcChecks = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: options.redirectUri,
        scope: 'openid profile email',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, checks };
    },
    async finish(query, checks) {
      const config = await configuration();
      const came = new URL(options.redirectUri);
      for (const [key, value] of Object.entries(query)) came.searchParams.set(key, value);
      try {
        return await readPerson(config, came, checks, options.trustLogin);
      } catch (error) {
        throw refused('its answer is not what was asked for', error);
      }
    },
  };
}

async function readPerson(
  config: client.Configuration,
  came: URL,
  checks: OidcChecks,
  trustLogin: boolean,
): Promise<OidcPerson> {
  const tokens = await client.authorizationCodeGrant(config, came, {
    pkceCodeVerifier: checks.codeVerifier,
    expectedState: checks.state,
    expectedNonce: checks.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('no ID token');
  // Many providers put profile and email only behind the userinfo address.
  const asks = config.serverMetadata().userinfo_endpoint !== undefined && claims['email'] === undefined;
  const more = asks ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
  const told: Record<string, unknown> = { ...more, ...claims };
  const { email, email_verified: verified, preferred_username: login } = told;
  return {
    issuer: claims.iss,
    subject: claims.sub,
    verifiedEmail: typeof email === 'string' && verified === true ? email : null,
    trustedLogin: trustLogin && typeof login === 'string' ? login : null,
  };
}

function refused(what: string, error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError(
    'oidc_refused',
    `The identity provider did not confirm the sign-in: ${what} (${reason}). Begin again; if it stays so, tell the system administrator.`,
  );
}
