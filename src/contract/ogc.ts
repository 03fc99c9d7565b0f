import * as z from 'zod';
import { deskTiers, tiers } from '#kit/tiers.ts';
import { channels, eventStatuses } from './events-words.ts';
import { riskStates } from './risk-points.ts';
import { areaCode, none, uuid, type Route } from './route.ts';

/**
 * OGC API – Features Part 1: areas, risk points, events, stations and facilities as layers for QGIS and other programs, outside /api because
 * clients follow links from one root. All are raw: server/http/ogc.ts serves them, docs/qgis.md describes them. Queries
 * are strict, because the standard asks for 400 where a parameter is unknown.
 */
export const formats = ['json', 'html'] as const;
export type OgcFormat = (typeof formats)[number];

/** How many features a page holds. More than the largest is no error: the page is cut. */
export const pageSize = { least: 1, usual: 100, most: 10_000 } as const;

const f = z.enum(formats).optional().describe('json 或 html；不给则看 Accept');
const formatOnly = z.strictObject({ f });
const yesNo = z.enum(['true', 'false']).transform((word) => word === 'true');

const common = {
  f,
  bbox: z.string().max(200).optional().describe('西,南,东,北（WGS-84 度）；西大于东表示跨越 180° 经线'),
  datetime: z.string().max(100).optional().describe('时刻或区间，如 2026-01-01T00:00:00Z/..；没有时间的要素总会列出'),
  limit: z.coerce.number().int().min(pageSize.least).default(pageSize.usual).describe('每页数目，至多 10000'),
  cursor: z.string().max(300).optional().describe('上一页 next 链接所带'),
};

/** Properties one may filter by, per collection: equality. */
export const areaProperties = {
  code: areaCode.optional(),
  tier: z.enum(tiers).optional(),
  parentCode: areaCode.optional(),
  kind: z.enum(['ordinary', 'exclusive']).optional(),
};
export const riskProperties = {
  code: z.string().max(40).optional(),
  kind: z.string().max(40).optional(),
  level: z.coerce.number().int().min(1).max(4).optional(),
  state: z.enum(riskStates).optional(),
  areaCode: areaCode.optional(),
  unitId: uuid.optional(),
};
export const eventProperties = {
  status: z.enum(eventStatuses).optional(),
  priority: z.coerce.number().int().min(0).max(4).optional(),
  categoryCode: z.string().max(40).optional(),
  channel: z.enum(channels).optional(),
  tier: z.enum(deskTiers).optional(),
  areaCode: areaCode.optional().describe('此区划及其下级'),
  late: yesNo.optional(),
  supervised: yesNo.optional(),
  open: yesNo.optional(),
};

export const stationProperties = {
  code: z.string().max(40).optional(),
  areaCode: areaCode.optional().describe('此区划及其下级'),
  openNow: yesNo.optional().describe('现在开放'),
};

export const facilityProperties = {
  code: z.string().max(60).optional(),
  classCode: z.string().max(40).optional().describe('设施类别（facility-classes.csv）'),
  areaCode: areaCode.optional().describe('此区划及其下级'),
  openNow: yesNo.optional().describe('现在开放'),
};

const shared = { method: 'GET', body: none, response: z.unknown(), raw: 'download' } as const;
const open = { ...shared, permission: 'public', query: formatOnly, params: none, perMinute: 240 } as const;

export const ogcRoutes = {
  landing: { ...open, path: '/ogc', summary: 'OGC API – Features：首页' },
  definition: { ...open, path: '/ogc/api', summary: 'OGC API – Features：接口定义（OpenAPI 3.0）' },
  conformance: { ...open, path: '/ogc/conformance', summary: 'OGC API – Features：符合的要求类' },
  collections: { ...open, path: '/ogc/collections', summary: 'OGC API – Features：有哪些图层' },
  collection: {
    ...open,
    path: '/ogc/collections/:collection',
    summary: 'OGC API – Features：一个图层的说明',
    params: z.object({ collection: z.string() }),
  },
  areas: {
    ...shared,
    path: '/ogc/collections/areas/items',
    permission: 'grids.read',
    summary: '区划与网格的轮廓（GeoJSON 或 HTML）',
    params: none,
    query: z.strictObject({ ...common, ...areaProperties }),
  },
  area: {
    ...shared,
    path: '/ogc/collections/areas/items/:feature',
    permission: 'grids.read',
    summary: '一个区划',
    params: z.object({ feature: z.string() }),
    query: formatOnly,
  },
  riskPoints: {
    ...shared,
    path: '/ogc/collections/risk-points/items',
    permission: 'grids.read',
    summary: '在册风险点（GeoJSON 或 HTML）；各人只见自己区划和单位的',
    params: none,
    query: z.strictObject({ ...common, ...riskProperties }),
  },
  riskPoint: {
    ...shared,
    path: '/ogc/collections/risk-points/items/:feature',
    permission: 'grids.read',
    summary: '一个风险点',
    params: z.object({ feature: z.string() }),
    query: formatOnly,
  },
  events: {
    ...shared,
    path: '/ogc/collections/events/items',
    permission: 'event.read',
    summary: '事件（GeoJSON 或 HTML），不含任何人写的文字和姓名；各人只见自己看得到的',
    params: none,
    query: z.strictObject({ ...common, ...eventProperties }),
  },
  event: {
    ...shared,
    path: '/ogc/collections/events/items/:feature',
    permission: 'event.read',
    summary: '一个事件',
    params: z.object({ feature: z.string() }),
    query: formatOnly,
  },
  stations: {
    ...shared,
    path: '/ogc/collections/stations/items',
    permission: 'station.read',
    summary: '驿站（GeoJSON 或 HTML）：公开的事实；各人只见自己看得到的',
    params: none,
    query: z.strictObject({ ...common, ...stationProperties }),
  },
  station: {
    ...shared,
    path: '/ogc/collections/stations/items/:feature',
    permission: 'station.read',
    summary: '一座驿站',
    params: z.object({ feature: z.string() }),
    query: formatOnly,
  },
  facilities: {
    ...shared,
    path: '/ogc/collections/facilities/items',
    permission: 'circle.read',
    summary: '生活圈设施（GeoJSON 或 HTML）；各人只见自己看得到的',
    params: none,
    query: z.strictObject({ ...common, ...facilityProperties }),
  },
  facility: {
    ...shared,
    path: '/ogc/collections/facilities/items/:feature',
    permission: 'circle.read',
    summary: '一处设施',
    params: z.object({ feature: z.string() }),
    query: formatOnly,
  },
} as const satisfies Record<string, Route>;
