import * as z from 'zod';
import { tiers } from '#kit/tiers.ts';
import { areaCode, isoTime, lat, listOf, lon, none, opId, polygon, uuid, words, type Route } from './route.ts';
import { importBytes, importFile, importResult, problemView, unitKinds, unitView } from './grids-views.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A line of the area tree. */
export const areaRow = z.object({
  code: areaCode,
  tier: z.enum(tiers),
  name: z.string(),
  parentCode: areaCode.nullable(),
  kind: z.enum(['ordinary', 'exclusive']),
  residents: z.number().int(),
  households: z.number().int(),
  childCount: z.number().int(),
  hasOutline: z.boolean(),
  version: z.number().int(),
});

const pathItem = z.object({ code: areaCode, tier: z.enum(tiers), name: z.string() });

export const areaDetail = areaRow.extend({
  path: z.array(pathItem),
  geometry: polygon.nullable(),
  areaM2: z.number().nullable(),
  /** A position inside, for labels. */
  at: z.tuple([lon, lat]).nullable(),
  retiredAt: isoTime.nullable(),
  /** Who receives what is reported here. */
  receiver: unitView.nullable(),
  units: z.array(unitView),
  /** May this viewer change it? */
  mayEdit: z.boolean(),
});

/** What an outline command answers. Warnings are places that were wrong before and still are. */
const outlineResult = z.object({
  areas: z.array(areaRow),
  retired: z.array(areaCode),
  warnings: z.array(problemView),
  at: isoTime,
  ledgerId: uuid.nullable().describe('试算时为空'),
});

const areaResult = z.object({ area: areaRow, at: isoTime, ledgerId: uuid });

const code = z.object({ code: areaCode });
const version = z.number().int().min(1).describe('所见版本；别人先改过则拒绝');
const name = words(100, 1);
const count = z.number().int().min(0).max(100_000_000);
const bbox = z
  .string()
  .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/, 'west,south,east,north')
  .transform((text) => text.split(',').map(Number))
  .refine(([w = 0, s = 0, e = 0, n = 0]) => w < e && s < n, 'west,south,east,north');
const window = z.object({ bbox: bbox.optional(), tier: z.enum(tiers) });

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function get<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType>(
  path: `/api/${string}`,
  summary: string,
  params: P,
  query: Q,
  response: A,
) {
  return { method: 'GET', path, permission: 'grids.read', summary, params, query, body: none, response } as const;
}

function post<P extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  path: `/api/${string}`,
  summary: string,
  params: P,
  body: B,
  response: A,
) {
  return { method: 'POST', path, permission: 'grids.edit', summary, params, query: none, body, response } as const;
}

const unitFields = z.object({
  kind: z.enum(unitKinds),
  roleCode: z.string().regex(/^[a-z0-9_]{1,40}$/),
  name,
  nameEn: words(200),
  areaCode,
  parentId: uuid.nullable(),
  boardCode: z.string().max(40).nullable(),
  phone: words(40).nullable(),
  sort: z.number().int().min(0).max(1_000_000),
});
const newUnit = unitFields.extend({
  opId,
  code: z.string().regex(/^[A-Za-z0-9_.-]{1,40}$/),
  nameEn: words(200).default(''),
  parentId: uuid.nullable().default(null),
  boardCode: z.string().max(40).nullable().default(null),
  phone: words(40).nullable().default(null),
  sort: z.number().int().min(0).max(1_000_000).default(0),
});
const unitResult = z.object({ unit: unitView, at: isoTime, ledgerId: uuid });
const unitId = z.object({ id: uuid });
const boardView = z.object({
  code: z.string(),
  areaCode,
  name: z.string(),
  nameEn: z.string(),
  sort: z.number().int(),
});

