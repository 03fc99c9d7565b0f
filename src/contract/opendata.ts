import * as z from 'zod';
import { areaCode, isoTime, none, opId, uuid, type Route } from './route.ts';

/** What the city fixed, for everybody: what is published, and how it comes to be published. */

export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });
const count = z.number().int();

/** A group of cases that are told together: as precisely as at least k alike allow. */
export const openGroup = z.object({
  street: named.nullable(),
  class: named.nullable().describe('大类；空：没有分开'),
  community: named.nullable(),
  leaf: named.nullable().describe('小类'),
  week: z.string().nullable().describe('周一的日期'),
  rest: z.boolean().describe('是同一上级里没有单列的其余各件'),
  fixed: count.nullable().describe('办结件数；空：更正后不足 k 件，不再公布'),
  medianDays: count.nullable().describe('从上报到办结的天数中位数，整天'),
});

/** Of the whole area; null: too few to be told. */
export const openTotals = z.object({
  fixed: count,
  reported: count.nullable().describe('这个月上报的（不含不公布的类别）'),
  reportedFixed: count.nullable().describe('其中到发布时已办结的'),
  reopened: count.nullable().describe('这个月办结的里面，曾被要求重办的'),
  medianDays: count,
});

export const openFile = z.object({ name: z.string(), bytes: count, sha256: hash });

const release = z.object({
  id: uuid,
  areaCode,
  areaName: z.string(),
  month,
  version: count,
  k: count,
  totals: openTotals,
  groups: count,
  publishedAt: isoTime,
  files: z.array(openFile),
});

/** What a publication would put out, and what it would hold back. */
export const openPreview = z.object({
  areaCode,
  areaName: z.string(),
  month,
  version: count.describe('1：首次发布；更大：更正'),
  k: count,
  ready: z.boolean(),
  why: z.enum(['ready', 'month_not_over', 'too_soon', 'too_few', 'overlaps', 'nothing_changed']),
  readyOn: z.iso.date().describe('最早可以发布的日子'),
  totals: openTotals.nullable(),
  groups: z.array(openGroup),
  held: z.object({
    withheld: count.describe('属于不公布的类别'),
    tooFew: count.describe('凑不够 k 件，不公布'),
    kept: count.describe('更正不足 k 件、仍按原数公布的组'),
    homeless: count.describe('更正后没有对应分组的件数'),
    coarse: count.describe('并入上级或“其余”后公布的件数'),
  }),
  digest: hash.describe('发布时带回：与预览时不同则拒绝'),
});

const desk = { permission: 'feed.publish', params: none, body: none } as const;

export const openReleaseRoutes = {
  list: {
    ...desk,
    method: 'GET',
    path: '/api/open-releases',
    summary: '我能发布的区域、已发布的月份与到期可发布的月份',
    query: none,
    response: z.object({
      areas: z.array(z.object({ code: areaCode, name: z.string(), due: z.array(month) })),
      items: z.array(release),
      k: count,
      delayDays: count,
      withheld: z.array(named).describe('从不公布的类别'),
    }),
  },
  preview: {
    ...desk,
    method: 'GET',
    path: '/api/open-releases/preview',
    summary: '预览一个月的开放数据：公布什么、合并什么、不公布什么',
    query: z.object({ area: areaCode, month }),
    response: openPreview,
  },
  publish: {
    ...desk,
    method: 'POST',
    path: '/api/open-releases',
    summary: '发布（或更正）一个月的开放数据；发布后不可改动',
    query: none,
    body: z.object({ opId, areaCode, month, digest: hash }),
    response: z.object({ release, at: isoTime, ledgerId: uuid }),
  },
} as const satisfies Record<string, Route>;

const open = { permission: 'public', method: 'GET', body: none } as const;

/** The latest version of each area of a month, put together. */
export const openMonth = z.object({
  month,
  areas: z.array(
    z.object({
      code: areaCode,
      name: z.string(),
      version: count,
      publishedAt: isoTime,
      totals: openTotals,
      files: z.array(openFile),
    }),
  ),
  fixed: count,
  reopened: count.nullable(),
  byClass: z.array(named.extend({ fixed: count, medianDays: count.nullable() })).describe('多的在前；code 为空：其余'),
  byCommunity: z
    .array(named.extend({ streetName: z.string(), atLeast: count }))
    .describe('能落到社区的；同一社区还可能有并入街道“其余”的'),
  elsewhere: count.describe('只落到街道的件数'),
});

export const openDataRoutes = {
  index: {
    ...open,
    path: '/api/open-data',
    params: none,
    query: none,
    summary: '开放数据目录：月份、文件、口径与许可',
    response: z.object({
      k: count,
      delayDays: count,
      licence: z.object({ name: z.string(), url: z.string() }),
      withheld: z.array(named),
      months: z.array(z.object({ month, areas: z.array(z.object({ code: areaCode, name: z.string() })) })),
      dictionary: z.array(z.object({ column: z.string(), zh: z.string(), en: z.string() })),
    }),
    perMinute: 60,
    raw: 'download',
  },
  month: {
    ...open,
    path: '/api/open-data/months/:month',
    params: z.object({ month: z.union([month, z.literal('latest')]) }),
    query: none,
    summary: '一个月修好了什么：按类别、按社区',
    response: openMonth,
    perMinute: 60,
    raw: 'download',
  },
  file: {
    ...open,
    path: '/api/open-data/files/:area/:month/:version/:name',
    params: z.object({
      area: areaCode,
      month,
      version: z.coerce.number().int().min(1).max(999),
      name: z.string().regex(/^[a-z0-9.-]{1,60}$/),
    }),
    query: none,
    summary: '一个发布文件，逐字节与发布时相同',
    response: z.unknown(),
    perMinute: 60,
    raw: 'download',
  },
} as const satisfies Record<string, Route>;
