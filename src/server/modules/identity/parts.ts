import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { ActorMemory } from './actor-memory.ts';
import type { OidcProvider } from './oidc-provider.ts';
import type { Actor } from './rules.ts';

/** Who is behind the credentials of a request. */
export interface Identified {
  actor: Actor;
  session: { id: string; csrfToken: string; secondFactor: boolean } | null;
  /** A credential was sent but is no longer good. */
  expired: boolean;
}

/** What the commands and queries of identity work with. */
export interface Parts {
  database: Database;
  vault: Vault;
  clock: Clock;
  secure: boolean;
  oidc: OidcProvider | null;
  memory: ActorMemory<Identified>;
  /** Name shown in authenticator apps. */
  issuer: string;
  /** Idle limit of a session in minutes, by the face it was opened for. */
  idleMinutes: { desk: number; field: number };
  /** A session ends after this many milliseconds, however busy. */
  absoluteMs: number;
}

/** What identity wants to know of a request besides its parsed input. The Ctx of server/http offers all of it. */
export interface Visit {
  actor: Actor;
  ip: string;
  userAgent: string;
  session: { id: string; csrfToken: string; secondFactor: boolean } | null;
  cookies: { setSession(token: string, expiresAtMs: number): void; clearSession(): void };
}
