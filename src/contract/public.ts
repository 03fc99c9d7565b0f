import * as z from 'zod';
import { areaCode, isoTime, lat, lon, none, opId, uuid, words, type Route } from './route.ts';
import { eventStatuses, verbs } from './events-words.ts';
import { reportBody } from './events.ts';
import { commandResult, reportResult } from './events-views.ts';

const secret = z.object({ secret: z.string().min(20).max(100) });

/** What a receipt shows: steps and times, never the names of handlers or of other residents. */
export const receiptView = z.object({
  number: z.string(),
  title: z.string(),
  description: z.string(),
  categoryName: z.string(),
  categoryNameEn: z.string(),
  status: z.enum(eventStatuses),
  placeWords: z.string(),
  areaName: z.string().describe('所在社区；没有时为街道或区县'),
  reportedAt: isoTime,
  dueAt: isoTime.nullable().describe('当前这一步的时限'),
  closeDueAt: isoTime.nullable().describe('预计办结时间；还不知道时为空'),
  steps: z.array(
    z.object({
      at: isoTime,
      verb: z.enum(verbs),
      /** Kind and name of the organisation, never of a person. */
      unitName: z.string().nullable(),
      unitNameEn: z.string().nullable(),
      /** Words written for the reporter: reasons of a refusal, a result. */
      words: z.string(),
      outcome: z.string().nullable(),
    }),
  ),
  photos: z.array(z.object({ id: uuid, kind: z.string(), width: z.number().int(), height: z.number().int() })),
  rating: z.number().int().nullable(),
  mayRate: z.boolean(),
  mayReopen: z.boolean(),
  reopenUntil: isoTime.nullable(),
  mayUrge: z.boolean(),
  joined: z.boolean().describe('与他人反映的同一件事已合并办理'),
});

export const publicRoutes = {
  categories: {
    method: 'GET',
    path: '/api/public/categories',
    permission: 'public',
    summary: '居民可选的类别',
    params: none,
    query: none,
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          nameEn: z.string(),
          icon: z.string().nullable(),
          parentCode: z.string().nullable(),
        }),
      ),
    }),
    perMinute: 120,
  },
  locate: {
    method: 'GET',
    path: '/api/public/locate',
    permission: 'public',
    summary: '坐标所在的街道、社区和网格',
    params: none,
    query: z.object({
      lon: z.coerce.number<string>().min(-180).max(180),
      lat: z.coerce.number<string>().min(-90).max(90),
    }),
    body: none,
    response: z.object({
      areas: z.array(z.object({ code: areaCode, tier: z.string(), name: z.string() })),
      outside: z.boolean(),
    }),
    perMinute: 120,
  },
  streets: {
    method: 'GET',
    path: '/api/public/streets',
    permission: 'public',
    summary: '可选的街道与社区（没有定位时用）',
    params: none,
    query: none,
    body: none,
    response: z.object({
      items: z.array(
        z.object({ code: areaCode, name: z.string(), parentCode: z.string().nullable(), tier: z.string() }),
      ),
    }),
    perMinute: 60,
  },
  places: {
    method: 'GET',
    path: '/api/public/places',
    permission: 'public',
    summary: '按名字找地点',
    params: none,
    query: z.object({ q: z.string().min(1).max(40) }),
    body: none,
    response: z.object({ items: z.array(z.object({ name: z.string(), areaName: z.string(), lon, lat })) }),
    perMinute: 60,
  },
  similar: {
    method: 'GET',
    path: '/api/public/similar',
    permission: 'public',
    summary: '附近可能相同的事，可关注而不必再报',
    params: none,
    query: z.object({
      categoryCode: z.string().max(20),
      lon: z.coerce.number<string>().min(-180).max(180),
      lat: z.coerce.number<string>().min(-90).max(90),
    }),
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          id: uuid,
          categoryName: z.string(),
          status: z.enum(eventStatuses),
          reportedAt: isoTime,
          closedAt: isoTime.nullable(),
          distanceM: z.number(),
        }),
      ),
    }),
    perMinute: 60,
  },
  report: {
    method: 'POST',
    path: '/api/public/reports',
    permission: 'public',
    summary: '居民上报（免登录、免安装）',
    params: none,
    query: none,
    body: reportBody.omit({ priority: true, seenVersion: true }).extend({ phone: z.string().max(30).optional() }),
    response: reportResult,
    perMinute: 20,
  },
  receipt: {
    method: 'GET',
    path: '/api/public/receipts/:secret',
    permission: 'public',
    summary: '回执：每一步及时间',
    params: secret,
    query: none,
    body: none,
    response: receiptView,
    perMinute: 120,
  },
  rate: {
    method: 'POST',
    path: '/api/public/receipts/:secret/rate',
    permission: 'public',
    summary: '评价',
    params: secret,
    query: none,
    body: z.object({ opId, rating: z.number().int().min(1).max(5), words: words(1000).default('') }),
    response: commandResult,
    perMinute: 20,
  },
  reopen: {
    method: 'POST',
    path: '/api/public/receipts/:secret/reopen',
    permission: 'public',
    summary: '没解决，请重新办理（15 天内，同一编号）',
    params: secret,
    query: none,
    body: z.object({ opId, reason: words(1000, 2) }),
    response: commandResult,
    perMinute: 10,
  },
  urge: {
    method: 'POST',
    path: '/api/public/receipts/:secret/urge',
    permission: 'public',
    summary: '催一催',
    params: secret,
    query: none,
    body: z.object({ opId, words: words(500).default('') }),
    response: commandResult,
    perMinute: 10,
  },
  addWords: {
    method: 'POST',
    path: '/api/public/receipts/:secret/note',
    permission: 'public',
    summary: '补充说明',
    params: secret,
    query: none,
    body: z.object({ opId, words: words(1000, 1) }),
    response: commandResult,
    perMinute: 20,
  },
} as const satisfies Record<string, Route>;
