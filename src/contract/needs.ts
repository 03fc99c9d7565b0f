import * as z from 'zod';
import { importBytes } from './grids-views.ts';
import { classCode, groupCode, needDetail, needRow, needSources, needStates, needWords } from './needs-views.ts';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';

const byId = z.object({ id: uuid });
const version = z.number().int();
const changed = z.object({ need: needDetail, at: isoTime, ledgerId: uuid });

const wanted = {
  area: areaCode.optional(),
  class: z
    .union([classCode, z.literal('unknown')])
    .optional()
    .describe('unknown：还没有类别'),
  group: groupCode.optional(),
  states: listOf(z.enum(needStates)).optional(),
  source: z.enum(needSources).optional(),
  q: words(60).optional(),
};

/** What somebody at the desk or on the way heard. */
const heard = z.object({
  text: words(500, 2),
  classCode: classCode.nullable().default(null),
  groupCode: groupCode.nullable().default(null),
  people: z.number().int().min(1).max(100_000).default(1),
  areaCode: areaCode.nullable().default(null),
  lon: lon.nullable().default(null),
  lat: lat.nullable().default(null),
  saidAt: isoTime.nullable().default(null),
});

const importRow = z.object({
  line: z.number().int(),
  ref: z.string(),
  text: z.string(),
  classCode: classCode.nullable(),
  groupCode,
  areaName: z.string(),
  known: z.boolean().describe('已经收过'),
});
const importAnswer = z.object({
  read: z.number().int(),
  taken: z.number().int(),
  known: z.number().int().describe('编号以前收过，不重复'),
  unclassed: z.number().int(),
  cleaned: z.number().int().describe('去掉了个人信息的条数'),
  wrong: z.array(
    z.object({ line: z.number().int().nullable(), column: z.string(), expected: z.string(), found: z.string() }),
  ),
  wrongCount: z.number().int(),
  mapped: z.record(z.string(), z.string()),
  sample: z.array(importRow),
  dryRun: z.boolean(),
});

export const needRoutes = {
  words: {
    method: 'GET',
    path: '/api/need-words',
    permission: 'circle.read',
    summary: '服务需求用的类别、人群和规则',
    params: none,
    query: none,
    body: none,
    response: needWords,
  },
  list: {
    method: 'GET',
    path: '/api/needs',
    permission: 'circle.read',
    summary: '看得到的服务需求，说得最多的在前',
    params: none,
    query: z.object({ ...wanted, ...page }),
    body: none,
    response: z.object({
      items: z.array(needRow),
      total: z.number().int(),
      voices: z.number().int(),
      people: z.number().int(),
      next: z.string().nullable(),
    }),
  },
  tally: {
    method: 'GET',
    path: '/api/need-tally',
    permission: 'circle.read',
    summary: '各类设施的需求：条数、声音、人数',
    params: none,
    query: z.object({ area: areaCode.optional(), states: listOf(z.enum(needStates)).optional() }),
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          classCode: classCode.nullable(),
          needs: z.number().int(),
          voices: z.number().int(),
          people: z.number().int(),
          groups: z.array(
            z.object({ groupCode, needs: z.number().int(), voices: z.number().int(), people: z.number().int() }),
          ),
        }),
      ),
    }),
  },
  get: {
    method: 'GET',
    path: '/api/needs/:id',
    permission: 'circle.read',
    summary: '一项需求：每一条声音、来源、人群，为什么算在一起',
    params: byId,
    query: none,
    body: none,
    response: needDetail,
  },
  history: {
    method: 'GET',
    path: '/api/needs/:id/history',
    permission: 'circle.read',
    summary: '一项需求的每次变化',
    params: byId,
    query: none,
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          id: uuid,
          action: z.string(),
          at: isoTime,
          by: z.string().nullable(),
          data: z.record(z.string(), z.unknown()),
          words: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
  },
  guess: {
    method: 'POST',
    path: '/api/needs/guess',
    permission: 'need.record',
    summary: '从一句话猜类别和人群，去掉个人信息，并列出附近可能相同的需求；不保存',
    params: none,
    query: none,
    body: heard,
    response: z.object({
      text: z.string(),
      cleaned: z.boolean(),
      classCode: classCode.nullable(),
      because: z.string().nullable(),
      groupCode,
      groupBecause: z.string().nullable(),
      joins: needRow.nullable(),
    }),
  },
  hear: {
    method: 'POST',
    path: '/api/needs',
    permission: 'need.record',
    summary: '记下听到的一条需求；与已有的相同则并在一起',
    params: none,
    query: none,
    body: heard.extend({ opId, at: isoTime.optional().describe('没有网络时记下的时刻，由现场端带来') }),
    response: changed.extend({ joined: z.boolean() }),
  },
  describe: {
    method: 'PATCH',
    path: '/api/needs/:id',
    permission: 'circle.plan',
    summary: '确认或更改类别、改名',
    params: byId,
    query: none,
    body: z.object({
      opId,
      version,
      classCode: classCode.optional(),
      title: words(120, 2).optional(),
      reason: words(200).default(''),
    }),
    response: changed,
  },
  settle: {
    method: 'POST',
    path: '/api/needs/:id/state',
    permission: 'circle.plan',
    summary: '列入清单、不予采纳、重新提出：写明理由',
    params: byId,
    query: none,
    body: z.object({ opId, version, state: z.enum(['open', 'listed', 'met', 'declined']), reason: words(200, 2) }),
    response: changed,
  },
  merge: {
    method: 'POST',
    path: '/api/needs/:id/merge',
    permission: 'circle.plan',
    summary: '把几项相同的需求并到这一项；声音一条不少',
    params: byId,
    query: none,
    body: z.object({
      opId,
      version,
      from: z
        .array(z.object({ id: uuid, version }))
        .min(1)
        .max(20),
      reason: words(200, 2),
    }),
    response: changed,
  },
  split: {
    method: 'POST',
    path: '/api/needs/:id/split',
    permission: 'circle.plan',
    summary: '把几条声音分出去，成为另一项需求',
    params: byId,
    query: none,
    body: z.object({
      opId,
      version,
      voices: z.array(uuid).min(1).max(500),
      title: words(120, 2),
      classCode: classCode.nullable(),
      reason: words(200, 2),
    }),
    response: changed.extend({ made: uuid }),
  },
  import: {
    method: 'POST',
    path: '/api/needs/import',
    permission: 'circle.plan',
    summary: '导入民呼我为热线（CSV 或 JSON）：先试一遍，逐行说明；同一编号只收一次',
    params: none,
    query: none,
    body: z.object({
      opId,
      /** The file itself, base64. */
      file: z.string().max(importBytes),
      format: z.enum(['csv', 'json']),
      areaCode: areaCode.nullable().default(null).describe('文件里没有区域时算在哪里'),
      map: z.record(z.string().max(40), z.string().max(80)).default({}),
      dryRun: z.boolean(),
    }),
    response: importAnswer,
    bodyBytes: importBytes,
  },
  export: {
    method: 'GET',
    path: '/api/need-list',
    permission: 'circle.read',
    summary: '服务需求清单（表格或文档）',
    params: none,
    query: z.object({ ...wanted, format: z.enum(['xlsx', 'docx']), lang: z.enum(['zh', 'en']).default('zh') }),
    body: none,
    response: z.unknown(),
    raw: 'download',
  },
} as const satisfies Record<string, Route>;
