import { wecomRoutes } from '#contract/wecom.ts';
import { mount } from '#server/http/mount.ts';
import { mountWecom } from '#server/http/wecom.ts';
import type { Groups, SendOut } from '#server/modules/groups/index.ts';
import { createWecomBridge, wecomHandlers } from '#server/modules/integrations/index.ts';
import type { Joined, Parts } from './parts.ts';

/**
 * Joins groups on WeCom: the callback in, the pages of bridges. Groups are built with this bridge's way out, so they are
 * given afterwards.
 */
export function makeWecom(parts: Parts): { sendOut: SendOut; join(groups: Groups): Promise<Joined> } {
  const { app, database, vault, clock, outgoing, doors } = parts;
  let known: Groups | undefined;
  const groupsNow = (): Groups => {
    if (known === undefined) throw new Error('WeCom was asked before groups were joined.');
    return known;
  };
  const wecom = createWecomBridge({
    database,
    vault,
    clock,
    outgoing,
    groups: {
      async secretsOf(groupId) {
        const bridge = await groupsNow().bridgeOf({ groupId });
        return bridge?.enabled === true ? bridge.secrets : undefined;
      },
      receiveMessage: (message) => groupsNow().receiveMessage(message),
    },
    log: (error, message) => app.log.error({ err: error }, message),
  });
  return {
    sendOut: ({ secrets, text }) => wecom.say(secrets, text),
    async join(groups) {
      known = groups;
      await mountWecom(app, wecom);
      mount(app, wecomRoutes, wecomHandlers({ ...parts, ...pageParts(parts, groups), wecom }), doors);
      return {
        jobs: [{ name: 'wecom.sweep', cron: '50 3 * * *', expireS: 600, run: () => wecom.sweep() }],
        tickers: [{ name: 'wecom', everyMs: 1_000, run: () => wecom.readDue().then(() => undefined) }],
      };
    },
  };
}

function pageParts({ config }: Parts, groups: Groups) {
  return {
    publicUrl: config.publicUrl,
    groups: {
      listManaged: (actor: Parameters<Groups['setBridge']>[0]) => groups.listManaged(actor, 'wecom'),
      bridgeOf: (groupId: string) => groups.bridgeOf({ groupId }),
      setBridge: groups.setBridge,
    },
  };
}
