import * as z from 'zod';
import { day, dictionaryWord, forceRoles } from './force-views.ts';
import { areaCode, isoTime, none, opId, uuid, words, type Route } from './route.ts';

/** What is asked of those who work in the grids, and what somebody wants to ask in addition. Never a ranking. */

export const repeats = ['once', 'weekly', 'monthly', 'quarterly'] as const;
export const loads = ['light', 'middle', 'heavy'] as const;
export type Load = (typeof loads)[number];

const count = z.number().int();
const id = z.object({ id: uuid });
const recorded = z.object({ at: isoTime, ledgerId: uuid });

/** One week of one person, Monday to Sunday in Asia/Shanghai. */
export const burdenWeek = z.object({
  monday: day,
  forms: count,
  photos: count,
  minutes: count.describe('估计，分钟'),
  askedMinutes: count.describe('其中专项任务要求的分钟数'),
  acts: z.array(z.object({ action: z.string(), name: z.string(), nameEn: z.string(), times: count, minutes: count })),
});

export const areaBurden = z.object({
  areaCode,
  areaName: z.string(),
  workers: count,
  load: z.enum(loads).nullable().describe('人数太少不显示'),
  minutesFrom: count.nullable(),
  minutesTo: count.nullable(),
  people: z.array(z.object({ name: z.string(), load: z.enum(loads) })).describe('只给分管的人，按姓名排列'),
});

const wish = z.object({
  title: words(60, 2),
  words: words(1000).default(''),
  source: words(200, 2).describe('来自哪份文件或会议'),
  legalBase: words(200, 2).describe('法律法规依据'),
  areas: z.array(areaCode).min(1).max(60),
  roles: z.array(z.enum(forceRoles)).min(1),
  every: z.enum(repeats),
  minutes: count.min(1).max(480).describe('每人每次多少分钟'),
  photos: count.min(0).max(50).default(0),
  fields: z.array(words(40, 1)).max(40).default([]),
  dueDay: day,
  lastDay: day,
  renews: uuid.nullable().default(null),
});

const overlap = z.object({
  field: z.string(),
  code: z.string(),
  name: z.string(),
  where: z.string(),
  whereEn: z.string(),
});

export const askedTaskView = z.object({
  id: uuid,
  unitId: uuid,
  unitName: z.string(),
  title: z.string(),
  words: z.string(),
  source: z.string(),
  legalBase: z.string(),
  roles: z.array(z.enum(forceRoles)),
  every: z.enum(repeats),
  minutes: count,
  photos: count,
  fields: z.array(z.string()),
  overlaps: z.array(overlap),
  askedAt: isoTime,
  dueDay: day,
  lastDay: day,
  renews: uuid.nullable(),
  state: z.enum(['waiting', 'running', 'refused', 'withdrawn', 'expired']),
  mayWithdraw: z.boolean(),
  mayRenew: z.boolean().describe('本单位提出过，可以再申请一次'),
  answers: z.array(
    z.object({
      areaCode,
      areaName: z.string(),
      state: z.enum(['waiting', 'accepted', 'refused']),
      reason: z.string(),
      answeredAt: isoTime.nullable(),
      mayAnswer: z.boolean(),
    }),
  ),
});
export type AskedTaskView = z.output<typeof askedTaskView>;

export const burdenRoutes = {
  mine: {
    method: 'GET',
    permission: 'signed_in',
    path: '/api/burden/mine',
    summary: '我每周被要求的表、照片和分钟（只有本人看得到）',
    params: none,
    query: z.object({ weeks: z.coerce.number().int().min(1).max(26).default(8) }),
    body: none,
    response: z.object({ weeks: z.array(burdenWeek) }),
  },
  areas: {
    method: 'GET',
    permission: 'burden.ask',
    path: '/api/burden/areas',
    summary: '各网格上周负担的区间（不含姓名；分管人员除外）',
    params: none,
    query: z.object({ area: areaCode }),
    body: none,
    response: z.object({ monday: day, items: z.array(areaBurden) }),
  },
  rules: {
    method: 'GET',
    permission: 'burden.ask',
    path: '/api/burden/rules',
    summary: '布置任务的规矩：最短提前天数、最长有效期',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(dictionaryWord.extend({ value: count })) }),
  },
  check: {
    method: 'POST',
    permission: 'burden.ask',
    path: '/api/asked-tasks/check',
    summary: '布置之前：会压到谁、已有哪些数据、是否来得及',
    params: none,
    query: none,
    body: wish.pick({
      areas: true,
      roles: true,
      every: true,
      minutes: true,
      fields: true,
      dueDay: true,
      lastDay: true,
    }),
    response: z.object({
      problems: z.array(z.string()),
      overlaps: z.array(overlap),
      areas: z.array(areaBurden),
      workers: count,
      minutesAWeek: count.describe('每人每周增加多少分钟'),
      hoursInAll: z.number().describe('有效期内所有人一共多少小时'),
    }),
  },
  ask: {
    method: 'POST',
    permission: 'burden.ask',
    path: '/api/asked-tasks',
    summary: '申请给网格布置任务：来源、依据、期限、每次几分钟',
    params: none,
    query: none,
    body: wish.extend({ opId }),
    response: recorded.extend({ id: uuid }),
  },
  list: {
    method: 'GET',
    permission: 'signed_in',
    path: '/api/asked-tasks',
    summary: '任务登记册：谁要求、依据什么、街道接不接',
    params: none,
    query: z.object({ state: z.enum(['open', 'all']).default('open') }),
    body: none,
    response: z.object({
      items: z.array(askedTaskView),
      /** By asking unit, for those above it. */
      askers: z.array(z.object({ unitId: uuid, unitName: z.string(), asked: count, accepted: count, refused: count })),
    }),
  },
  answer: {
    method: 'POST',
    permission: 'force.edit',
    path: '/api/asked-tasks/:id/answer',
    summary: '接受，或写明理由拒绝',
    params: id,
    query: none,
    body: z.object({ opId, areaCode, accept: z.boolean(), reason: words(500).default('') }),
    response: recorded,
  },
  withdraw: {
    method: 'POST',
    permission: 'burden.ask',
    path: '/api/asked-tasks/:id/withdraw',
    summary: '撤回任务',
    params: id,
    query: none,
    body: z.object({ opId }),
    response: recorded,
  },
} as const satisfies Record<string, Route>;
