import * as z from 'zod';
import { importFile, importResult } from './grids-views.ts';
import { areaCode, isoTime, none, opId, page, uuid, words, type Route } from './route.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A part of a whole; both are counted, never typed. `part` null: too few to be shown. */
const share = z.object({
  part: z.number().int().nullable(),
  whole: z.number().int(),
  /** Per cent with two decimals; null where there is no whole, or the part is not shown. */
  percent: z.number().nullable(),
});

export const coverageRow = z.object({
  code: areaCode,
  name: z.string(),
  tier: z.string(),
  residents: z.number().int().describe('常住人口：区划登记数'),
  registered: z.number().int().describe('已登记住户的人口之和'),
  online: share.describe('线上群覆盖：去重后的入群居民 ÷ 常住人口'),
  visited: share.describe('走访覆盖：期限内走访过的住户 ÷ 已登记住户'),
  opens: z.boolean().describe('还能往下看一级'),
});

export const householdRow = z.object({
  id: uuid,
  areaCode,
  areaName: z.string(),
  address: z.string(),
  door: z.string(),
  residents: z.number().int(),
  visitedAt: isoTime.nullable(),
  visitedHow: z.enum(['home', 'phone', 'other']).nullable(),
  version: z.number().int(),
});

const householdResult = z.object({ household: householdRow, at: isoTime, ledgerId: uuid });

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const id = z.object({ id: uuid });
const version = z.number().int().min(1);
const fields = z.object({
  areaCode: areaCode.describe('网格或微网格'),
  address: words(200, 1).describe('到楼栋为止'),
  door: words(60, 1).describe('单元、楼层、门牌；加密保存'),
  residents: z.number().int().min(0).max(99),
});

function change<P extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  path: `/api/${string}`,
  summary: string,
  params: P,
  body: B,
  response: A,
) {
  return { method: 'POST', path, permission: 'visit.do', summary, params, query: none, body, response } as const;
}

export const coverageRoutes = {
  get: {
    method: 'GET',
    path: '/api/coverage',
    permission: 'grids.read',
    summary: '覆盖率：一个区划及其下一级，附算法与口径',
    params: none,
    query: z.object({ area: areaCode.optional().describe('不给则为本人任职所在的区划') }),
    body: none,
    response: z.object({
      at: isoTime,
      /** From the city down to the parent of `area`. */
      above: z.array(z.object({ code: areaCode, name: z.string() })),
      area: coverageRow,
      parts: z.array(coverageRow),
      rules: z.object({ visitedWithinDays: z.number().int(), suppressBelow: z.number().int() }),
    }),
  },
  households: {
    method: 'GET',
    path: '/api/households',
    permission: 'visit.do',
    summary: '住户，久未走访的在前；各人只见自己区划的',
    params: none,
    query: z.object({
      area: areaCode.optional(),
      due: z.stringbool().optional().describe('只列期限内没有走访过的'),
      ...page,
    }),
    body: none,
    response: z.object({ items: z.array(householdRow), next: z.string().nullable(), total: z.number().int() }),
  },
  create: change('/api/households', '登记一户', none, fields.extend({ opId }), householdResult),
  edit: {
    ...change(
      '/api/households/:id',
      '修改一户；没有给的保持原样',
      id,
      fields.partial().extend({ opId, version }),
      householdResult,
    ),
    method: 'PATCH',
  },
  retire: change(
    '/api/households/:id/retire',
    '不再列出一户（历史保留）',
    id,
    z.object({ opId, version, reason: words(500, 2) }),
    householdResult,
  ),
  visit: change(
    '/api/households/visits',
    '记下走访过的住户，一次可记多户',
    none,
    z.object({
      opId,
      at: isoTime.optional().describe('离线时实际走访的时间'),
      ids: z.array(uuid).min(1).max(200),
      how: z.enum(['home', 'phone', 'other']).default('home'),
    }),
    z.object({ visited: z.number().int(), at: isoTime, ledgerId: uuid }),
  ),
  import: {
    ...change(
      '/api/households/import',
      '导入住户表（CSV）；门牌已有的则修改',
      none,
      importFile.safeExtend({
        map: z.record(z.string(), z.string().max(100)).default({}).describe('字段 → 列名'),
        skipWrong: z.boolean().default(false),
      }),
      importResult,
    ),
    permission: 'visit.plan',
    bodyBytes: 64 * 1024 * 1024,
  },
} as const satisfies Record<string, Route>;
