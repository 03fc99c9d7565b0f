import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '#server/modules/identity/index.ts';

/** What a handler may know of the request besides its parsed input. */
export interface Ctx {
  actor: Actor;
  requestId: string;
  /** Network address of the caller, for throttles only; never stored in clear. */
  ip: string;
  userAgent: string;
  /** Session of the caller, when signed in by cookie. */
  session: { id: string; csrfToken: string; secondFactor: boolean } | null;
  /** Sets or clears the session cookie of the answer. */
  cookies: { setSession(token: string, expiresAtMs: number): void; clearSession(): void };
  /** What a member of an online group proves themselves by: the header `x-member-key`, which no other page can send. */
  memberKey: string | null;
  /** Preferred language of the caller. */
  locale: 'zh-CN' | 'en';
}

/** Who is calling? Supplied by wire from identity, so that http knows no tables. */
export interface Identify {
  (credentials: { sessionToken: string | null; bearer: string | null }): Promise<{
    actor: Actor;
    session: Ctx['session'];
    /** The credential was sent but is no longer good. */
    expired: boolean;
  }>;
}

export const sessionCookie = '__Host-huangge';
/** Without TLS (localhost over http) browsers refuse the __Host- prefix on some engines; it is used wherever secure. */
export const plainCookie = 'huangge-session';

/** The header as it came; longer ones are no keys of ours. */
export function memberKeyOf(request: FastifyRequest): string | null {
  const key = request.headers['x-member-key'];
  return typeof key === 'string' && /^[A-Za-z0-9_-]{20,100}$/.test(key) ? key : null;
}

export function localeOf(request: FastifyRequest): 'zh-CN' | 'en' {
  return /^en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh-CN';
}

export function cookieJar(reply: FastifyReply, secure: boolean): Ctx['cookies'] {
  const name = secure ? sessionCookie : plainCookie;
  const common = { path: '/', httpOnly: true, secure, sameSite: 'lax' } as const;
  return {
    setSession: (token, expiresAtMs) =>
      void reply.setCookie(name, token, { ...common, expires: new Date(expiresAtMs) }),
    clearSession: () => void reply.clearCookie(name, common),
  };
}
