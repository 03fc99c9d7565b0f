import * as z from 'zod';
import { none, type Route } from './route.ts';

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
