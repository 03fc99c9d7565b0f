import * as z from 'zod';
import {
  eventDraft,
  groupDetail,
  groupMessage,
  groupNotice,
  groupPoll,
  groupRow,
  day,
  platforms,
  quorumKinds,
} from './groups-views.ts';
import { areaCode, isoTime, lat, listOf, lon, none, opId, uuid, words, type Route } from './route.ts';

const id = z.object({ id: uuid });
const kind = z.string().regex(/^[a-z_]{1,40}$/);
const version = z.number().int().min(1);
const claims = z
  .array(z.object({ id: uuid, token: z.string().max(100).optional() }))
  .max(9)
  .default([]);
const grids = z.array(areaCode).min(1).max(20).describe('所联网格（多对多）');
const saved = z.object({ group: groupDetail, at: isoTime, ledgerId: uuid });
const done = z.object({ id: uuid, at: isoTime, ledgerId: uuid });

/** A POST whose body carries an opId besides. */
function act<const P extends Route['path'], A extends z.ZodType, B extends z.ZodRawShape, R extends z.ZodType>(
  path: P,
  permission: 'group.read' | 'group.manage' | 'event.report',
  summary: string,
  made: { params: A; body: B; response: R },
) {
  const { params, body, response } = made;
  return {
    method: 'POST',
    path,
    permission,
    summary,
    params,
    query: none,
    body: z.object({ opId, ...body }),
    response,
  } as const satisfies Route;
}

