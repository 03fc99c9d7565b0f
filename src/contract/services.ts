import * as z from 'zod';
import { isoTime, none, opId, page, uuid, words, type Route } from './route.ts';
import {
  counterStation,
  counterWords,
  serviceRow,
  stationToday,
  taking,
  visitorKinds,
  wordCode,
} from './services-views.ts';

const id = z.object({ id: uuid });
const note = words(120).describe('可不写；不写姓名、电话、证件号');
const day = z.iso.date();

/** One service given. The tablet makes the id: sent twice, it is counted once. */
const given = z.object({
  id: uuid,
  kind: wordCode,
  persons: z.number().int().min(1).max(5000).default(1),
  visitor: z.enum(visitorKinds).nullable().default(null),
  at: isoTime.optional().describe('离线时实际给的时间；比服务器时间晚的按服务器时间'),
  note: note.default(''),
  activityId: uuid.nullable().default(null),
  partnerId: uuid.nullable().default(null),
  take: z.array(taking).max(20).optional().describe('出库的物品；不写按服务种类的默认'),
  aid: z
    .object({
      card: wordCode,
      serious: z.boolean().default(false),
      called120At: isoTime.nullable().default(null).describe('拨打120的时间'),
      consent: z.boolean().default(false).describe('给药前本人同意或有医嘱'),
    })
    .optional(),
  raise: z
    .object({
      categoryCode: z.string().min(1).max(20),
      words: words(1000).default(''),
      priority: z.number().int().min(0).max(4).optional(),
    })
    .optional()
    .describe('转为事件'),
});

const recorded = z.object({
  at: isoTime,
  ledgerId: uuid.nullable().describe('没有新记的为空'),
  eventId: uuid.nullable(),
  eventNumber: z.string().nullable(),
  items: z.array(
    z.object({
      id: uuid,
      state: z.enum(['recorded', 'already']),
      eventId: uuid.nullable(),
      short: z.array(taking).describe('账上不够的物品'),
    }),
  ),
});

export const serviceRoutes = {
  counter: {
    method: 'GET',
    path: '/api/services/counter',
    permission: 'station.work',
    summary: '柜台：我值守的驿站、服务种类与急救卡、正在生效的预警、该回头问的急救',
    params: none,
    query: none,
    body: none,
    response: z.object({ asOf: isoTime, stations: z.array(counterStation), words: counterWords }),
  },
  record: {
    method: 'POST',
    path: '/api/stations/:id/services',
    permission: 'station.work',
    summary: '记服务，一次可记多条；物品出库、120呼叫与事件在同一事务里',
    params: id,
    query: none,
    body: z.object({
      opId,
      at: isoTime.optional(),
      items: z.array(given).min(1).max(100),
      attachments: z
        .array(z.object({ id: uuid, token: z.string().min(1).max(200) }))
        .max(9)
        .default([])
        .describe('随第一条事件'),
    }),
    response: recorded,
  },
  list: {
    method: 'GET',
    path: '/api/stations/:id/services',
    permission: 'station.read',
    summary: '一个驿站的服务记录，新的在前',
    params: id,
    query: z.object({
      ...page,
      day: day.optional().describe('北京时间的一天'),
      kind: wordCode.optional(),
      aidOnly: z.enum(['true', 'false']).optional(),
    }),
    body: none,
    response: z.object({ items: z.array(serviceRow), next: z.string().nullable() }),
  },
  correct: {
    method: 'POST',
    path: '/api/services/:id/correct',
    permission: 'station.work',
    summary: '更正：这条不算数，原记录保留，出库的物品退回',
    params: id,
    query: none,
    body: z.object({ opId, at: isoTime.optional(), reason: wordCode, note: note.default('') }),
    response: z.object({ id: uuid, at: isoTime, ledgerId: uuid }),
  },
  aid: {
    method: 'POST',
    path: '/api/services/:id/aid',
    permission: 'station.work',
    summary: '急救收尾：做了哪些步骤、结果、几点回头问；或者记下已经问过',
    params: id,
    query: none,
    body: z.object({
      opId,
      at: isoTime.optional(),
      act: z.enum(['end', 'asked']),
      outcome: wordCode,
      steps: z.array(wordCode).max(20).default([]),
      take: z.array(taking).max(20).default([]),
      consent: z.boolean().default(false),
      askAgain: z.boolean().default(true).describe('按卡片的小时数回头问'),
    }),
    response: z.object({
      id: uuid,
      at: isoTime,
      ledgerId: uuid,
      next: z.object({ at: isoTime }).nullable(),
      short: z.array(taking),
    }),
  },
  called: {
    method: 'POST',
    path: '/api/services/:id/called',
    permission: 'station.work',
    summary: '已报事件的急救，后来拨打了120',
    params: id,
    query: none,
    body: z.object({ opId, at: isoTime.optional(), calledAt: isoTime }),
    response: z.object({ id: uuid, at: isoTime, ledgerId: uuid, eventId: uuid }),
  },
  want: {
    method: 'POST',
    path: '/api/stations/:id/wants',
    permission: 'station.work',
    summary: '记一次“有人要、这里没有”',
    params: id,
    query: none,
    body: z.object({ opId, at: isoTime.optional(), want: wordCode }),
    response: z.object({ id: uuid, at: isoTime, ledgerId: uuid }),
  },
  words: {
    method: 'GET',
    path: '/api/services/words',
    permission: 'station.read',
    summary: '服务种类、急救卡、更正原因等用词',
    params: none,
    query: none,
    body: none,
    response: counterWords,
  },
  today: {
    method: 'GET',
    path: '/api/services/today',
    permission: 'station.read',
    summary: '今天各驿站的服务：次数、人次、急救、有人要而没有的',
    params: none,
    query: none,
    body: none,
    response: z.object({
      asOf: isoTime,
      stations: z.array(stationToday),
      aids: z.array(
        z.object({
          id: uuid,
          stationId: uuid,
          stationName: z.string(),
          card: z.string(),
          at: isoTime,
          serious: z.boolean(),
          eventId: uuid.nullable(),
        }),
      ),
      wants: z.array(z.object({ want: z.string(), times: z.number().int() })),
    }),
  },
} as const satisfies Record<string, Route>;
