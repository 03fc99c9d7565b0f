import * as z from 'zod';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';
import { importFile, importResult } from './grids-views.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const riskStates = ['open', 'controlled', 'retired'] as const;
/** Of a look that reached the point. */
export const lookResults = ['fine', 'finding'] as const;
export const riskSorts = ['code', 'due'] as const;
export const riskFormats = ['csv', 'geojson'] as const;
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
  lastLookAt: isoTime.nullable().describe('上次看到现场的时间；从未看过为空'),
  lastLookResult: z.enum(lookResults).nullable(),
  lookDueAt: isoTime.nullable().describe('下次应看的时间；刚登记、尚未排期为空'),
});

/** What a map needs of a point, and no more: thousands of them travel at once. */
const riskMark = mark.omit({ code: true }).extend({
  state: z.enum(riskStates),
  lastLookAt: isoTime.nullable(),
  lookDueAt: isoTime.nullable(),
});

export const riskDetail = riskRow.extend({
  responsibleId: uuid.nullable(),
  responsibleName: z.string().nullable(),
  note: z.string(),
  cycleDays: z.number().int().nullable().describe('每隔多少天看一次；空为按类型和等级的规则'),
  planCode: z.string().nullable().describe('此处出事时启动的预案'),
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
  cycleDays: z.number().int().min(1).max(730).nullable(),
  planCode: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,60}$/)
    .nullable(),
});
const filter = {
  area: areaCode.optional().describe('此区划及其下级'),
  kinds: listOf(kind).optional(),
  levels: listOf(z.enum(['1', '2', '3', '4'])).optional(),
  states: listOf(z.enum(riskStates)).optional().describe('不给则不含已销号的'),
  units: listOf(uuid).optional().describe('责任单位'),
  overdue: z.stringbool().optional().describe('到期还没看的'),
  lookedBefore: isoTime.optional().describe('上次看在此之前，或从未看过'),
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
    '风险点，按编号或按应看时间分页；各人只见自己区划和单位的',
    none,
    z.object({ ...filter, sort: z.enum(riskSorts).default('code'), ...page }),
    z.object({ items: z.array(riskRow), next: z.string().nullable() }),
  ),
  map: get(
    '/api/risk-points/map',
    '地图上的风险点：同样的条件，一次给全',
    none,
    z.object(filter),
    z.object({ items: z.array(riskMark), more: z.boolean().describe('多于一次能给的，请缩小范围') }),
  ),
  export: {
    ...get(
      '/api/risk-points/export',
      '导出风险点：CSV 或 GeoJSON，可原样再导入；同样的条件，只含自己看得到的',
      none,
      z.object({ ...filter, format: z.enum(riskFormats).default('csv') }),
      z.unknown(),
    ),
    raw: 'download',
  },
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
      cycleDays: fields.shape.cycleDays.default(null),
      planCode: fields.shape.planCode.default(null),
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
      '导入风险点（CSV 或 GeoJSON）；编号已有的则修改',
      none,
      importFile.safeExtend({
        format: z.enum(riskFormats).default('csv'),
        map: z.record(z.string(), z.string().max(100)).default({}).describe('字段 → 列名'),
        crs: z.enum(['wgs84', 'gcj02', 'bd09', 'cgcs2000']).default('wgs84'),
        skipWrong: z.boolean().default(false),
      }),
      importResult,
    ),
    bodyBytes: 16 * 1024 * 1024,
  },
} as const satisfies Record<string, Route>;
