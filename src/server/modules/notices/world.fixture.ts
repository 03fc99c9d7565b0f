import { randomUUID } from 'node:crypto';
import type { DeliveryChannel } from '#contract/notices-words.ts';
import { systemScope } from '#server/db/scope.ts';
import { createIdentity, type Actor } from '#server/modules/identity/index.ts';
import { append, configureLedger, createSequencer, createSigner, makeLedgerKey } from '#server/modules/ledger/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld, type World } from '#test/helpers/events-world.ts';
import type { Address, Channel, ChannelError, Message } from './channel.ts';
import type { NoticesDeps } from './kit.ts';
import { createNotices, type Notices } from './notices.ts';

export interface Sent {
  channel: DeliveryChannel;
  address: Address;
  message: Message;
}

/** A channel that remembers what it took; `fail` makes it refuse, `hold` makes it never answer. */
export interface FakeChannel extends Channel {
  sent: Sent[];
  fail: ChannelError | null;
  hold: boolean;
}

function fakeChannel(name: DeliveryChannel, limits: Channel['limits']): FakeChannel {
  const channel: FakeChannel = {
    name,
    limits,
    sent: [],
    fail: null,
    hold: false,
    async send(address, message) {
      if (channel.fail !== null) throw channel.fail;
      channel.sent.push({ channel: name, address, message });
      if (channel.hold) await new Promise(() => undefined);
    },
  };
  return channel;
}

/** The small city of events, with a running ledger, notices, and channels that go nowhere. */
export interface NoticesWorld extends World {
  notices: Notices;
  channel: Record<'web_push' | 'email' | 'sms' | 'wecom' | 'webhook', FakeChannel>;
  admin: { actor: Actor };
  /** Another process over the same database. */
  another(change?: Partial<NoticesDeps>): Notices;
  /** Writes a line as some module would, and has it numbered. */
  line(
    action: string,
    options?: { data?: object; audience?: string[]; actorId?: string; words?: object },
  ): Promise<void>;
  /** Makes notices of what happened and sends what is due. */
  turn(): Promise<void>;
}

export async function createNoticesWorld(): Promise<NoticesWorld> {
  const world = await createEventsWorld();
  const { database, clock, territory } = world;
  const vault = createVault([new Uint8Array(32).fill(9)]);
  const signer = createSigner(makeLedgerKey());
  const sequencer = createSequencer({ database, tenant: 'test', signer, clock, log: { error: () => undefined } });
  configureLedger({ tenant: 'test', wake: () => sequencer.wake() });
  await sequencer.start();
  const identity = createIdentity({ database, vault, clock, secure: false });
  const personal = { perMinute: null, mergeUpTo: 10 };
  const channel = {
    web_push: fakeChannel('web_push', personal),
    email: fakeChannel('email', personal),
    sms: fakeChannel('sms', personal),
    wecom: fakeChannel('wecom', { perMinute: 2, mergeUpTo: 5 }),
    webhook: fakeChannel('webhook', { perMinute: null, mergeUpTo: 1 }),
  };
  const deps: NoticesDeps = {
    database,
    vault,
    clock,
    tenant: 'test',
    publicUrl: 'https://huangge.example.org',
    ledger: sequencer,
    territory,
    holdersOf: identity.queries.holdersOf,
    channels: Object.values(channel),
    mailFrom: 'huangge@example.org',
    pushKey: 'public-key',
    checkAddress: async (url) => {
      if (url.includes('inner')) throw new Error('inner is not an address of the public internet.');
    },
    random: () => 0,
  };
  const notices = createNotices(deps);
  await notices.begin();
  for (const { accountId, grants } of Object.values(world.as)) {
    for (const { unitId, areaCode, role } of grants)
      await world.owner.query(
        "insert into appointment (id, account_id, unit_id, area_code, role, since) values ($1, $2, $3, $4, $5, '2026-01-01')",
        [randomUUID(), accountId, unitId, areaCode, role],
      );
  }
  const accountId = randomUUID();
  await world.owner.query(
    "insert into account (id, login, display_name, admin_kind) values ($1, 'sysadmin', '系统管理员', 'system')",
    [accountId],
  );
  return {
    ...world,
    notices,
    channel,
    admin: {
      actor: { kind: 'account', accountId, name: 'sysadmin', adminKind: 'system', limitedTo: null, grants: [] },
    },
    another: (change = {}) => createNotices({ ...deps, ...change }),
    async line(action, { data = {}, audience = [], actorId, words } = {}) {
      await database.inTx(systemScope, (tx) =>
        append(tx, {
          actor: { kind: actorId === undefined ? 'system' : 'account', accountId: actorId ?? null },
          action,
          subject: { type: action.split('.')[0] ?? '', id: randomUUID() },
          district: '500103',
          atMs: clock.now(),
          data: { ...data },
          audience,
          ...(words === undefined ? {} : { words: { ...words } }),
        }),
      );
      await sequencer.idle();
    },
    async turn() {
      await notices.advance();
      await notices.deliver('people');
      await notices.deliver('systems');
    },
    async close() {
      await sequencer.stop();
      await world.close();
    },
  };
}