export const groupRoutes = {
  kinds: {
    method: 'GET',
    path: '/api/group-kinds',
    permission: 'group.read',
    summary: '网格群类型字典',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })) }),
  },
  list: {
    method: 'GET',
    path: '/api/groups',
    permission: 'group.read',
    summary: '线上网格群：有未回应消息的在前',
    params: none,
    query: z.object({
      area: areaCode.optional(),
      platform: z.enum(platforms).optional(),
      kind: kind.optional(),
      waiting: z.stringbool().optional(),
      q: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(300),
    }),
    body: none,
    response: z.object({ items: z.array(groupRow), total: z.number().int() }),
  },
  get: {
    method: 'GET',
    path: '/api/groups/:id',
    permission: 'group.read',
    summary: '一个群：所联网格、成员数、入群链接',
    params: id,
    query: none,
    body: none,
    response: groupDetail,
  },
  create: act('/api/groups', 'group.manage', '建群', {
    params: none,
    body: { name: words(60, 2), kind, platform: z.enum(platforms), about: words(1000).default(''), gridCodes: grids },
    response: saved,
  }),
  edit: {
    method: 'PATCH',
    path: '/api/groups/:id',
    permission: 'group.manage',
    summary: '改群名、类型、说明，或换管群人',
    params: id,
    query: none,
    body: z.object({
      opId,
      version,
      name: words(60, 2).optional(),
      kind: kind.optional(),
      about: words(1000).optional(),
      takeOver: z.boolean().optional().describe('由我来管'),
    }),
    response: saved,
  },
  link: act('/api/groups/:id/grids', 'group.manage', '改群与网格的联系（多对多）', {
    params: id,
    body: { version, gridCodes: grids },
    response: saved,
  }),
  renewLink: act('/api/groups/:id/link', 'group.manage', '换新的入群链接，旧链接与旧二维码失效', {
    params: id,
    body: { version },
    response: saved,
  }),
  headcount: act('/api/groups/:id/headcount', 'group.manage', '核实外部群的人数', {
    params: id,
    body: { version, count: z.number().int().min(0).max(100_000), on: day },
    response: saved,
  }),
  retire: act('/api/groups/:id/retire', 'group.manage', '停用群（成员与消息不再可见，记录保留）', {
    params: id,
    body: { version, reason: words(500, 2) },
    response: saved,
  }),
  messages: {
    method: 'GET',
    path: '/api/groups/:id/messages',
    permission: 'group.read',
    summary: '群消息，新的在后；before 之前的一页',
    params: id,
    query: z.object({
      before: uuid.optional(),
      poll: uuid.optional().describe('只要某次议事下的意见'),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    body: none,
    response: z.object({ items: z.array(groupMessage), more: z.boolean() }),
  },
  photo: {
    method: 'GET',
    path: '/api/groups/:id/photos/:photoId',
    permission: 'group.read',
    summary: '群消息的照片',
    params: z.object({ id: uuid, photoId: uuid }),
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
    body: none,
    response: z.unknown(),
    raw: 'download',
  },
  say: act('/api/groups/:id/messages', 'group.read', '在群里回话；此前的消息（议事下则为其下的意见）即算已回应', {
    params: id,
    body: { text: words(1000), attachments: claims, pollId: uuid.optional().describe('回在议事下') },
    response: done,
  }),
  settle: act('/api/groups/:id/settle', 'group.read', '此前的消息不需要回应', { params: id, body: {}, response: done }),
  hide: act('/api/groups/:id/messages/:messageId/hide', 'group.manage', '隐去一条消息（说明原因）', {
    params: z.object({ id: uuid, messageId: uuid }),
    body: { reason: words(200, 2) },
    response: done,
  }),
  draft: {
    method: 'GET',
    path: '/api/groups/:id/messages/:messageId/draft',
    permission: 'event.report',
    summary: '转为事件前的预填：反映人、可能的地点与类别、照片',
    params: z.object({ id: uuid, messageId: uuid }),
    query: none,
    body: none,
    response: eventDraft,
  },
  toEvent: act('/api/groups/:id/messages/:messageId/event', 'event.report', '把消息转为事件，或并入已有事件', {
    params: z.object({ id: uuid, messageId: uuid }),
    body: {
      categoryCode: z.string().max(20),
      description: words(4000, 1),
      placeWords: words(200).default(''),
      lon: lon.nullable().default(null),
      lat: lat.nullable().default(null),
      areaCode: areaCode.optional(),
      priority: z.number().int().min(0).max(4).optional(),
      followEventId: uuid.optional().describe('附近同类的在办事件：并入，不另立'),
    },
    response: z.object({
      eventId: uuid,
      number: z.string(),
      status: z.string(),
      already: z.boolean().describe('别人已经转过'),
      at: isoTime,
    }),
  }),
  notices: {
    method: 'GET',
    path: '/api/group-notices',
    permission: 'group.read',
    summary: '发过的群公告与阅读人数（只有人数，没有名单）',
    params: none,
    query: z.object({ group: uuid.optional(), limit: z.coerce.number().int().min(1).max(100).default(50) }),
    body: none,
    response: z.object({ items: z.array(groupNotice) }),
  },
  announce: act('/api/group-notices', 'group.manage', '向一个或多个群发公告（一次完成）', {
    params: none,
    body: {
      groupIds: z.array(uuid).min(1).max(300),
      title: words(60, 2),
      text: words(2000, 2),
      confirm: z.boolean().default(false),
      pinned: z.boolean().default(false),
    },
    response: done.extend({ groups: z.number().int() }),
  }),
  withdraw: act('/api/group-notices/:id/withdraw', 'group.manage', '撤回公告', {
    params: id,
    body: { reason: words(200, 2) },
    response: done,
  }),
  polls: {
    method: 'GET',
    path: '/api/groups/:id/polls',
    permission: 'group.read',
    summary: '一个群的议事：进行中与已结束',
    params: id,
    query: none,
    body: none,
    response: z.object({ items: z.array(groupPoll) }),
  },
  openPoll: act('/api/groups/:id/polls', 'group.manage', '发起议事', {
    params: id,
    body: {
      question: words(200, 4),
      note: words(1000).default(''),
      options: z.array(words(60, 1)).min(2).max(12),
      until: isoTime,
      quorumOf: z.enum(quorumKinds).default('none'),
      quorumPercent: z.number().int().min(0).max(100).default(0),
    },
    response: done,
  }),
  closePoll: act('/api/groups/:id/polls/:pollId/close', 'group.manage', '结束议事，结果固定', {
    params: z.object({ id: uuid, pollId: uuid }),
    body: { minutes: words(4000).default('') },
    response: done,
  }),
  writeMinutes: act('/api/groups/:id/polls/:pollId/minutes', 'group.manage', '议事纪要', {
    params: z.object({ id: uuid, pollId: uuid }),
    body: { version, minutes: words(4000, 2) },
    response: done,
  }),
  pollsAbout: {
    method: 'GET',
    path: '/api/group-polls',
    permission: 'group.read',
    summary: '已结束的议事结果（供需求清单使用）',
    params: none,
    query: z.object({ areas: listOf(areaCode).optional(), from: isoTime.optional() }),
    body: none,
    response: z.object({ items: z.array(groupPoll.extend({ groupName: z.string(), gridCodes: z.array(areaCode) })) }),
  },
} as const satisfies Record<string, Route>;
