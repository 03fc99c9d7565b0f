import * as z from 'zod';
import { areaCode, isoTime, none, uuid, words, type Route } from './route.ts';
import { received } from './warnings.ts';

export const sourceView = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  way: z.enum(['push', 'poll']),
  url: z.string().nullable(),
  everyMinutes: z.number().int(),
  areaCode: areaCode.nullable(),
  enabled: z.boolean(),
  version: z.number().int(),
  lastAt: isoTime.nullable(),
  lastOkAt: isoTime.nullable(),
  lastError: z.string().nullable(),
  openLetters: z.number().int(),
});

export const letterView = z.object({
  id: uuid,
  source: z.string().nullable(),
  error: z.string(),
  times: z.number().int(),
  bytes: z.number().int(),
  firstAt: isoTime,
  lastAt: isoTime,
});

const byId = z.object({ id: uuid });
const sourceWish = {
  name: words(80, 1),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  everyMinutes: z.number().int().min(1).max(1440),
  areaCode: areaCode.nullable().describe('消息没有写明地点时按此区域'),
  enabled: z.boolean(),
};

export const warningSourceRoutes = {
  sources: {
    method: 'GET',
    path: '/api/warning-sources',
    permission: 'device.edit',
    summary: '预警来源及其状况',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(sourceView) }),
  },
  addSource: {
    method: 'POST',
    path: '/api/warning-sources',
    permission: 'device.edit',
    summary: '增加来源；推送来源的密钥只显示一次',
    params: none,
    query: none,
    body: z.object({ ...sourceWish, code: z.string().regex(/^[a-z0-9-]{2,40}$/), way: z.enum(['push', 'poll']) }),
    response: z.object({ id: uuid, secret: z.string().nullable() }),
  },
  editSource: {
    method: 'PATCH',
    path: '/api/warning-sources/:id',
    permission: 'device.edit',
    summary: '修改来源',
    params: byId,
    query: none,
    body: z.object({ ...sourceWish, version: z.number().int() }),
    response: z.object({ id: uuid }),
  },
  newSecret: {
    method: 'POST',
    path: '/api/warning-sources/:id/secret',
    permission: 'device.edit',
    summary: '更换推送来源的密钥；旧密钥立即失效',
    params: byId,
    query: none,
    body: none,
    response: z.object({ secret: z.string() }),
  },
  pollNow: {
    method: 'POST',
    path: '/api/warning-sources/:id/poll',
    permission: 'device.edit',
    summary: '立即读取一次',
    params: byId,
    query: none,
    body: none,
    response: z.object({ received: z.number().int(), duplicates: z.number().int(), error: z.string().nullable() }),
  },
  letters: {
    method: 'GET',
    path: '/api/warning-letters',
    permission: 'device.edit',
    summary: '未能读懂的文件',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(letterView) }),
  },
  letter: {
    method: 'GET',
    path: '/api/warning-letters/:id',
    permission: 'device.edit',
    summary: '未能读懂的文件的原文',
    params: byId,
    query: none,
    body: none,
    response: z.object({ text: z.string(), error: z.string() }),
  },
  replayLetter: {
    method: 'POST',
    path: '/api/warning-letters/:id/replay',
    permission: 'device.edit',
    summary: '重新读取',
    params: byId,
    query: none,
    body: none,
    response: received,
  },
  discardLetter: {
    method: 'POST',
    path: '/api/warning-letters/:id/discard',
    permission: 'device.edit',
    summary: '不再处理',
    params: byId,
    query: none,
    body: z.object({ reason: words(200, 2) }),
    response: z.object({ id: uuid }),
  },
} as const satisfies Record<string, Route>;

/** Served by server/http/warnings.ts: their bodies and answers are XML. */
export const warningOpenRoutes = {
  push: {
    method: 'POST',
    path: '/api/cap/:source',
    permission: 'public',
    summary: '推送 CAP 消息（请求头 Authorization: Bearer 来源密钥，正文为 XML）',
    params: z.object({ source: z.string().max(40) }),
    query: none,
    body: z.unknown(),
    response: received,
    raw: 'upload',
    perMinute: 120,
  },
  document: {
    method: 'GET',
    path: '/api/public/warnings/:file',
    permission: 'public',
    summary: '本单位发布的一条公开预警（CAP 1.2）',
    params: z.object({ file: z.string().max(60).describe('编号加 .xml') }),
    query: none,
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 240,
  },
  feed: {
    method: 'GET',
    path: '/api/public/warnings.atom',
    permission: 'public',
    summary: '本单位发布的公开预警（Atom）',
    params: none,
    query: none,
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 240,
  },
} as const satisfies Record<string, Route>;
