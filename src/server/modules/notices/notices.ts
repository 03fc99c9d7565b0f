import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Vault } from '#server/vault/vault.ts';
import { advance, begin } from './advance.ts';
import { deliver } from './deliver.ts';
import { createAdminHandlers, createOwnHandlers, createWebhookHandlers } from './handlers.ts';
import { sealedAs, type Kit, type NoticesDeps } from './kit.ts';
import { forgetOld } from './store-notice.ts';
import { findKey, keepKey, listSettings, listWithPush } from './store-setting.ts';

const dayMs = 86_400_000;
const keepDays = { read: 90, dead: 365 };

export interface Notices {
  handlers: ReturnType<typeof createOwnHandlers>;
  adminHandlers: ReturnType<typeof createAdminHandlers>;
  webhookHandlers: ReturnType<typeof createWebhookHandlers>;
  /** Called once at start, before anything happens that should be told. */
  begin(): Promise<void>;
  /** Turns new ledger lines into notices and deliveries; returns how many lines were read. */
  advance(): Promise<number>;
  /** Sends what is due to people and groups, or to other systems; returns how many messages were attempted. */
  deliver(whom: 'people' | 'systems'): Promise<number>;
  /** Forgets what is old; nothing of record. */
  sweep(): Promise<void>;
  /** How these people are reached, as they said themselves; whoever said nothing is missing. */
  contactsOf(accountIds: readonly string[]): Promise<ReadonlyMap<string, { phone: string | null; push: boolean }>>;
}

/** Builds the module once; see README.md. */
export function createNotices(deps: NoticesDeps): Notices {
  const kit: Kit = {
    ...deps,
    channels: new Map(deps.channels.map((channel) => [channel.name, channel])),
    random: deps.random ?? Math.random,
  };
  return {
    handlers: createOwnHandlers(kit),
    adminHandlers: createAdminHandlers(kit),
    webhookHandlers: createWebhookHandlers(kit),
    begin: () => begin(kit),
    advance: () => advance(kit),
    deliver: (whom) =>
      deliver(kit, whom === 'systems' ? ['webhook'] : ['web_push', 'sms', 'email', 'wecom', 'dingtalk']),
    contactsOf: (accountIds) => contactsOf(kit, accountIds),
    sweep: () =>
      kit.database.inTx(systemScope, (tx) => {
        const nowMs = kit.clock.now();
        return forgetOld(tx, nowMs - keepDays.read * dayMs, nowMs - keepDays.dead * dayMs);
      }),
  };
}

async function contactsOf({ database, vault }: Kit, accountIds: readonly string[]) {
  return database.read(systemScope, async (tx) => {
    const settings = await listSettings(tx, accountIds);
    const push = await listWithPush(tx, accountIds);
    const known = [...new Set([...settings.keys(), ...push])];
    return new Map(
      known.map((id) => {
        const sealed = settings.get(id)?.phone ?? null;
        return [id, { phone: sealed === null ? null : vault.open(sealed, sealedAs.phone), push: push.has(id) }];
      }),
    );
  });
}

/** The key of this name, opened; made by `make` and sealed at the first start, by whichever process comes first. */
export async function keepSealedKey(
  { database, vault }: { database: Database; vault: Vault },
  name: string,
  make: () => string,
  nowMs: number,
): Promise<string> {
  return database.inTx(systemScope, async (tx) => {
    if ((await findKey(tx, name)) === undefined) await keepKey(tx, name, vault.seal(make(), sealedAs.key), nowMs);
    const sealed = await findKey(tx, name);
    if (sealed === undefined) throw new Error(`The key ${name} was made but is not there.`);
    return vault.open(sealed, sealedAs.key);
  });
}
