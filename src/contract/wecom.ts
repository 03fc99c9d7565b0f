import * as z from 'zod';
import { isoTime, none, opId, uuid, words, type Route } from './route.ts';

const callback = {
  permission: 'public',
  params: z.object({ group: z.string() }),
  query: z.object({ msg_signature: z.string(), timestamp: z.string(), nonce: z.string() }),
  response: z.string(),
  perMinute: 600,
} as const;

/** What WeCom itself calls, once for each group: sealed and signed, so it is `public` here and judged by its signature. */
export const wecomCallbackRoutes = {
  verify: {
    ...callback,
    method: 'GET',
    path: '/api/wecom/:group',
    summary: '企业微信验证回调地址',
    query: callback.query.extend({ echostr: z.string() }),
    body: none,
    raw: 'download',
  },
  receive: {
    ...callback,
    method: 'POST',
    path: '/api/wecom/:group',
    summary: '企业微信推送群消息（加密）',
    body: z.unknown(),
    raw: 'signed',
    bodyBytes: 64 * 1024,
  },
} as const satisfies Record<string, Route>;

export const bridgeWays = ['app', 'robot'] as const;
/** What is sealed and never shown again. */
export const bridgeSecrets = ['token', 'aesKey', 'appSecret', 'robotUrl'] as const;
export const bridgeFaults = ['signature', 'time', 'key', 'receiver', 'content', 'media', 'access'] as const;

const bridge = z.object({
  way: z.enum(bridgeWays),
  corpId: z.string(),
  agentId: z.string(),
  chatId: z.string(),
  apiUrl: z.string().describe('企业微信接口地址；私有化部署时不同'),
  enabled: z.boolean(),
  /** Which secrets are kept; never the secrets themselves. */
  kept: z.object({ token: z.boolean(), aesKey: z.boolean(), appSecret: z.boolean(), robotUrl: z.boolean() }),
  verifiedAt: isoTime.nullable().describe('企业微信最近一次验证回调地址'),
  lastAt: isoTime.nullable().describe('最近一条消息'),
  lastFault: z.enum(bridgeFaults).nullable(),
  lastFaultAt: isoTime.nullable(),
  waiting: z.number().int().describe('收到而尚未读入的消息数'),
});

const code = z.string().regex(/^[A-Za-z0-9_-]{0,64}$/);
const url = z.string().max(500);

export const wecomRoutes = {
  bridges: {
    method: 'GET',
    path: '/api/group-bridges',
    permission: 'group.manage',
    summary: '我管的企业微信群和它们的对接；密钥从不给出',
    params: none,
    query: none,
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          groupId: uuid,
          code: z.string(),
          name: z.string(),
          /** What is entered at WeCom. */
          callbackUrl: z.string(),
          bridge: bridge.nullable(),
        }),
      ),
    }),
  },
  save: {
    method: 'POST',
    path: '/api/groups/:id/bridge',
    permission: 'group.manage',
    summary: '设置群与企业微信的对接；没有给的密钥保持原样',
    params: z.object({ id: uuid }),
    query: none,
    body: z.object({
      opId,
      way: z.enum(bridgeWays),
      corpId: code.default(''),
      agentId: code.default(''),
      chatId: words(128).default(''),
      apiUrl: url.default(''),
      token: z.string().max(64).optional(),
      aesKey: z.string().max(64).optional(),
      appSecret: z.string().max(128).optional(),
      robotUrl: url.optional(),
      enabled: z.boolean(),
    }),
    response: z.object({ id: uuid, at: isoTime, ledgerId: uuid }),
  },
  test: {
    method: 'POST',
    path: '/api/groups/:id/bridge/test',
    permission: 'group.manage',
    summary: '试一试：群机器人发一句话，应用取一次凭证',
    params: z.object({ id: uuid }),
    query: none,
    body: z.object({ opId }),
    response: z.object({
      robot: z.enum(['said', 'failed', 'none']),
      /** What WeCom answered, such as "errcode 93000". */
      robotWords: z.string(),
      app: z.enum(['fits', 'failed', 'none']),
    }),
  },
} as const satisfies Record<string, Route>;
