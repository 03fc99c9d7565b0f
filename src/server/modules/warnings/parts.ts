import type { Clock } from '#kit/clock.ts';
import type { EffectKind } from '#contract/warnings-words.ts';
import type { Database } from '#server/db/pool.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { WarningKind } from './rules-colour.ts';

/** The one way out for polling; `src/server/net` gives it. Any HTTP status is an answer. */
export type FetchDocument = (
  url: string,
  options: { headers: Record<string, string>; maxBytes: number; timeoutMs: number },
) => Promise<{ status: number; headers: Record<string, string>; body: Uint8Array }>;

/** How many things an effect reaches in these areas; 'few' for so few people that the number is not told, null when nobody can say. Given by wire from the modules that know. */
export type CountReached = (wanted: {
  effect: EffectKind;
  target: string;
  areas: readonly string[];
}) => Promise<number | 'few' | null>;

export interface WarningsParts {
  database: Database;
  territory: LiveTerritory;
  clock: Clock;
  /** Of this installation: messages of ours are sent by its host name, and found under it. */
  publicUrl: URL;
  kinds: readonly WarningKind[];
  fetchDocument: FetchDocument;
  countReached: CountReached;
  /** Judges a URL before it is kept; throws when it may not be asked. */
  checkUrl: (url: string) => Promise<void>;
}

/** What handlers need to know of a request. */
export interface WarningsCtx {
  actor: Actor;
}

/** The sender that messages of ours carry: a name, as CAP asks, that nobody else has. */
export function ownSender(publicUrl: URL): string {
  return `huangge@${publicUrl.hostname}`;
}
