import { bridgeSecrets, type wecomRoutes } from '#contract/wecom.ts';
import type { Handlers, Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { ChannelError } from '#server/modules/notices/index.ts';
import { OutgoingError, type Outgoing } from '#server/net/guarded-fetch.ts';
import { isAesKey } from './crypt.ts';
import { publicApi, targetOf, toSettings, type Settings } from './settings.ts';
import { listStates, type BridgeState } from './store.ts';
import type { Wecom } from './wecom.ts';

type Routes = typeof wecomRoutes;
type Secrets = Readonly<Record<string, string>>;
type Wish = Input<Routes['save']>['body'];

/** What the pages ask of groups; wire joins them. */
export interface BridgeKeeper {
  /** Groups on WeCom the actor sees, and whether they may manage each. */
  listManaged(actor: Actor): Promise<{ id: string; code: string; name: string }[]>;
  bridgeOf(groupId: string): Promise<{ secrets: Secrets; enabled: boolean } | undefined>;
  /** @throws AppError not_found, not_allowed, bad_input, already_exists */
  setBridge(
    actor: Actor,
    wish: { opId: string; groupId: string; kind: 'wecom'; target: string; secrets: Secrets; enabled: boolean },
  ): Promise<{ id: string; at: string; ledgerId: string }>;
}

export interface AdminParts {
  database: Database;
  outgoing: Pick<Outgoing, 'check'>;
  groups: BridgeKeeper;
  wecom: Pick<Wecom, 'say' | 'trial'>;
  /** Address people and programs use, without path. */
  publicUrl: string;
}

export function wecomHandlers(parts: AdminParts): Handlers<Routes, { actor: Actor }> {
  return {
    bridges: async (_, { actor }) => ({ items: await list(parts, actor) }),
    async save({ params, body }, { actor }) {
      const old = (await parts.groups.bridgeOf(params.id))?.secrets ?? {};
      const secrets = merged(old, body);
      const settings = toSettings(secrets);
      assertWhole(settings, body.enabled);
      await checkAddresses(parts, settings);
      const { opId, enabled } = body;
      const target = targetOf(params.id, settings);
      return parts.groups.setBridge(actor, { opId, groupId: params.id, kind: 'wecom', target, secrets, enabled });
    },
    async test({ params }, { actor }) {
      const managed = await parts.groups.listManaged(actor);
      const bridge = managed.some(({ id }) => id === params.id) ? await parts.groups.bridgeOf(params.id) : undefined;
      if (bridge === undefined)
        throw new AppError('not_found', 'This group has no bridge, or it is not yours to manage. Set one up first.');
      return tryOut(parts, bridge.secrets);
    },
  };
}

async function list({ groups, database, publicUrl }: AdminParts, actor: Actor) {
  const managed = await groups.listManaged(actor);
  const ids = managed.map(({ id }) => id);
  const states = await database.read(scopeFor(actor, 'group.manage'), (tx) => listStates(tx, ids));
  const items: Output<Routes['bridges']>['items'] = [];
  for (const { id, code, name } of managed) {
    const bridge = await groups.bridgeOf(id);
    const state = states.find(({ groupId }) => groupId === id);
    items.push({
      groupId: id,
      code,
      name,
      callbackUrl: new URL(`/api/wecom/${id}`, publicUrl).href,
      bridge: bridge === undefined ? null : toView(bridge, state),
    });
  }
  return items;
}

function toView(bridge: { secrets: Secrets; enabled: boolean }, state: BridgeState | undefined) {
  const { way, corpId, agentId, chatId, apiUrl, token, aesKey, appSecret, robotUrl } = toSettings(bridge.secrets);
  const iso = (at: Date | null | undefined) => at?.toISOString() ?? null;
  const fault = state?.lastFault ?? '';
  return {
    way,
    corpId,
    agentId,
    chatId,
    apiUrl,
    enabled: bridge.enabled,
    kept: { token: token !== '', aesKey: aesKey !== '', appSecret: appSecret !== '', robotUrl: robotUrl !== '' },
    verifiedAt: iso(state?.verifiedAt),
    lastAt: iso(state?.lastAt),
    lastFault: fault === '' ? null : fault,
    lastFaultAt: iso(state?.lastFaultAt),
    waiting: state?.waiting ?? 0,
  };
}

/** What was not typed anew stays. */
function merged(old: Secrets, wish: Wish): Secrets {
  const { way, corpId, agentId, chatId, apiUrl } = wish;
  const kept = Object.fromEntries(bridgeSecrets.map((name) => [name, wish[name] ?? old[name] ?? '']));
  return { way, corpId, agentId, chatId, apiUrl: apiUrl === '' ? publicApi : apiUrl, ...kept };
}

/** A bridge in use has what it needs. @throws AppError bad_input naming the field */
function assertWhole(settings: Settings, enabled: boolean): void {
  const refuse = (field: string, expected: string) => {
    throw new AppError('bad_input', `${field}: expected ${expected}. Copy it from the console of WeCom.`, { field });
  };
  if (settings.aesKey !== '' && !isAesKey(settings.aesKey)) refuse('aesKey', '43 characters of Base64');
  if (settings.token !== '' && !/^[A-Za-z0-9]{1,32}$/.test(settings.token))
    refuse('token', '1 to 32 letters and digits');
  if (!enabled) return;
  if (settings.token === '') refuse('token', 'the token of the callback');
  if (settings.aesKey === '') refuse('aesKey', 'the EncodingAESKey of the callback');
  if (settings.way === 'app' && settings.corpId === '') refuse('corpId', 'the id of the corporation');
  if (settings.way === 'app' && settings.agentId === '') refuse('agentId', 'the id of the application');
}

/** @throws AppError bad_input for an address that may not be asked */
async function checkAddresses({ outgoing }: AdminParts, { apiUrl, robotUrl }: Settings): Promise<void> {
  for (const [field, url] of Object.entries({ apiUrl, robotUrl })) {
    if (url === '') continue;
    await outgoing.check(url).catch((error: unknown) => {
      if (!(error instanceof OutgoingError)) throw error;
      throw new AppError('bad_input', `${field}: ${error.message}`, { field });
    });
  }
}

const trialWords = '黄葛：这个群已与线上网格群接通。';

async function tryOut({ wecom }: AdminParts, secrets: Secrets): Promise<Output<Routes['test']>> {
  const { robotUrl, way, corpId, appSecret } = toSettings(secrets);
  const robotWords = robotUrl === '' ? undefined : await faultOf(wecom.say(secrets, trialWords));
  const asked = way === 'app' && corpId !== '' && appSecret !== '';
  const appWords = asked ? await faultOf(wecom.trial(toSettings(secrets))) : undefined;
  return {
    robot: robotWords === undefined ? 'none' : robotWords === '' ? 'said' : 'failed',
    robotWords: robotWords ?? '',
    app: appWords === undefined ? 'none' : appWords === '' ? 'fits' : 'failed',
  };
}

/** Empty when it went well. */
async function faultOf(trial: Promise<void>): Promise<string> {
  try {
    await trial;
    return '';
  } catch (error) {
    return error instanceof ChannelError ? error.message : 'refused';
  }
}
