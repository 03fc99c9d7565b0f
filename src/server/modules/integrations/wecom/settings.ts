/** What a bridge holds, sealed, as texts: the object that groups keeps for us. */
export interface Settings {
  /** `app`: what people write to an application; `robot`: what mentions a smart robot in an internal group. */
  way: 'app' | 'robot';
  corpId: string;
  agentId: string;
  /** Only this chat of the robot's, when given. */
  chatId: string;
  token: string;
  aesKey: string;
  /** Secret of the application: fetches photos. */
  appSecret: string;
  /** Address of a message robot of the group, with its key: the way out. */
  robotUrl: string;
  /** Where the interface of WeCom is; another for a private installation. */
  apiUrl: string;
}

export const publicApi = 'https://qyapi.weixin.qq.com';

export function toSettings(secrets: Readonly<Record<string, string>>): Settings {
  const text = (name: string) => secrets[name] ?? '';
  return {
    way: text('way') === 'robot' ? 'robot' : 'app',
    corpId: text('corpId'),
    agentId: text('agentId'),
    chatId: text('chatId'),
    token: text('token'),
    aesKey: text('aesKey'),
    appSecret: text('appSecret'),
    robotUrl: text('robotUrl'),
    apiUrl: text('apiUrl') === '' ? publicApi : text('apiUrl'),
  };
}

/** Whom an envelope must be addressed to: a robot's names nobody. */
export function receiverOf({ way, corpId }: Settings): string {
  return way === 'app' ? corpId : '';
}

/** How the platform names the group. */
export function targetOf(groupId: string, { way, corpId, agentId, chatId }: Settings): string {
  if (way === 'app') return `app:${corpId}/${agentId}`;
  return `robot:${chatId === '' ? groupId : chatId}`;
}
