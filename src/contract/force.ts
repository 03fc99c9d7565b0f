import * as z from 'zod';
import { areaCode, isoTime, none, opId, uuid, words, type Route } from './route.ts';
import {
  day,
  dictionaryWord,
  gridForce,
  leaveStates,
  leaveView,
  memberView,
  month,
  noteView,
  patternView,
  reachable,
  rosterView,
  shiftView,
  swapView,
  word,
} from './force-views.ts';

/** The grid force: who is there, who stands in, who is on duty, who helps. */

const id = z.object({ id: uuid });
const recorded = z.object({ at: isoTime, ledgerId: uuid });
const read = { method: 'GET', permission: 'force.read', params: none, query: none, body: none } as const;
const own = { method: 'POST', permission: 'signed_in', params: none, query: none, response: recorded } as const;
const edit = { method: 'POST', permission: 'force.edit', params: none, query: none, response: recorded } as const;
const phone = z.string().regex(/^[0-9+\- ]{3,20}$/);

export const forceRoutes = {
  words: {
    ...read,
    permission: 'signed_in',
    path: '/api/force/words',
    summary: '网格力量用词：请假事由、帮忙项目',
    response: z.object({ reasons: z.array(dictionaryWord), offers: z.array(dictionaryWord) }),
  },
  grids: {
    ...read,
    path: '/api/force/grids',
    summary: '各网格 1+3+N 力量与缺口',
    response: z.object({
      items: z.array(gridForce),
      people: z.number().int().describe('力量总数（不重复）'),
      missing: z.number().int().describe('有缺口的网格数'),
    }),
  },
  reachable: {
    ...read,
    path: '/api/force/reachable',
    summary: '此刻谁能到这个网格：值班、在岗、休假、能帮什么',
    query: z.object({ area: areaCode, offer: word.optional() }),
    response: z.object({ items: z.array(reachable), at: isoTime }),
  },
  phone: {
    ...edit,
    permission: 'force.read',
    path: '/api/force/phone',
    summary: '查看电话（留痕；不是本单位或分管人员须写明用途）',
    body: z.object({ opId, kind: z.enum(['account', 'member']), id: uuid, purpose: words(200).default('') }),
    response: z.object({ phone: z.string(), ledgerId: uuid }),
  },
  mine: {
    ...read,
    permission: 'signed_in',
    path: '/api/force/mine',
    summary: '我的：声明、请假、班次、换班、订阅',
    response: z.object({
      said: z.object({
        state: z.enum(['none', 'available', 'away']),
        until: isoTime.nullable(),
        offers: z.array(z.string()),
      }),
      leaves: z.array(leaveView),
      standingIn: z.array(z.object({ name: z.string(), firstDay: day, lastDay: day })),
      shifts: z.array(shiftView),
      swaps: z.array(swapView).describe('等我答应的换班'),
      colleagues: z.array(z.object({ id: uuid, name: z.string() })),
      feeds: z.array(z.object({ id: uuid, unitName: z.string().nullable(), path: z.string(), createdAt: isoTime })),
      phoneKnown: z.boolean(),
    }),
  },
  say: {
    ...own,
    path: '/api/force/availability',
    summary: '说明自己此刻能否响应（可写到几点），以及能帮什么',
    body: z.object({
      opId,
      state: z.enum(['none', 'available', 'away']),
      until: isoTime.nullable().default(null),
      offers: z.array(word).max(20).optional(),
    }),
  },
  leaves: {
    ...read,
    path: '/api/force/leaves',
    summary: '请假与顶岗',
    query: z.object({ state: z.enum(leaveStates).optional() }),
    response: z.object({ items: z.array(leaveView) }),
  },
  askLeave: {
    ...own,
    path: '/api/force/leaves',
    summary: '请假（只选事由类别，不写病情）',
    body: z.object({ opId, firstDay: day, lastDay: day, reason: word, coverId: uuid.nullable().default(null) }),
    response: recorded.extend({ id: uuid }),
  },
  withdrawLeave: {
    ...own,
    params: id,
    path: '/api/force/leaves/:id/withdraw',
    summary: '撤回请假或提前销假：顶岗随即结束',
    body: z.object({ opId }),
  },
  decideLeave: {
    ...edit,
    params: id,
    path: '/api/force/leaves/:id/decide',
    summary: '准假或不准；准假可指定顶岗人，顶岗人在假期内得到本人同样的任命',
    body: z.object({ opId, grant: z.boolean(), coverId: uuid.nullable().optional() }),
    response: recorded.extend({ lent: z.number().int() }),
  },
  rosters: {
    ...read,
    path: '/api/force/rosters',
    summary: '可以看排班的单位',
    response: z.object({
      items: z.array(z.object({ unitId: uuid, name: z.string(), areaName: z.string(), own: z.boolean() })),
    }),
  },
  roster: {
    ...read,
    params: z.object({ unitId: uuid }),
    query: z.object({ month: month.optional() }),
    path: '/api/force/rosters/:unitId',
    summary: '一个单位一个月的排班与缺口',
    response: rosterView,
  },
  plan: {
    ...edit,
    params: z.object({ unitId: uuid }),
    path: '/api/force/rosters/:unitId',
    summary: '排班：加入或取消（同一人时间重叠的班次被拒绝）',
    body: z.object({
      opId,
      changes: z
        .array(z.object({ day, code: word, accountId: uuid, on: z.boolean() }))
        .min(1)
        .max(400),
    }),
    response: recorded.extend({ added: z.number().int(), withdrawn: z.number().int() }),
  },
  patterns: {
    ...edit,
    params: z.object({ unitId: uuid }),
    path: '/api/force/rosters/:unitId/patterns',
    summary: '设定班次：起止、每班人数（已排的班不变）',
    body: z.object({
      opId,
      patterns: z
        .array(patternView.extend({ name: words(20, 1), nameEn: words(40) }))
        .min(1)
        .max(12),
    }),
  },
  askSwap: {
    ...own,
    path: '/api/force/swaps',
    summary: '请同事接我的一个班',
    body: z.object({ opId, shiftId: uuid, toId: uuid }),
    response: recorded.extend({ id: uuid }),
  },
  answerSwap: {
    ...own,
    params: id,
    path: '/api/force/swaps/:id/answer',
    summary: '答应或谢绝换班',
    body: z.object({ opId, agree: z.boolean() }),
  },
  addFeed: {
    ...own,
    path: '/api/force/feeds',
    summary: '生成日历订阅地址（iCalendar）：本人，或本单位',
    body: z.object({ opId, unitId: uuid.nullable().default(null) }),
    response: recorded.extend({ id: uuid, path: z.string() }),
  },
  endFeed: {
    ...own,
    params: id,
    path: '/api/force/feeds/:id/end',
    summary: '作废一个日历订阅地址',
    body: z.object({ opId }),
  },
  notes: {
    ...read,
    path: '/api/force/notes',
    summary: '本单位的交接记录，最近的在前',
    response: z.object({
      items: z.array(noteView),
      units: z.array(z.object({ id: uuid, name: z.string() })),
      unread: z.number().int(),
    }),
  },
  addNote: {
    ...edit,
    permission: 'force.read',
    path: '/api/force/notes',
    summary: '写交接：未了事项（按事件编号）与要说的话',
    body: z.object({
      opId,
      unitId: uuid,
      words: words(2000, 1),
      events: z.array(words(40, 1)).max(30).default([]),
    }),
    response: recorded.extend({ id: uuid, unknown: z.array(z.string()) }),
  },
  readNote: {
    ...edit,
    permission: 'force.read',
    params: id,
    path: '/api/force/notes/:id/read',
    summary: '已阅',
    body: z.object({ opId }),
  },
  members: {
    ...read,
    path: '/api/force/members',
    summary: '不用账号的帮手（N）：能帮什么、何时有空、托付过什么',
    query: z.object({ area: areaCode.optional() }),
    response: z.object({ items: z.array(memberView) }),
  },
  invite: {
    ...edit,
    path: '/api/force/members',
    summary: '邀请一位帮手：得到一个链接（可随时作废）',
    body: z.object({
      opId,
      areaCode,
      name: words(30, 1),
      phone: phone.nullable().default(null),
      offers: z.array(word).max(20).default([]),
    }),
    response: recorded.extend({ id: uuid, path: z.string() }),
  },
  importMembers: {
    ...edit,
    path: '/api/force/members/import',
    summary: '导入帮手名单（CSV：area,name,phone,offers），逐行报错',
    body: z.object({ opId, csv: z.string().max(2_000_000) }),
    response: recorded.extend({
      ledgerId: uuid.nullable(),
      added: z.number().int(),
      wrong: z.array(z.object({ row: z.number().int(), message: z.string() })),
    }),
    bodyBytes: 3_000_000,
  },
  link: {
    ...edit,
    params: id,
    path: '/api/force/members/:id/link',
    summary: '再取一次帮手的链接',
    body: z.object({ opId }),
    response: recorded.extend({ path: z.string() }),
  },
  revokeMember: {
    ...edit,
    params: id,
    path: '/api/force/members/:id/revoke',
    summary: '作废帮手的链接',
    body: z.object({ opId }),
  },
  askMember: {
    ...edit,
    params: id,
    path: '/api/force/members/:id/asks',
    summary: '托付一件小事',
    body: z.object({ opId, words: words(300, 2) }),
    response: recorded.extend({ id: uuid }),
  },
  calendar: {
    method: 'GET',
    permission: 'public',
    path: '/api/public/calendar/:secret',
    summary: '值班日历（iCalendar，RFC 5545），凭密址订阅',
    params: z.object({ secret: z.string().min(20).max(110) }),
    query: none,
    body: none,
    response: z.unknown(),
    raw: 'download',
    perMinute: 60,
  },
} as const satisfies Record<string, Route>;
