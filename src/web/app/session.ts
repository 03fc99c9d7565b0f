/** The CSRF token given at sign-in: kept in memory only, asked for again after a reload (identity's "who am I"). */
let token: string | null = null;

export function csrfToken(): string | null {
  return token;
}

/** Called after sign-in, "who am I" and sign-out (null). */
export function setCsrfToken(next: string | null): void {
  token = next;
}
