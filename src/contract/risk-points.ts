import * as z from 'zod';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';
import { importFile, importResult } from './grids-views.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const riskStates = ['open', 'controlled', 'retired'] as const;
/** 1 is the gravest. */
const level = z.number().int().min(1).max(4).describe('1 级最重，4 级最轻');
const kind = z.string().regex(/^[a-z0-9_]{1,40}$/);

const mark = z.object({ id: uuid, code: z.string(), name: z.string(), kind: z.string(), level, lon, lat });

export const riskRow = mark.extend({
  state: z.enum(riskStates),
  placeWords: z.string(),
  areaCode,
  areaName: z.string(),
  unitId: uuid.nullable(),
  unitName: z.string().nullable(),
  updatedAt: isoTime,
});

export const riskDetail = riskRow.extend({
  responsibleId: uuid.nullable(),
  responsibleName: z.string().nullable(),
  note: z.string(),
  version: z.number().int(),
  retiredAt: isoTime.nullable(),
  /** May this viewer change it? */
  mayEdit: z.boolean(),
});

const result = z.object({ point: riskDetail, at: isoTime, ledgerId: uuid });

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const id = z.object({ id: uuid });
const version = z.number().int().min(1);
const fields = z.object({
  name: words(100, 1),
  kind,
  level,
  lon,
  lat,
  placeWords: words(200),
  areaCode: areaCode.optional().describe('位置不在任何已画轮廓内时必填'),
  unitId: uuid.nullable(),
  responsibleId: uuid.nullable(),
  note: words(2000),
  state: z.enum(['open', 'controlled']),
});
const filter = {
  area: areaCode.optional().describe('此区划及其下级'),
  kinds: listOf(kind).optional(),
  levels: listOf(z.enum(['1', '2', '3', '4'])).optional(),
  states: listOf(z.enum(riskStates)).optional().describe('不给则不含已销号的'),
  q: z.string().trim().max(40).optional().describe('名称、编号或位置中的字'),
};

function get<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType>(
  path: `/api/${string}`,
  summary: string,
  params: P,
  query: Q,
  response: A,
) {
  return { method: 'GET', path, permission: 'grids.read', summary, params, query, body: none, response } as const;
}

function change<P extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  path: `/api/${string}`,
  summary: string,
  params: P,
  body: B,
  response: A,
) {
  return { method: 'POST', path, permission: 'risk.edit', summary, params, query: none, body, response } as const;
}

export const riskRoutes = {
  kinds: get(
    '/api/risk-kinds',
    '风险点的类型',
    none,
    none,
    z.object({
      items: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), certain: z.boolean() })),
    }),
  ),
  list: get(
    '/api/risk-points',
    '风险点，按编号分页；各人只见自己区划和单位的',
    none,
    z.object({ ...filter, ...page }),
    z.object({ items: z.array(riskRow), next: z.string().nullable() }),
  ),
  near: get(
    '/api/risk-points/near',
    '某点周围的风险点，由近到远',
    none,
    z.object({
      lon: z.coerce.number().pipe(lon),
      lat: z.coerce.number().pipe(lat),
      radiusM: z.coerce.number().min(1).max(5000),
    }),
    z.object({ items: z.array(mark.extend({ distanceM: z.number() })) }),
  ),
  get: get('/api/risk-points/:id', '风险点详情', id, none, riskDetail),
  create: change(
    '/api/risk-points',
    '新增风险点',
    none,
    fields.extend({
      opId,
      code: z
        .string()
        .regex(/^[A-Za-z0-9_.-]{1,40}$/)
        .optional()
        .describe('不给则由系统编号'),
      placeWords: words(200).default(''),
      unitId: uuid.nullable().default(null),
      responsibleId: uuid.nullable().default(null),
      note: words(2000).default(''),
      state: z.enum(['open', 'controlled']).default('open'),
    }),
    result,
  ),
  edit: {
    ...change('/api/risk-points/:id', '修改风险点', id, fields.partial().extend({ opId, version }), result),
    method: 'PATCH',
  },
  retire: change(
    '/api/risk-points/:id/retire',
    '销号（历史保留）',
    id,
    z.object({ opId, version, reason: words(500, 2) }),
    result,
  ),
  import: {
    ...change(
      '/api/risk-points/import',
      '导入风险点表（CSV）；编号已有的则修改',
      none,
      importFile.safeExtend({
        map: z.record(z.string(), z.string().max(100)).default({}).describe('字段 → 列名'),
        crs: z.enum(['wgs84', 'gcj02', 'bd09', 'cgcs2000']).default('wgs84'),
        skipWrong: z.boolean().default(false),
      }),
      importResult,
    ),
    bodyBytes: 16 * 1024 * 1024,
  },
} as const satisfies Record<string, Route>;
