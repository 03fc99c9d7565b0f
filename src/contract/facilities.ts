import * as z from 'zod';
import {
  classCode,
  facilityClassView,
  facilityDetail,
  facilityFormats,
  facilityMark,
  facilityRow,
  historyLine,
  missingFacts,
  openSpan,
  ownStandard,
  populationCell,
  populationSum,
  standardRow,
} from './facilities-views.ts';
import { importFile, importResult } from './grids-views.ts';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';

const id = z.object({ id: uuid });
const version = z.number().int().min(1);
const day = z.iso.date();
const saved = z.object({ facility: facilityDetail, at: isoTime, ledgerId: uuid });

const facts = z.object({
  classCode,
  name: words(120, 1),
  lon,
  lat,
  address: words(200).default(''),
  capacity: z.number().int().min(1).max(1_000_000).nullable().default(null).describe('按类别的计量单位；空为不明'),
  floorM2: z.number().int().min(1).max(10_000_000).nullable().default(null),
  hours: z.array(openSpan).max(21).nullable().default(null).describe('空为不明；空列表为不开放'),
  stepFree: z.boolean().nullable().default(null).describe('无台阶可进；空为不明'),
  openedOn: day.nullable().default(null),
  checkedOn: day.nullable().default(null),
  note: words(500).default(''),
});

const filter = {
  area: areaCode.optional().describe('此区划及其下级'),
  classes: listOf(classCode).optional(),
  families: listOf(z.string().regex(/^[a-z_]{1,40}$/)).optional(),
  open: z.enum(['now']).optional().describe('只看现在开放的'),
  missing: listOf(z.enum(missingFacts)).optional().describe('缺其中一项的'),
  past: z.stringbool().optional().describe('连同已停用的'),
  q: z.string().trim().max(40).optional().describe('名称、编号或地址中的字'),
};

function get<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType>(
  path: `/api/${string}`,
  summary: string,
  params: P,
  query: Q,
  response: A,
) {
  return { method: 'GET', path, permission: 'circle.read', summary, params, query, body: none, response } as const;
}

function change<P extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  path: `/api/${string}`,
  summary: string,
  params: P,
  body: B,
  response: A,
) {
  return { method: 'POST', path, permission: 'facility.edit', summary, params, query: none, body, response } as const;
}

const importWish = {
  map: z.record(z.string(), z.string().max(100)).default({}).describe('字段 → 列名'),
  crs: z.enum(['wgs84', 'gcj02', 'bd09', 'cgcs2000']).default('wgs84'),
  crsConfirmed: z.boolean().default(false).describe('已问过坐标系，确认无误'),
  skipWrong: z.boolean().default(false),
};
const fileBytes = 32 * 1024 * 1024;

/** Many points lie shifted from where they are known to be, as GCJ-02 points taken for WGS-84 do. */
export const crsDoubt = z
  .object({
    by: z.enum(['known', 'streets']).describe('凭已知位置，还是凭道路'),
    likely: z.enum(['gcj02', 'bd09']),
    rows: z.number().int(),
    medianM: z.number().int(),
  })
  .nullable()
  .describe('坐标系看来不对：像是哪一种、几行、偏移的中位数（米）');

