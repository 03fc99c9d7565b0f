import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { Outgoing } from '#server/net/guarded-fetch.ts';
import type { Vault } from '#server/vault/vault.ts';

/** What the bridge asks of groups; wire joins them. */
export interface GroupPort {
  /** The texts a bridge in use holds, opened; undefined when the group has none, or it is switched off. */
  secretsOf(groupId: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** Once for each `sourceRef` of a group. */
  receiveMessage(message: {
    groupId: string;
    authorName: string;
    authorKey: string;
    text: string;
    photos: Uint8Array[];
    at: Date;
    sourceRef: string;
  }): Promise<unknown>;
}

export interface WecomParts {
  database: Database;
  vault: Vault;
  clock: Clock;
  outgoing: Outgoing;
  groups: GroupPort;
  log: (error: unknown, message: string) => void;
}
