import * as z from 'zod';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';
import {
  classCode,
  demandRow,
  demandStates,
  givenHeads,
  matchView,
  problemKinds,
  problemRow,
  problemStates,
  runLine,
  sources,
} from './shortfalls-views.ts';

/** What the life circle lacks: 设施问题清单 and 市场需求账, and all four lists as a file. */

const id = z.object({ id: uuid });
const read = { method: 'GET', permission: 'circle.read', params: none, query: none, body: none } as const;
const plan = { method: 'POST', permission: 'circle.plan', params: none, query: none } as const;
const filter = {
  area: areaCode.optional(),
  class: listOf(classCode).optional(),
  gone: z.enum(['no', 'yes', 'all']).default('no').describe('重新编制后不再出现的'),
  ...page,
};
/** What the lists hold beside the rows of a page. */
const around = {
  total: z.number().int(),
  next: z.string().nullable(),
  classes: z.array(z.object({ classCode, rows: z.number().int() })).describe('各类别的条数，不受类别筛选影响'),
};
const recorded = { at: isoTime, ledgerId: uuid };
const reason = words(300, 2).describe('为什么改');

export const shortfallRoutes = {
  problems: {
    ...read,
    path: '/api/shortfalls/problems',
    summary: '设施问题清单：涉及人数多的在前',
    query: z.object({
      ...filter,
      kind: listOf(z.enum(problemKinds)).optional(),
      state: listOf(z.enum(problemStates)).optional(),
    }),
    response: z.object({ items: z.array(problemRow), ...around }),
  },
  problem: {
    ...read,
    params: id,
    path: '/api/shortfalls/problems/:id',
    summary: '一条设施问题：出自哪次测算、哪些人口单元、哪些需求，改过什么',
    response: problemRow.extend(sources),
  },
  addProblem: {
    ...plan,
    path: '/api/shortfalls/problems',
    summary: '手工列入一条设施问题（如设施破旧），须写明原因',
    body: z.object({
      opId,
      classCode,
      kind: z.enum(problemKinds),
      facilityId: uuid.nullable().default(null),
      lon: lon.optional().describe('没有指明设施的，问题所在的位置'),
      lat: lat.optional(),
      heads: givenHeads,
      note: words(500).default(''),
      reason,
    }),
    response: z.object({ ...recorded, problem: problemRow }),
  },
  editProblem: {
    ...plan,
    params: id,
    path: '/api/shortfalls/problems/:id/edit',
    summary: '更正人数、状态或说明，须写明原因；人数可以改回编制得出的',
    body: z.object({
      opId,
      version: z.number().int(),
      heads: z.union([givenHeads, z.literal('produced')]).optional(),
      kind: z.enum(problemKinds).optional(),
      state: z.enum(problemStates).optional(),
      note: words(500).optional(),
      reason,
    }),
    response: z.object({ ...recorded, problem: problemRow }),
  },
  demands: {
    ...read,
    path: '/api/shortfalls/demands',
    summary: '市场需求账：够不着的人多的在前',
    query: z.object({ ...filter, state: listOf(z.enum(demandStates)).optional() }),
    response: z.object({ items: z.array(demandRow), ...around }),
  },
  demand: {
    ...read,
    params: id,
    path: '/api/shortfalls/demands/:id',
    summary: '一条市场需求：出自哪次测算、哪些人口单元、哪些需求，改过什么',
    response: demandRow.extend(sources),
  },
  editDemand: {
    ...plan,
    params: id,
    path: '/api/shortfalls/demands/:id/edit',
    summary: '更正人数、建议面积、状态或说明，须写明原因',
    body: z.object({
      opId,
      version: z.number().int(),
      heads: z.union([givenHeads, z.literal('produced')]).optional(),
      floorM2: z.number().int().min(1).max(1_000_000).nullable().optional(),
      state: z.enum(demandStates).optional(),
      idleId: uuid.nullable().optional().describe('拟用的闲置资源'),
      note: words(500).optional(),
      reason,
    }),
    response: z.object({ ...recorded, demand: demandRow }),
  },
  matches: {
    ...read,
    params: id,
    path: '/api/shortfalls/demands/:id/matches',
    summary: '闲置资源中能用来满足这一需求的：用途、面积、放在这里新增走得到的人口',
    response: z.object({
      items: z.array(matchView),
      limitMin: z.number(),
      excluded: z
        .object({
          otherUse: z.number().int(),
          unsafe: z.number().int(),
          taken: z.number().int(),
          elsewhere: z.number().int(),
        })
        .describe('没有列出的：用途不合、危房、已被占用、放在那里本社区没有人新走得到'),
      run: runLine,
    }),
  },
  standing: {
    ...read,
    path: '/api/shortfalls/standing',
    summary: '两张清单依据的测算与编制时间；有没有更新的测算',
    query: z.object({ area: areaCode.optional() }),
    response: z.object({
      areaCode: areaCode.nullable(),
      areaName: z.string(),
      run: runLine.nullable().describe('最近一次测算；还没有测算过为空'),
      producedAt: isoTime.nullable(),
      producedFrom: uuid.nullable(),
      problems: z.number().int(),
      demands: z.number().int(),
      mayProduce: z.boolean(),
    }),
  },
  produce: {
    ...plan,
    path: '/api/shortfalls/produce',
    summary: '按最近一次测算、需求与设施编制两张清单；人工更正保留，不再出现的标明',
    body: z.object({ opId, areaCode }),
    response: z.object({
      ...recorded,
      run: runLine,
      problems: z.object({
        added: z.number().int(),
        changed: z.number().int(),
        same: z.number().int(),
        gone: z.number().int(),
      }),
      demands: z.object({
        added: z.number().int(),
        changed: z.number().int(),
        same: z.number().int(),
        gone: z.number().int(),
      }),
    }),
  },
  export: {
    ...read,
    path: '/api/shortfalls/export/:format',
    summary: '两张清单和两本账：Excel 四张表，或 Word 文稿',
    params: z.object({ format: z.enum(['xlsx', 'docx']) }),
    query: z.object({ area: areaCode.optional() }),
    response: z.unknown(),
    raw: 'download',
  },
} as const satisfies Record<string, Route>;
