/** Secrets of one round to the identity provider; they wait in a sealed cookie of the browser that began it. */
export interface OidcChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** What the provider says about the person who signed in there. */
export interface OidcPerson {
  issuer: string;
  subject: string;
  /** Only when the provider says it is verified. */
  verifiedEmail: string | null;
  /** Only when this installation is configured to trust the provider's login names. */
  trustedLogin: string | null;
}

/** The organisation's own sign-in service. Implemented in integrations/oidc. */
export interface OidcProvider {
  /** Shown on the button. */
  readonly name: string;
  begin(): Promise<{ url: string; checks: OidcChecks }>;
  /**
   * @param query of the callback, exactly as received
   * @throws AppError oidc_refused when state, nonce, signature or anything else is not as begun
   */
  finish(query: Record<string, string>, checks: OidcChecks): Promise<OidcPerson>;
}
