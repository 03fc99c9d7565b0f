import { noticeAdminRoutes, noticeRoutes, webhookRoutes } from '#contract/notices.ts';
import { mount } from '#server/http/mount.ts';
import {
  createDingtalk,
  createEmail,
  createSms,
  createWebhook,
  createWebPush,
  createWecom,
  makeVapidKeys,
  type VapidKeys,
} from '#server/modules/integrations/index.ts';
import { createNotices, keepSealedKey, type Notices } from '#server/modules/notices/index.ts';
import type { Joined, Parts } from './parts.ts';

/** Joins notices: what the ledger tells people, group chats and other systems. */
export async function joinNotices(parts: Parts): Promise<Joined & { notices: Notices }> {
  const { app, config, database, vault, clock, doors, sequencer, territory, identity, outgoing } = parts;
  const kept = await keepSealedKey(parts, 'vapid', () => JSON.stringify(makeVapidKeys()), clock.now());
  const vapid = JSON.parse(kept) as VapidKeys;
  const contact = config.secure ? config.publicUrl : 'mailto:huangge@localhost';
  const email = config.mail === null ? null : createEmail(config.mail);
  const notices = createNotices({
    database,
    vault,
    clock,
    tenant: config.tenant,
    publicUrl: config.publicUrl,
    ledger: sequencer,
    territory,
    holdersOf: identity.queries.holdersOf,
    channels: [
      createWebPush(outgoing, vapid, contact),
      ...(email === null ? [] : [email]),
      createSms(outgoing, clock),
      createWecom(outgoing),
      createDingtalk(outgoing, clock),
      createWebhook(outgoing, clock),
    ],
    mailFrom: config.mail?.from ?? null,
    pushKey: vapid.publicKey,
    checkAddress: outgoing.check,
  });
  await notices.begin();
  mount(app, noticeRoutes, notices.handlers, doors);
  mount(app, noticeAdminRoutes, notices.adminHandlers, doors);
  mount(app, webhookRoutes, notices.webhookHandlers, doors);
  return {
    notices,
    jobs: [{ name: 'notices.sweep', cron: '15 3 * * *', expireS: 600, run: () => notices.sweep() }],
    tickers: [
      {
        name: 'notices.people',
        everyMs: 1000,
        async run() {
          await notices.advance();
          await notices.deliver('people');
        },
      },
      { name: 'notices.systems', everyMs: 1000, run: async () => void (await notices.deliver('systems')) },
    ],
    stop: async () => email?.close(),
  };
}
