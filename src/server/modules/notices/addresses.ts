import type { DeliveryChannel } from '#contract/notices-words.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Address } from './channel.ts';
import { sealedAs, type Kit } from './kit.ts';
import { findChannel, listChannels } from './store-channel.ts';
import { findLocale, findSetting, listPush, removePush } from './store-setting.ts';
import { findEndpoint } from './store-webhook.ts';

/** One place a message goes to. */
export interface Reached {
  address: Address;
  locale: string;
  /** Set for a browser, so that one that is gone can be forgotten. */
  push?: { digest: Buffer; accountId: string };
}

export interface Found {
  reached: Reached[];
  /** Why there is none: a word of the contract of the queue. */
  why: 'no_address' | 'not_configured' | 'switched_off';
}

/** Opens the addresses of a target; they are in memory only while a message is being sent. */
export async function addressesOf(kit: Kit, tx: Tx, channel: DeliveryChannel, targetId: string): Promise<Found> {
  if (channel === 'webhook') return ofEndpoint(kit, tx, targetId);
  if (channel === 'wecom' || channel === 'dingtalk') return ofGroup(kit, tx, targetId);
  const locale = await findLocale(tx, targetId);
  if (channel === 'web_push') return ofBrowsers(kit, tx, targetId, locale);
  const setting = await findSetting(tx, targetId);
  const sealed = channel === 'email' ? setting?.email : setting?.phone;
  if (sealed === null || sealed === undefined) return { reached: [], why: 'no_address' };
  const to = kit.vault.open(sealed, sealedAs[channel === 'email' ? 'email' : 'phone']);
  if (channel === 'email') return { reached: [{ address: { to }, locale }], why: 'no_address' };
  const gateway = (await listChannels(tx)).find((one) => one.kind === 'sms' && one.enabled && one.address !== null);
  if (gateway?.address === null || gateway === undefined) return { reached: [], why: 'not_configured' };
  return { reached: [{ address: { ...openAddress(kit, gateway.address), phone: to }, locale }], why: 'no_address' };
}

async function ofBrowsers(kit: Kit, tx: Tx, accountId: string, locale: string): Promise<Found> {
  const rows = await listPush(tx, [accountId]);
  const reached = rows.map(({ digest, address }) => ({
    address: JSON.parse(kit.vault.open(address, sealedAs.push)) as Address,
    locale,
    push: { digest, accountId },
  }));
  return { reached, why: 'no_address' };
}

async function ofGroup(kit: Kit, tx: Tx, id: string): Promise<Found> {
  const row = await findChannel(tx, id);
  if (row === undefined || row.address === null) return { reached: [], why: 'not_configured' };
  if (!row.enabled) return { reached: [], why: 'switched_off' };
  return { reached: [{ address: openAddress(kit, row.address), locale: 'zh-CN' }], why: 'not_configured' };
}

async function ofEndpoint(kit: Kit, tx: Tx, id: string): Promise<Found> {
  const row = await findEndpoint(tx, id);
  if (row === undefined || row.secret === null) return { reached: [], why: 'not_configured' };
  if (row.status !== 'active') return { reached: [], why: 'switched_off' };
  const old = row.oldSecret !== null && row.oldUntil !== null && row.oldUntil.getTime() > kit.clock.now();
  const address: Address = {
    url: row.url,
    secret: kit.vault.open(row.secret, sealedAs.secret),
    ...(old && row.oldSecret !== null ? { oldSecret: kit.vault.open(row.oldSecret, sealedAs.secret) } : {}),
  };
  return { reached: [{ address, locale: 'zh-CN' }], why: 'not_configured' };
}

/** URL and secret of a gateway or robot. */
export function openAddress(kit: Pick<Kit, 'vault'>, sealed: Buffer): Address {
  return JSON.parse(kit.vault.open(sealed, sealedAs.channel)) as Address;
}

/** A browser that said goodbye is not asked again. */
export async function forgetAddress(kit: Kit, channel: DeliveryChannel, { push }: Reached): Promise<void> {
  if (channel !== 'web_push' || push === undefined) return;
  await kit.database.inTx(systemScope, (tx) => removePush(tx, push.digest, push.accountId));
}