export const facilityRoutes = {
  words: get(
    '/api/facilities/words',
    '设施的类别、产权性质和人群的词典',
    none,
    none,
    z.object({
      classes: z.array(facilityClassView),
      owners: z.array(
        facilityClassView.pick({ code: true, name: true, nameEn: true, certainty: true, source: true, sourceEn: true }),
      ),
      groups: z.array(
        facilityClassView.pick({ code: true, name: true, nameEn: true, certainty: true, source: true, sourceEn: true }),
      ),
      suppressBelow: z.number().int().describe('少于此数的人数不单独显示'),
    }),
  ),
  list: get(
    '/api/facilities',
    '设施，按编号分页；只含自己看得到的',
    none,
    z.object({ ...filter, ...page }),
    z.object({
      items: z.array(facilityRow),
      next: z.string().nullable(),
      total: z.number().int().nullable().describe('符合条件的总数；只看现在开放的时不算'),
    }),
  ),
  map: get(
    '/api/facilities/map',
    '地图上的设施：同样的条件，一次给全',
    none,
    z.object(filter),
    z.object({ items: z.array(facilityMark), more: z.boolean().describe('多于一次能给的，请缩小范围') }),
  ),
  export: {
    ...get(
      '/api/facilities/export',
      '导出设施：CSV 或 GeoJSON，可原样再导入',
      none,
      z.object({ ...filter, format: z.enum(facilityFormats).default('csv') }),
      z.unknown(),
    ),
    raw: 'download',
  },
  get: get('/api/facilities/:id', '一处设施', id, none, facilityDetail),
  history: get(
    '/api/facilities/:id/history',
    '一处设施的历次改动',
    id,
    none,
    z.object({ items: z.array(historyLine) }),
  ),
  create: change('/api/facilities', '登记设施', none, facts.extend({ opId }), saved),
  edit: {
    ...change('/api/facilities/:id', '修改设施', id, facts.extend({ opId, version }), saved),
    method: 'PATCH',
  },
  close: change(
    '/api/facilities/:id/close',
    '登记设施停用（不删除）；日期为空则撤回停用',
    id,
    z.object({ opId, version, closedOn: day.nullable().describe('从这天起不再有'), reason: words(300, 2) }),
    saved,
  ),
  import: {
    ...change(
      '/api/facilities/import',
      '导入设施（CSV 或 GeoJSON）；编号已有的则修改',
      none,
      importFile.safeExtend({ ...importWish, format: z.enum(facilityFormats).default('csv') }),
      importResult.extend({ crsDoubt }),
    ),
    bodyBytes: fileBytes,
  },
} as const satisfies Record<string, Route>;

export const standardRoutes = {
  list: get(
    '/api/standards',
    '一个区域里各类设施的标准：规范的、本地的、正在用的，连同来源和把握',
    none,
    z.object({ area: areaCode.optional().describe('市或区县；不给则为自己的') }),
    z.object({
      areaCode,
      areaName: z.string(),
      mayEdit: z.boolean(),
      areas: z.array(z.object({ code: areaCode, name: z.string() })).describe('可以看的市和区县'),
      items: z.array(standardRow),
    }),
  ),
  history: get(
    '/api/standards/:classCode/history',
    '一类设施本地标准的历次改动',
    z.object({ classCode }),
    z.object({ area: areaCode }),
    z.object({ items: z.array(ownStandard) }),
  ),
  set: change(
    '/api/standards/:classCode',
    '定本地标准；三个数全空则回到规范',
    z.object({ classCode }),
    z.object({
      opId,
      areaCode,
      version: z.number().int().min(0).describe('所见的版本；还没有时为 0'),
      walkMin: z.number().int().min(1).max(60).nullable(),
      radiusM: z.number().int().min(50).max(10_000).nullable(),
      perPeople: z.number().int().min(1).max(10_000_000).nullable(),
      reason: words(300, 2),
    }),
    z.object({ standard: standardRow, at: isoTime, ledgerId: uuid }),
  ),
} as const satisfies Record<string, Route>;

export const populationRoutes = {
  sums: get(
    '/api/population',
    '人口合计，按下一级区域；人数太少的不单独显示',
    none,
    z.object({ area: areaCode.optional() }),
    z.object({
      total: populationSum,
      parts: z.array(populationSum),
      sources: z.array(z.object({ source: z.string(), asOf: day, cells: z.number().int() })),
      exact: z.boolean().describe('是否看得到每个单元的确数'),
      mayEdit: z.boolean(),
      path: z.array(z.object({ code: areaCode, name: z.string() })),
    }),
  ),
  cells: get(
    '/api/population/cells',
    '地图上的人口单元；人数太少的不单独显示',
    none,
    z.object({ area: areaCode.optional() }),
    z.object({ items: z.array(populationCell), more: z.boolean() }),
  ),
  import: {
    ...change(
      '/api/population/import',
      '导入人口单元（CSV）；整个替换同一来源的旧数',
      none,
      importFile.safeExtend({
        ...importWish,
        source: words(60, 2).describe('数从哪里来，如“七普汇总”'),
        asOf: day.describe('截至哪天'),
      }),
      importResult.extend({ replaced: z.number().int().describe('替换掉的旧单元数'), people: z.number().int() }),
    ),
    bodyBytes: fileBytes,
  },
} as const satisfies Record<string, Route>;
