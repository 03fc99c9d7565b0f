import type { noticeAdminRoutes, noticeRoutes, webhookRoutes } from '#contract/notices.ts';
import type { Handlers } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { command, ownAccount, ownScope } from './command.ts';
import { editChannel, replay, retireChannel, saveChannel, testChannel } from './commands-channel.ts';
import { addPush, dropPush, saveOwnSetting } from './commands-setting.ts';
import {
  addEndpoint,
  assertAddress,
  editEndpoint,
  renewSecret,
  retireEndpoint,
  tellSecret,
  testEndpoint,
} from './commands-webhook.ts';
import type { Kit } from './kit.ts';
import { channels, endpoints, inbox, ownSetting, queue, unread } from './queries.ts';
import { markRead } from './store-notice.ts';

/** What these handlers need to know of a request. */
export interface NoticesCtx {
  actor: Actor;
}

export function createOwnHandlers(kit: Kit): Handlers<typeof noticeRoutes, NoticesCtx> {
  return {
    inbox: ({ query }, { actor }) => inbox(kit, actor, query),
    unread: (_input, { actor }) => unread(kit, actor),
    markRead: async ({ body }, { actor }) => {
      const which = body.until === undefined ? { ids: body.ids ?? [] } : { untilMs: Date.parse(body.until) };
      // Not of record: a notice is a shadow of its line, and whether it was looked at is its owner's own business.
      await kit.database.inTx(ownScope(actor), (tx) => markRead(tx, ownAccount(actor), which, kit.clock.now()));
      return unread(kit, actor);
    },
    settings: (_input, { actor }) => ownSetting(kit, actor),
    saveSettings: async ({ body }, { actor }) => {
      const op = { route: 'notices.saveSettings', opId: body.opId, request: body, scope: ownScope(actor) };
      await command(kit, actor, op, (work) => saveOwnSetting(work, body));
      return ownSetting(kit, actor);
    },
    addPush: async ({ body }, { actor }) => {
      await assertAddress(kit, body.endpoint);
      return addPush(kit, actor, body);
    },
    removePush: ({ body }, { actor }) => dropPush(kit, actor, body.endpoint),
  };
}

export function createAdminHandlers(kit: Kit): Handlers<typeof noticeAdminRoutes, NoticesCtx> {
  return {
    channels: () => channels(kit),
    saveChannel: async ({ body }, { actor }) => {
      await assertAddress(kit, body.url);
      const op = { route: 'notices.saveChannel', opId: body.opId, request: body };
      return command(kit, actor, op, (work) => saveChannel(work, body));
    },
    editChannel: async ({ params, body }, { actor }) => {
      if (body.url !== undefined) await assertAddress(kit, body.url);
      const op = { route: 'notices.editChannel', opId: body.opId, request: { params, body } };
      return command(kit, actor, op, (work) => editChannel(work, params.id, body));
    },
    retireChannel: ({ params, body }, { actor }) =>
      command(kit, actor, { route: 'notices.retireChannel', opId: body.opId, request: { params, body } }, (work) =>
        retireChannel(work, params.id, body.version),
      ),
    testChannel: ({ params, body }, { actor }) =>
      command(kit, actor, { route: 'notices.testChannel', opId: body.opId, request: { params, body } }, (work) =>
        testChannel(work, params.id),
      ),
    queue: ({ query }) => queue(kit, query),
    replay: ({ body }, { actor }) =>
      command(kit, actor, { route: 'notices.replay', opId: body.opId, request: body }, (work) =>
        replay(work, body.target === undefined ? { ids: body.ids ?? [] } : { targetId: body.target }),
      ),
  };
}

export function createWebhookHandlers(kit: Kit): Handlers<typeof webhookRoutes, NoticesCtx> {
  return {
    endpoints: () => endpoints(kit),
    addEndpoint: async ({ body }, { actor }) => {
      await assertAddress(kit, body.url);
      const op = { route: 'webhooks.add', opId: body.opId, request: body };
      const made = await command(kit, actor, op, (work) => addEndpoint(work, body));
      return { ...made, secret: await tellSecret(kit, made) };
    },
    editEndpoint: async ({ params, body }, { actor }) => {
      await assertAddress(kit, body.url);
      const op = { route: 'webhooks.edit', opId: body.opId, request: { params, body } };
      return command(kit, actor, op, (work) => editEndpoint(work, params.id, body));
    },
    renewSecret: async ({ params, body }, { actor }) => {
      const op = { route: 'webhooks.renewSecret', opId: body.opId, request: { params, body } };
      const made = await command(kit, actor, op, (work) => renewSecret(work, params.id, body.version));
      return { ...made, secret: await tellSecret(kit, made) };
    },
    testEndpoint: ({ params, body }, { actor }) =>
      command(kit, actor, { route: 'webhooks.test', opId: body.opId, request: { params, body } }, (work) =>
        testEndpoint(work, params.id),
      ),
    retireEndpoint: ({ params, body }, { actor }) =>
      command(kit, actor, { route: 'webhooks.retire', opId: body.opId, request: { params, body } }, (work) =>
        retireEndpoint(work, params.id, body.version),
      ),
  };
}
