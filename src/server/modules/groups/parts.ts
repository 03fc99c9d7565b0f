import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import type { FileStore } from '#server/files/file-store.ts';
import type { Events } from '#server/modules/events/index.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { Vault } from '#server/vault/vault.ts';

/** Says something in a group on another platform. Throws when it could not be said; then it is tried again. */
export type SendOut = (message: {
  groupId: string;
  kind: 'wecom';
  target: string;
  secrets: Readonly<Record<string, string>>;
  text: string;
}) => Promise<void>;

export interface GroupsParts {
  database: Database;
  territory: LiveTerritory;
  vault: Vault;
  clock: Clock;
  files: FileStore;
  events: Pick<Events, 'joinReport' | 'standsAt' | 'photos' | 'openData'>;
  /** Given by wire; without it nothing is said elsewhere, and what waits goes on waiting. */
  sendOut?: SendOut;
}

/** What handlers of staff routes need to know of a request. */
export interface GroupsCtx {
  actor: Actor;
}

/** What handlers of members' routes need to know of one. */
export interface MemberCtx {
  memberKey: string | null;
}

/** Table and column: a sealed value opens only where it was put. */
export const sealedAt = {
  phone: 'group_person.phone',
  name: 'group_member.name',
  outsideName: 'group_message.outside_name',
  receipt: 'group_message.receipt',
  token: 'group_photo.token',
  secrets: 'group_bridge.secrets',
} as const;

export const photoSubject = 'group_message';
