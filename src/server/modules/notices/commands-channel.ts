import type { noticeAdminRoutes } from '#contract/notices.ts';
import type { ChannelKind } from '#contract/notices-words.ts';
import type { Input } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { append } from '#server/modules/ledger/index.ts';
import { openAddress } from './addresses.ts';
import { assertArea, changed, type Work } from './command.ts';
import { homeDistrict, sealedAs } from './kit.ts';
import { findChannel, insertChannel, updateChannel, type ChannelRow } from './store-channel.ts';
import { insertDeliveries, suppressFor, wakeDeliveries } from './store-delivery.ts';

type Save = Input<typeof noticeAdminRoutes.saveChannel>['body'];
type Edit = Input<typeof noticeAdminRoutes.editChannel>['body'];
type Done = { ledgerId: string };

const needsSecret: Record<ChannelKind, boolean> = { sms: true, wecom: false, dingtalk: true };

/** Adds a gateway or a group robot; address and secret are sealed. @throws AppError bad_input */
export async function saveChannel(work: Work, wish: Save): Promise<Done & { id: string }> {
  const { kit, tx } = work;
  assertArea(kit, wish.areaCode);
  assertSecret(wish.kind, wish.secret);
  const row: ChannelRow = {
    id: uuidV7(kit.clock.now()),
    kind: wish.kind,
    name: wish.name,
    areaCode: wish.areaCode,
    minPriority: wish.minPriority,
    enabled: wish.enabled,
    address: seal(work, { url: wish.url, secret: wish.secret }),
    host: new URL(wish.url).host,
    version: 1,
  };
  await insertChannel(tx, row, kit.clock.now());
  return { id: row.id, ledgerId: await record(work, 'notice_channel.add', row.id, factsOf(row)) };
}

/** Changes a channel; without a new address or secret the old one stays. */
export async function editChannel(work: Work, id: string, wish: Edit): Promise<Done> {
  const { kit, tx } = work;
  const before = await getChannel(tx, id);
  assertArea(kit, wish.areaCode);
  const old = before.address === null ? {} : openAddress(kit, before.address);
  const url = wish.url ?? old['url'] ?? '';
  const secret = wish.secret ?? old['secret'] ?? '';
  assertSecret(before.kind, secret);
  const { name, areaCode, minPriority, enabled } = wish;
  const address = seal(work, { url, secret });
  const after: ChannelRow = { ...before, name, areaCode, minPriority, enabled, address, host: new URL(url).host };
  changed(await updateChannel(tx, after, { seen: wish.version }));
  const secretChanged = secret !== (old['secret'] ?? '');
  return {
    ledgerId: await record(work, 'notice_channel.edit', id, {
      from: factsOf(before),
      to: factsOf(after),
      secretChanged,
    }),
  };
}

/** Takes a channel out of use and forgets its address. */
export async function retireChannel(work: Work, id: string, version: number): Promise<Done> {
  const { kit, tx } = work;
  const before = await getChannel(tx, id);
  const gone: ChannelRow = { ...before, enabled: false, address: null };
  changed(await updateChannel(tx, gone, { seen: version, retiredMs: kit.clock.now() }));
  await suppressFor(tx, id, 'not_configured');
  return { ledgerId: await record(work, 'notice_channel.retire', id, factsOf(before)) };
}

/** Puts a test message into the queue: into the group, or by SMS to whoever asks for it. */
export async function testChannel(work: Work, id: string): Promise<Done & { deliveryId: string }> {
  const { kit, tx, accountId } = work;
  const row = await getChannel(tx, id);
  if (!row.enabled) throw new AppError('bad_input', 'This channel is switched off. Switch it on first, then test it.');
  const nowMs = kit.clock.now();
  const deliveryId = uuidV7(nowMs);
  await insertDeliveries(tx, [
    {
      id: deliveryId,
      entryId: null,
      kind: 'system',
      action: 'notice.test',
      priority: 3,
      lastError: null,
      subjectType: 'notice_channel',
      subjectId: id,
      facts: {},
      atMs: nowMs,
      channel: row.kind,
      targetId: row.kind === 'sms' ? accountId : id,
      state: 'waiting',
      nextMs: nowMs,
      createdMs: nowMs,
    },
  ]);
  return { deliveryId, ledgerId: await record(work, 'notice_channel.test', id, factsOf(row)) };
}

/** Sends again what was given up. */
export async function replay(
  work: Work,
  which: { ids: readonly string[] } | { targetId: string },
): Promise<Done & { count: number }> {
  const count = await wakeDeliveries(work.tx, which, work.kit.clock.now());
  if (count === 0) throw new AppError('not_found', 'None of these is waiting to be sent again. Reload the queue.');
  const subject = 'ids' in which ? (which.ids[0] ?? '') : which.targetId;
  return { count, ledgerId: await record(work, 'delivery.replay', subject, { count }) };
}

function assertSecret(kind: ChannelKind, secret: string): void {
  if (needsSecret[kind] && secret.length < 8)
    throw new AppError('bad_input', 'secret: expected the signing secret, at least 8 characters.', { field: 'secret' });
}

async function getChannel(tx: Tx, id: string): Promise<ChannelRow> {
  const row = await findChannel(tx, id);
  if (row === undefined) throw new AppError('not_found', 'There is no such channel. Reload the list.', { id });
  return row;
}

function seal({ kit }: Work, address: { url: string; secret: string }): Buffer {
  return kit.vault.seal(JSON.stringify(address), sealedAs.channel);
}

function factsOf({ kind, host, areaCode, minPriority, enabled }: ChannelRow): Record<string, unknown> {
  return { kind, host, areaCode, minPriority, enabled };
}

async function record(work: Work, action: string, id: string, data: Record<string, unknown>): Promise<string> {
  const { kit, tx, actor, opId } = work;
  const district = await homeDistrict(tx);
  const subject = { type: action.split('.')[0] ?? '', id };
  return append(tx, {
    actor,
    action,
    subject,
    district,
    atMs: kit.clock.now(),
    data,
    audience: [`a:${district}`],
    opId,
  });
}
