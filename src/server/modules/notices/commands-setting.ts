import type { noticeRoutes } from '#contract/notices.ts';
import { noticeKinds } from '#contract/notices-words.ts';
import type { Input } from '#contract/route.ts';
import { append } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { changed, ownAccount, ownScope, type Work } from './command.ts';
import { homeDistrict, sealedAs, type Kit } from './kit.ts';
import { countPush, removePush, savePush, saveSetting, trimPush } from './store-setting.ts';
import type { Actor } from '#server/modules/identity/index.ts';

type Wish = Input<typeof noticeRoutes.saveSettings>['body'];
type Push = Input<typeof noticeRoutes.addPush>['body'];

const browsersEach = 10;

/** Saves how somebody wants to be told. Address and number are sealed; the ledger says only which were given. */
export async function saveOwnSetting({ kit, tx, actor, accountId, opId }: Work, wish: Wish): Promise<object> {
  const nowMs = kit.clock.now();
  const channels = Object.fromEntries(
    noticeKinds.flatMap((kind) => {
      const chosen = wish.channels[kind];
      return chosen === undefined || kind === 'second_channel' ? [] : [[kind, [...new Set(chosen)]]];
    }),
  );
  const row = {
    accountId,
    channels,
    quiet: wish.quiet,
    email: wish.email === null ? null : kit.vault.seal(wish.email, sealedAs.email),
    phone: wish.phone === null ? null : kit.vault.seal(wish.phone, sealedAs.phone),
  };
  changed(await saveSetting(tx, row, wish.version, nowMs));
  await append(tx, {
    actor,
    action: 'notice_setting.save',
    subject: { type: 'account', id: accountId },
    district: await homeDistrict(tx),
    atMs: nowMs,
    data: { channels, quiet: wish.quiet, email: wish.email !== null, phone: wish.phone !== null },
    audience: [`p:${accountId}`],
    opId,
  });
  return {};
}

/** A browser of this account will get messages. A heartbeat of a browser, not a matter of record. */
export async function addPush(kit: Kit, actor: Actor, { endpoint, keys }: Push): Promise<{ pushCount: number }> {
  const accountId = ownAccount(actor);
  const address = kit.vault.seal(JSON.stringify({ endpoint, ...keys }), sealedAs.push);
  // Under the program's scope: the browser may have belonged to somebody else, who signed in there before.
  return kit.database.inTx({ ...ownScope(actor), seeAll: true }, async (tx) => {
    await savePush(tx, { digest: digestSecret(endpoint), accountId, address }, kit.clock.now());
    await trimPush(tx, accountId, browsersEach);
    return { pushCount: await countPush(tx, accountId) };
  });
}

export async function dropPush(kit: Kit, actor: Actor, endpoint: string): Promise<{ pushCount: number }> {
  const accountId = ownAccount(actor);
  return kit.database.inTx(ownScope(actor), async (tx) => {
    await removePush(tx, digestSecret(endpoint), accountId);
    return { pushCount: await countPush(tx, accountId) };
  });
}
