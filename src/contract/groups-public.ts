import * as z from 'zod';
import { eventStatuses } from './events-words.ts';
import { messageKinds, photoRef, pollResult, quorumKinds } from './groups-views.ts';
import { areaCode, isoTime, none, opId, uuid, words, type Route } from './route.ts';

/**
 * What members do. They prove themselves by the header `x-member-key`: a key the answer to joining gave to this browser
 * and that only its digest is kept of here. It travels in no address and no cookie, so no other page can send it.
 */
const id = z.object({ id: uuid });
const secret = z.object({ secret: z.string().min(20).max(100) });
const done = z.object({ at: isoTime });
const gridRef = z.object({ code: areaCode, name: z.string() });

const memberMessage = z.object({
  id: uuid,
  kind: z.enum(messageKinds),
  author: z.string(),
  mine: z.boolean(),
  text: z.string(),
  photos: z.array(photoRef),
  pollId: uuid.nullable(),
  aboutId: uuid.nullable(),
  at: isoTime,
  hidden: z.boolean(),
  erased: z.boolean(),
  event: z.object({ number: z.string(), status: z.enum(eventStatuses) }).nullable(),
  /** Only to its author. */
  receiptSecret: z.string().nullable(),
});

const memberNotice = z.object({
  id: uuid,
  title: z.string(),
  text: z.string(),
  at: isoTime,
  pinned: z.boolean(),
  confirm: z.boolean(),
  read: z.boolean(),
  confirmed: z.boolean(),
});

const memberPoll = z.object({
  id: uuid,
  question: z.string(),
  note: z.string(),
  options: z.array(z.string()),
  until: isoTime,
  closedAt: isoTime.nullable(),
  quorumOf: z.enum(quorumKinds),
  quorumPercent: z.number().int(),
  voters: z.number().int(),
  needed: z.number().int(),
  comments: z.number().int().describe('议事下的意见数'),
  myChoice: z.number().int().nullable(),
  result: pollResult.nullable(),
  minutes: z.string(),
});

export const groupPublicRoutes = {
  invitation: {
    method: 'GET',
    path: '/api/public/groups/by-link/:secret',
    permission: 'public',
    summary: '入群链接背后是什么群',
    params: secret,
    query: none,
    body: none,
    response: z.object({
      name: z.string(),
      kindName: z.string(),
      kindNameEn: z.string(),
      about: z.string(),
      /** The organisation that keeps it, never a person. */
      keptBy: z.string(),
      grids: z.array(gridRef),
      members: z.number().int(),
      /** Id of the group when this browser is a member already. */
      memberOf: uuid.nullable(),
    }),
    perMinute: 60,
  },
  join: {
    method: 'POST',
    path: '/api/public/groups/by-link/:secret/join',
    permission: 'public',
    summary: '入群：名字随意，电话可不填',
    params: secret,
    query: none,
    body: z.object({ opId, name: words(20, 1), phone: words(30).optional(), gridCode: areaCode.optional() }),
    response: z.object({ groupId: uuid, memberKey: z.string() }),
    perMinute: 12,
  },
  mine: {
    method: 'GET',
    path: '/api/public/groups/mine',
    permission: 'public',
    summary: '本机加入的群',
    params: none,
    query: none,
    body: none,
    response: z.object({
      items: z.array(z.object({ id: uuid, name: z.string(), lastAt: isoTime.nullable(), lastWords: z.string() })),
    }),
    perMinute: 60,
  },
  home: {
    method: 'GET',
    path: '/api/public/groups/:id',
    permission: 'public',
    summary: '群里的消息、公告与议事；rev 没有变时只答“没有变”',
    params: id,
    query: z.object({
      rev: z.coerce.number().int().optional(),
      before: uuid.optional(),
      poll: uuid.optional().describe('只要某次议事下的意见'),
    }),
    body: none,
    response: z.object({
      rev: z.number().int(),
      group: z
        .object({ name: z.string(), about: z.string(), keptBy: z.string(), members: z.number().int() })
        .nullable(),
      me: z.object({ name: z.string(), hasPhone: z.boolean() }).nullable(),
      messages: z.array(memberMessage),
      more: z.boolean(),
      notices: z.array(memberNotice),
      polls: z.array(memberPoll),
    }),
    perMinute: 240,
  },
  photo: {
    method: 'GET',
    path: '/api/public/groups/:id/photos/:photoId',
    permission: 'public',
    summary: '群消息的照片（成员）',
    params: z.object({ id: uuid, photoId: uuid }),
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 240,
  },
  say: {
    method: 'POST',
    path: '/api/public/groups/:id/messages',
    permission: 'public',
    summary: '在群里说话，可附照片；也可在议事下发表意见',
    params: id,
    query: none,
    body: z.object({
      opId,
      text: words(1000),
      pollId: uuid.optional(),
      attachments: z
        .array(z.object({ id: uuid, token: z.string().max(100) }))
        .max(4)
        .default([]),
    }),
    response: z.object({ id: uuid, at: isoTime }),
    perMinute: 30,
  },
  read: {
    method: 'POST',
    path: '/api/public/groups/:id/notices/:noticeId/read',
    permission: 'public',
    summary: '读过公告；confirm 为真即确认',
    params: z.object({ id: uuid, noticeId: uuid }),
    query: none,
    body: z.object({ confirm: z.boolean().default(false) }),
    response: done,
    perMinute: 120,
  },
  vote: {
    method: 'POST',
    path: '/api/public/groups/:id/polls/:pollId/vote',
    permission: 'public',
    summary: '表决：一名成员一票，截止前可改',
    params: z.object({ id: uuid, pollId: uuid }),
    query: none,
    body: z.object({ opId, choice: z.number().int().min(0).max(11) }),
    response: done,
    perMinute: 30,
  },
  leave: {
    method: 'POST',
    path: '/api/public/groups/:id/leave',
    permission: 'public',
    summary: '退群：名字、电话、发过的话与照片一并删除',
    params: id,
    query: none,
    body: z.object({ opId }),
    response: done,
    perMinute: 20,
  },
} as const satisfies Record<string, Route>;