export const gridsRoutes = {
  areas: get(
    '/api/areas',
    '区划树：某区划的下级；不给上级则为最高一级',
    none,
    z.object({ parent: areaCode.optional(), tier: z.enum(tiers).optional() }),
    z.object({ items: z.array(areaRow) }),
  ),
  searchAreas: get(
    '/api/areas/search',
    '按名字或代码找区划和地点',
    none,
    z.object({
      q: z.string().trim().min(1).max(40),
      within: areaCode.optional(),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
    z.object({
      areas: z.array(pathItem.extend({ pathName: z.string(), at: z.tuple([lon, lat]).nullable() })),
      places: z.array(z.object({ name: z.string(), kind: z.string(), areaName: z.string(), lon, lat })),
    }),
  ),
  area: get('/api/areas/:code', '区划详情（含轮廓）', code, none, areaDetail),
  tiling: get(
    '/api/areas/:code/tiling',
    '检查下级轮廓有无重叠、缝隙',
    code,
    none,
    z.object({ problems: z.array(problemView), missing: z.array(areaCode) }),
  ),
  answerers: get(
    '/api/areas/:code/answerers',
    '谁负责这里：各角色人数；有人员权限者可见姓名',
    code,
    none,
    z.object({
      receiver: unitView.nullable(),
      roles: z.array(
        z.object({
          role: z.string(),
          areaCode,
          unitId: uuid,
          unitName: z.string(),
          count: z.number().int(),
          names: z.array(z.string()).nullable(),
        }),
      ),
    }),
  ),
  createArea: post(
    '/api/areas',
    '新增区划；网格代码自动编排',
    none,
    z.object({
      opId,
      parentCode: areaCode.nullable().default(null),
      code: areaCode.optional().describe('社区及以上必填；网格、微网格可由系统编号'),
      kind: z.enum(['ordinary', 'exclusive']).default('ordinary'),
      name,
      residents: count.default(0),
      households: count.default(0),
      geometry: polygon.nullable().default(null),
    }),
    areaResult.extend({ warnings: z.array(problemView) }),
  ),
  editArea: {
    method: 'PATCH',
    path: '/api/areas/:code',
    permission: 'grids.edit',
    summary: '改名、改人口数',
    params: code,
    query: none,
    body: z.object({ opId, version, name: name.optional(), residents: count.optional(), households: count.optional() }),
    response: areaResult,
  },
  retireArea: post(
    '/api/areas/:code/retire',
    '停用区划（历史保留）',
    code,
    z.object({ opId, version, reason: words(500, 2) }),
    areaResult,
  ),
  saveOutlines: post(
    '/api/areas/outlines',
    '一次保存一组轮廓：画界、移动边界',
    none,
    z.object({
      opId,
      changes: z
        .array(z.object({ code: areaCode, version, geometry: polygon.nullable() }))
        .min(1)
        .max(500),
      dryRun: z.boolean().default(false),
    }),
    outlineResult,
  ),
  splitArea: post(
    '/api/areas/:code/split',
    '沿一条线拆分；最大的一块保留原代码',
    code,
    z.object({
      opId,
      version,
      line: z
        .array(z.tuple([lon, lat]))
        .min(2)
        .max(2000),
      names: z.array(name).max(50).default([]).describe('新区划的名称，自西向东'),
      codes: z.array(areaCode).max(50).default([]).describe('社区及以上的新代码，自西向东'),
      dryRun: z.boolean().default(false),
    }),
    outlineResult,
  ),
  mergeAreas: post(
    '/api/areas/merge',
    '合并相邻区划；其余代码停用',
    none,
    z.object({
      opId,
      areas: z
        .array(z.object({ code: areaCode, version }))
        .min(2)
        .max(50),
      into: areaCode.describe('保留的代码'),
      name: name.optional(),
      dryRun: z.boolean().default(false),
    }),
    outlineResult,
  ),
  importAreas: {
    ...post(
      '/api/areas/import',
      '导入区划表（CSV）',
      none,
      importFile.safeExtend({
        map: z.record(z.string(), z.string().max(100)).default({}).describe('字段 → 列名'),
        skipWrong: z.boolean().default(false),
        cityName: name.optional(),
      }),
      importResult,
    ),
    bodyBytes: importBytes,
  },
  importOutlines: {
    ...post(
      '/api/areas/import-outlines',
      '导入轮廓（GeoJSON，须写明坐标系）',
      none,
      importFile.safeExtend({
        crs: z.enum(['wgs84', 'gcj02', 'bd09', 'cgcs2000']),
        tier: z.enum(tiers).optional(),
        codeProperty: z.string().max(100).default('code'),
        nameProperty: z.string().max(100).default('name'),
        create: z.boolean().default(false),
        onProblem: z.enum(['refuse', 'warn']).default('refuse'),
      }),
      importResult,
    ),
    bodyBytes: importBytes,
  },
  units: get(
    '/api/units',
    '单位',
    none,
    z.object({
      area: areaCode.optional().describe('此区划及其下级'),
      kinds: listOf(z.enum(unitKinds)).optional(),
      role: z.string().max(40).optional(),
      q: z.string().max(40).optional(),
      retired: z.stringbool().default(false),
    }),
    z.object({ items: z.array(unitView) }),
  ),
  createUnit: post('/api/units', '新增单位', none, newUnit, unitResult),
  editUnit: {
    method: 'PATCH',
    path: '/api/units/:id',
    permission: 'grids.edit',
    summary: '修改单位',
    params: unitId,
    query: none,
    body: unitFields.partial().extend({ opId, version }),
    response: unitResult,
  },
  retireUnit: post(
    '/api/units/:id/retire',
    '停用单位',
    unitId,
    z.object({ opId, version, reason: words(500, 2) }),
    unitResult,
  ),
  importUnits: {
    ...post(
      '/api/units/import',
      '导入单位表（CSV）',
      none,
      importFile.safeExtend({
        map: z.record(z.string(), z.string().max(100)).default({}),
        skipWrong: z.boolean().default(false),
      }),
      importResult,
    ),
    bodyBytes: importBytes,
  },
  boards: get(
    '/api/boards',
    '板块',
    none,
    z.object({ area: areaCode.optional() }),
    z.object({ items: z.array(boardView) }),
  ),
  saveBoard: post(
    '/api/boards',
    '新增或修改板块',
    none,
    boardView.extend({ opId, code: z.string().regex(/^[A-Za-z0-9_.-]{1,40}$/), name, nameEn: words(200).default('') }),
    z.object({ board: boardView, at: isoTime, ledgerId: uuid }),
  ),
  basemapLayers: {
    method: 'GET',
    path: '/api/public/basemap',
    permission: 'public',
    summary: '底图有哪些层',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(z.object({ name: z.string(), updatedAt: isoTime })) }),
    perMinute: 120,
  },
} as const satisfies Record<string, Route>;

const geojson = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

/** Whole documents, sent as they are with an ETag; the server answers 304 to whoever has them already. */
export const gridsDocuments = {
  outlines: get('/api/areas/outlines', '轮廓（地图窗口，GeoJSON）', none, window, geojson),
  publicAreas: {
    method: 'GET',
    path: '/api/public/areas',
    permission: 'public',
    summary: '公众地图的轮廓：只有代码、名称、层级',
    params: none,
    query: window,
    body: none,
    response: geojson,
    perMinute: 240,
  },
  basemap: {
    method: 'GET',
    path: '/api/public/basemap/:layer',
    permission: 'public',
    summary: '底图的一层（GeoJSON）',
    params: z.object({ layer: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/) }),
    query: none,
    body: none,
    response: geojson,
    perMinute: 240,
  },
} as const satisfies Record<string, Route>;
