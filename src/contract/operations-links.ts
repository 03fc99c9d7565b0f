import * as z from 'zod';
import { taskLinkView } from './operations-views.ts';
import { isoTime, lat, lon, none, opId, uuid, words, type Route } from './route.ts';

/** What an agency without accounts may do behind a signed link: its own task, nothing else. */

const secret = z.object({ secret: z.string().min(20).max(100) });
const claims = z
  .array(z.object({ id: uuid, token: z.string().max(100).optional() }))
  .max(12)
  .default([]);

function byLink<B extends z.ZodRawShape>(verb: string, summary: string, body: B) {
  return {
    method: 'POST',
    path: `/api/public/tasks/:secret/${verb}` as `/api/${string}`,
    permission: 'public',
    summary,
    params: secret,
    query: none,
    body: z.object({ opId, ...body }),
    response: z.object({ at: isoTime, ledgerId: uuid }),
    perMinute: 30,
  } as const satisfies Route;
}

export const taskLinkRoutes = {
  view: {
    method: 'GET',
    path: '/api/public/tasks/:secret',
    permission: 'public',
    summary: '承办单位的任务：何事、何处、时限、联合处置室的消息',
    params: secret,
    query: none,
    body: none,
    response: taskLinkView,
    perMinute: 120,
  },
  introduce: byLink('introduce', '填写办理人姓名与电话（电话加密保存）；办理前须先填', {
    name: words(30, 2),
    phone: z.string().regex(/^[0-9+\- ]{3,20}$/),
  }),
  accept: byLink('accept', '签收', {}),
  arrive: byLink('arrive', '到场', {
    lon: lon.optional(),
    lat: lat.optional(),
    note: words(2000).default(''),
    attachments: claims,
  }),
  progress: byLink('progress', '报进展', { note: words(2000, 1), attachments: claims }),
  finish: byLink('finish', '办结', {
    result: words(2000, 2),
    attachments: claims,
    noEvidenceReason: words(500).optional(),
  }),
  giveBack: byLink('return', '退回（须写明理由）', { reason: words(500, 2) }),
  message: byLink('messages', '在联合处置室发言或发照片', { words: words(2000).default(''), attachments: claims }),
  photo: {
    method: 'GET',
    path: '/api/public/tasks/:secret/photos/:id',
    permission: 'public',
    summary: '任务与联合处置室消息中的照片',
    params: z.object({ secret: z.string().min(20).max(100), id: uuid }),
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 240,
  },
} as const satisfies Record<string, Route>;
