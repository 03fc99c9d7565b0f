import * as z from 'zod';
import { importResult } from './grids-views.ts';
import { metricName } from './device-messages.ts';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';

/** What a device is. What its alarms are about is another list (device-messages.ts). */
export const deviceKinds = [
  'smoke', // 烟感
  'temperature', // 温感
  'gas', // 燃气
  'water_level', // 水位、积水
  'rain', // 雨量
  'tilt', // 倾角
  'crack', // 裂缝
  'power', // 电气火灾、用电
  'manhole', // 井盖
  'access', // 门磁、周界
  'crowd', // 人流
  'air', // 空气质量
  'sos', // 一键求助
  'gateway', // 网关
  'other', // 其他
] as const;
export type DeviceKind = (typeof deviceKinds)[number];

export const deviceStates = ['active', 'muted', 'retired'] as const;
export type DeviceState = (typeof deviceStates)[number];

/** A device's code is one level of an MQTT topic and its user name at the broker. */
export const deviceCode = z
  .string()
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/)
  .describe('设备编码：字母、数字、点、横线、下划线，至多 64 位');

const metric = z.object({ name: metricName, unit: words(20).default('') });
export type Metric = z.output<typeof metric>;

export const deviceView = z.object({
  id: uuid,
  code: deviceCode,
  name: z.string(),
  kind: z.enum(deviceKinds),
  metrics: z.array(metric),
  lon,
  lat,
  areaCode,
  areaName: z.string(),
  district: z.string(),
  unitId: uuid.nullable().describe('负责单位；空则为所在区划的受理单位'),
  unitName: z.string().nullable(),
  riskPoint: z.string().nullable().describe('所守风险点编号'),
  heartbeatS: z.number().int().nullable().describe('应在多少秒内至少上报一次；空则不计失联'),
  state: z.enum(deviceStates),
  version: z.number().int(),
  createdAt: isoTime,
  retiredAt: isoTime.nullable(),
  lastSeenAt: isoTime.nullable(),
  battery: z.number().nullable(),
  signal: z.number().nullable(),
  firmware: z.string().nullable(),
  trueAlarms: z.number().int(),
  falseAlarms: z.number().int(),
});
export type DeviceView = z.output<typeof deviceView>;

const name = words(100, 1);
const fields = {
  name,
  kind: z.enum(deviceKinds),
  metrics: z
    .array(metric)
    .max(20)
    .refine((list) => new Set(list.map((one) => one.name)).size === list.length, 'Each metric once.'),
  lon,
  lat,
  areaCode: areaCode.optional().describe('位置不在任何轮廓内时必填'),
  unitId: uuid.nullable(),
  riskPoint: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .nullable(),
  heartbeatS: z.number().int().min(10).max(2_592_000).nullable(),
};

const version = z.number().int().min(1).describe('所见版本；别人先改过则拒绝');
const deviceId = z.object({ id: uuid });
const done = { device: deviceView, at: isoTime, ledgerId: uuid };
/** Told in this one answer (and in the same answer again for the same opId), kept only as a digest. */
const secret = z.string().describe('设备口令，只在此处给出');

const importBytes = 16 * 1024 * 1024;
const permission = 'device.edit';

export const deviceRoutes = {
  devices: {
    method: 'GET',
    path: '/api/devices',
    permission,
    summary: '设备列表，按编码排列',
    params: none,
    query: z.object({
      ...page,
      q: z.string().trim().max(64).optional().describe('编码、名称或风险点编号的一部分'),
      kinds: listOf(z.enum(deviceKinds)).optional(),
      states: listOf(z.enum(deviceStates)).optional().describe('缺省：除停用外'),
      area: areaCode.optional().describe('此区划及其下级'),
      unitId: uuid.optional(),
    }),
    body: none,
    response: z.object({ items: z.array(deviceView), total: z.number().int(), next: z.string().nullable() }),
  },
  device: {
    method: 'GET',
    path: '/api/devices/:id',
    permission,
    summary: '设备详情',
    params: deviceId,
    query: none,
    body: none,
    response: deviceView,
  },
  createDevice: {
    method: 'POST',
    path: '/api/devices',
    permission,
    summary: '登记设备；口令只给出一次',
    params: none,
    query: none,
    body: z.object({
      opId,
      code: deviceCode,
      ...fields,
      metrics: fields.metrics.default([]),
      unitId: fields.unitId.default(null),
      riskPoint: fields.riskPoint.default(null),
      heartbeatS: fields.heartbeatS.default(null),
    }),
    response: z.object({ ...done, secret }),
  },
  editDevice: {
    method: 'PATCH',
    path: '/api/devices/:id',
    permission,
    summary: '修改设备；静音后仍收数据，不起警报',
    params: deviceId,
    query: none,
    body: z.object({
      opId,
      version,
      name: fields.name.optional(),
      kind: fields.kind.optional(),
      metrics: fields.metrics.optional(),
      lon: lon.optional(),
      lat: lat.optional(),
      areaCode: fields.areaCode,
      unitId: fields.unitId.optional(),
      riskPoint: fields.riskPoint.optional(),
      heartbeatS: fields.heartbeatS.optional(),
      state: z.enum(['active', 'muted']).optional(),
      reason: words(500).default('').describe('静音必填'),
    }),
    response: z.object(done),
  },
  retireDevice: {
    method: 'POST',
    path: '/api/devices/:id/retire',
    permission,
    summary: '停用设备（历史保留），即刻断开',
    params: deviceId,
    query: none,
    body: z.object({ opId, version, reason: words(500, 2) }),
    response: z.object(done),
  },
  rotateDeviceSecret: {
    method: 'POST',
    path: '/api/devices/:id/secret',
    permission,
    summary: '换设备口令；旧口令即刻失效',
    params: deviceId,
    query: none,
    body: z.object({ opId, version }),
    response: z.object({ ...done, secret }),
  },
  importDevices: {
    method: 'POST',
    path: '/api/devices/import',
    permission,
    summary: '导入设备表（CSV）；可先试算',
    params: none,
    query: none,
    body: z
      .object({
        opId,
        text: z.string().max(importBytes).optional(),
        base64: z.string().max(importBytes).optional(),
        dryRun: z.boolean().default(false),
        crs: z.enum(['wgs84', 'gcj02', 'bd09', 'cgcs2000']).default('wgs84'),
        map: z.record(z.string(), z.string().max(100)).default({}).describe('字段 → 列名'),
        skipWrong: z.boolean().default(false),
      })
      .refine((body) => (body.text === undefined) !== (body.base64 === undefined), 'Send either text or base64.'),
    response: z.object({
      ...importResult.omit({ warnings: true, byTier: true }).shape,
      byKind: z.record(z.string(), z.number().int()),
      secrets: z.array(z.object({ code: deviceCode, secret })).describe('新登记的设备；试算时为空'),
      at: isoTime,
      ledgerIds: z.array(uuid),
    }),
    bodyBytes: importBytes,
  },
} as const satisfies Record<string, Route>;
