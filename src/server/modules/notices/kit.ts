import type { DeliveryChannel } from '#contract/notices-words.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import type { IdentityQueries } from '#server/modules/identity/index.ts';
import type { Sequencer } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import type { Channel } from './channel.ts';

/** What the module is built from; wiring gives it. */
export interface NoticesDeps {
  database: Database;
  vault: Vault;
  clock: Clock;
  tenant: string;
  /** For links in messages. */
  publicUrl: string;
  ledger: Pick<Sequencer, 'readSince' | 'lastSeq'>;
  territory: Territory;
  holdersOf: IdentityQueries['holdersOf'];
  channels: readonly Channel[];
  /** Sender of e-mail, if it is configured. */
  mailFrom: string | null;
  /** Public key of Web Push (base64url). */
  pushKey: string;
  /** Judges an address before it is stored. @throws Error whose message says why not. */
  checkAddress: (url: string) => Promise<void>;
  /** Chance between 0 and 1; tests give their own. */
  random?: () => number;
}

export interface Kit extends Omit<NoticesDeps, 'channels'> {
  channels: ReadonlyMap<DeliveryChannel, Channel>;
  random: () => number;
}

/** The district a line about a person's or the installation's own things belongs to: the first area known. */
export async function homeDistrict(tx: Tx): Promise<string> {
  const row = await tx.db
    .selectFrom('area')
    .select('code')
    .where('parent_code', 'is', null)
    .where('retired_at', 'is', null)
    .orderBy('code')
    .executeTakeFirst();
  return row?.code.slice(0, 6) ?? '000000';
}

/** Contexts of the vault: a sealed value cannot be moved to another field. */
export const sealedAs = {
  email: 'notice_setting.email',
  phone: 'notice_setting.phone',
  push: 'push_subscription.address',
  channel: 'notice_channel.address',
  secret: 'webhook_endpoint.secret',
  key: 'notice_key.sealed',
} as const;
