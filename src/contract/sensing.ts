import * as z from 'zod';
import { alarmKinds, metricName } from './device-messages.ts';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';
import {
  alarmDetail,
  alarmResult,
  alarmRow,
  alarmShows,
  deadLetterStates,
  deadLetterView,
  priority,
  raisesWords,
  sourceCode,
  sourceView,
  thresholdBases,
  thresholdDirections,
  thresholdView,
} from './sensing-views.ts';

const id = z.object({ id: uuid });

// ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const reason = words(500, 2);
const note = words(500).default('');

function onAlarm<B extends z.ZodRawShape>(verb: string, summary: string, body: B) {
  return {
    method: 'POST',
    path: `/api/alarms/:id/${verb}` as `/api/${string}`,
    permission: 'alarm.handle',
    summary,
    params: id,
    query: none,
    body: z.object({ opId, ...body }),
    response: alarmResult,
  } as const satisfies Route;
}

const thresholdFields = {
  deviceKind: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/)
    .nullable(),
  deviceId: uuid.nullable(),
  basis: z.enum(thresholdBases),
  metric: metricName.nullable(),
  kind: z.enum(alarmKinds),
  direction: z.enum(thresholdDirections),
  raiseAt: z.number().min(-1e12).max(1e12).nullable(),
  clearAt: z.number().min(-1e12).max(1e12).nullable(),
  holdOffS: z.number().int().min(0).max(86_400),
  priority,
  categoryCode: z.string().max(20).nullable(),
  planCode: z.string().max(40).nullable(),
  raises: z.enum(raisesWords),
  note: words(200),
};
const newThreshold = z.object({
  ...thresholdFields,
  deviceKind: thresholdFields.deviceKind.default(null),
  deviceId: thresholdFields.deviceId.default(null),
  metric: thresholdFields.metric.default(null),
  direction: thresholdFields.direction.default('above'),
  raiseAt: thresholdFields.raiseAt.default(null),
  clearAt: thresholdFields.clearAt.default(null),
  holdOffS: thresholdFields.holdOffS.default(0),
  categoryCode: thresholdFields.categoryCode.default(null),
  planCode: thresholdFields.planCode.default(null),
  raises: thresholdFields.raises.default('ask'),
  note: thresholdFields.note.default(''),
});
const version = z.number().int().min(1).describe('所见版本；别人先改过则拒绝');
const thresholdResult = z.object({ threshold: thresholdView, at: isoTime, ledgerId: uuid });

const sourceFields = {
  name: words(60, 1),
  priority,
  categoryCode: z.string().max(20).nullable(),
  planCode: z.string().max(40).nullable(),
  raises: z.enum(raisesWords),
};
const sourceResult = z.object({ source: sourceView, at: isoTime, ledgerId: uuid });
/** Told in this one answer, and in the same answer again for the same opId. */
const secret = z.string().describe('签名密钥（whsec_…），只在此处给出');

/** What a third party sends: about a device of ours, or about a point of its own. */
export const alertBody = z
  .object({
    deviceCode: z.string().max(64).optional().describe('平台设备编码'),
    ref: z
      .string()
      .regex(/^[A-Za-z0-9._:-]{1,64}$/)
      .optional()
      .describe('对方的点位编号；同一编号的重复告警并为一条'),
    lon: lon.optional(),
    lat: lat.optional(),
    placeWords: words(200).default(''),
    kind: z.enum(alarmKinds).exclude(['offline', 'anomaly']),
    state: z.enum(['active', 'normal']).default('active'),
    at: isoTime.optional(),
    value: z.number().min(-1e12).max(1e12).optional(),
    text: words(200).default(''),
  })
  .refine(
    (body) => body.deviceCode !== undefined || (body.lon !== undefined && body.lat !== undefined),
    'Expected deviceCode, or lon and lat.',
  );
export type AlertBody = z.output<typeof alertBody>;

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const sensingRoutes = {
  alarms: {
    method: 'GET',
    path: '/api/alarms',
    permission: 'alarm.read',
    summary: '警报列表，新的在前；缺省为活动或未确认的',
    params: none,
    query: z.object({
      show: z.enum(alarmShows).default('open'),
      priority: listOf(z.coerce.number<string>().int()).optional(),
      kind: listOf(z.enum(alarmKinds)).optional(),
      areaCode: areaCode.optional(),
      deviceId: uuid.optional(),
      ...page,
    }),
    body: none,
    response: z.object({ items: z.array(alarmRow), next: z.string().nullable() }),
  },
  board: {
    method: 'GET',
    path: '/api/alarms/board',
    permission: 'alarm.read',
    summary: '警报计数：未确认（按等级）、活动',
    params: none,
    query: none,
    body: none,
    response: z.object({
      unacknowledged: z.array(z.object({ priority, count: z.number().int() })),
      active: z.number().int(),
    }),
  },
  alarm: {
    method: 'GET',
    path: '/api/alarms/:id',
    permission: 'alarm.read',
    summary: '警报详情：起警规则、本设备误报数、经过',
    params: id,
    query: none,
    body: none,
    response: alarmDetail,
  },
  alarmReadings: {
    method: 'GET',
    path: '/api/alarms/:id/readings',
    permission: 'alarm.read',
    summary: '警报前后本设备的读数（每项至多 2000 点，超出时取最近的）',
    params: id,
    query: z.object({ hours: z.coerce.number().min(0.25).max(168).default(6).describe('警报前多少小时起') }),
    body: none,
    response: z.object({
      series: z.array(
        z.object({
          metric: metricName,
          unit: z.string(),
          raiseAt: z.number().nullable(),
          clearAt: z.number().nullable(),
          points: z.array(z.object({ at: isoTime, value: z.number() })),
          truncated: z.boolean(),
        }),
      ),
    }),
  },
  acknowledge: onAlarm('acknowledge', '确认警报：声音停止', { note }),
  falseAlarm: {
    ...onAlarm('false', '误报：一键，按设备计数；已转的事件不随之改变', { note }),
    response: alarmResult.extend({
      eventStays: z.boolean().describe('真：由它转成（或正在转成）的事件仍在，须在事件中另行不予受理或作废'),
    }),
  },
  clear: onAlarm('clear', '手动恢复（须写明理由）', { reason }),
  raise: onAlarm('raise', '一键转为事件；同一警报只成一件', {
    categoryCode: z.string().max(20).optional().describe('缺省用规则所定类别'),
    priority: priority.optional(),
    note,
  }),
  link: onAlarm('link', '关联到已有事件', { eventId: uuid }),
  mute: {
    method: 'POST',
    path: '/api/devices/:id/mute',
    permission: 'alarm.handle',
    summary: '设备静默若干分钟：照收数据，不起警报；到时仍异常即起警。minutes 为 0 即解除',
    params: id,
    query: none,
    body: z.object({ opId, minutes: z.number().int().min(0).max(1440), reason }),
    response: z.object({ mutedUntil: isoTime.nullable(), at: isoTime, ledgerId: uuid }),
  },
  testCall: {
    method: 'POST',
    path: '/api/alarms/test',
    permission: 'alarm.handle',
    summary: '试警：走完整路径，明确标为试警，不转事件、不计数',
    params: none,
    query: none,
    body: z.object({
      opId,
      deviceId: uuid.optional(),
      kind: z.enum(alarmKinds).default('other'),
      priority: priority.default(2),
    }),
    response: alarmResult,
  },
  thresholds: {
    method: 'GET',
    path: '/api/thresholds',
    permission: 'device.edit',
    summary: '告警规则：阈值、滞回、延时、转事件方式',
    params: none,
    query: z.object({ deviceId: uuid.optional(), retired: z.stringbool().optional() }),
    body: none,
    response: z.object({ items: z.array(thresholdView) }),
  },
  createThreshold: {
    method: 'POST',
    path: '/api/thresholds',
    permission: 'device.edit',
    summary: '新增告警规则',
    params: none,
    query: none,
    body: newThreshold.extend({ opId }),
    response: thresholdResult,
  },
  editThreshold: {
    method: 'PATCH',
    path: '/api/thresholds/:id',
    permission: 'device.edit',
    summary: '修改告警规则（对象、依据、指标、种类不可改：停用后另建）',
    params: id,
    query: none,
    body: z.object({
      opId,
      version,
      direction: thresholdFields.direction.optional(),
      raiseAt: thresholdFields.raiseAt.optional(),
      clearAt: thresholdFields.clearAt.optional(),
      holdOffS: thresholdFields.holdOffS.optional(),
      priority: priority.optional(),
      categoryCode: thresholdFields.categoryCode.optional(),
      planCode: thresholdFields.planCode.optional(),
      raises: thresholdFields.raises.optional(),
      note: thresholdFields.note.optional(),
    }),
    response: thresholdResult,
  },
  retireThreshold: {
    method: 'POST',
    path: '/api/thresholds/:id/retire',
    permission: 'device.edit',
    summary: '停用告警规则',
    params: id,
    query: none,
    body: z.object({ opId, version, reason }),
    response: thresholdResult,
  },
  sources: {
    method: 'GET',
    path: '/api/alert-sources',
    permission: 'device.edit',
    summary: '第三方告警源（签名 webhook）',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(sourceView) }),
  },
  createSource: {
    method: 'POST',
    path: '/api/alert-sources',
    permission: 'device.edit',
    summary: '登记告警源；密钥只给出一次',
    params: none,
    query: none,
    body: z.object({
      opId,
      code: sourceCode,
      ...sourceFields,
      categoryCode: sourceFields.categoryCode.default(null),
      planCode: sourceFields.planCode.default(null),
      raises: sourceFields.raises.default('ask'),
    }),
    response: sourceResult.extend({ secret }),
  },
  editSource: {
    method: 'PATCH',
    path: '/api/alert-sources/:id',
    permission: 'device.edit',
    summary: '修改、停用或启用告警源',
    params: id,
    query: none,
    body: z.object({
      opId,
      version,
      name: sourceFields.name.optional(),
      priority: priority.optional(),
      categoryCode: sourceFields.categoryCode.optional(),
      planCode: sourceFields.planCode.optional(),
      raises: sourceFields.raises.optional(),
      enabled: z.boolean().optional(),
    }),
    response: sourceResult,
  },
  rotateSource: {
    method: 'POST',
    path: '/api/alert-sources/:id/secret',
    permission: 'device.edit',
    summary: '换告警源密钥；旧密钥即刻失效',
    params: id,
    query: none,
    body: z.object({ opId, version }),
    response: sourceResult.extend({ secret }),
  },
  deadLetters: {
    method: 'GET',
    path: '/api/dead-letters',
    permission: 'device.edit',
    summary: '收不下的设备消息，新的在前',
    params: none,
    query: z.object({
      state: z.enum(deadLetterStates).default('waiting'),
      deviceId: uuid.optional(),
      ...page,
    }),
    body: none,
    response: z.object({ items: z.array(deadLetterView), next: z.string().nullable() }),
  },
  replayDeadLetter: {
    method: 'POST',
    path: '/api/dead-letters/:id/replay',
    permission: 'device.edit',
    summary: '重新收一次（格式或设备改正之后）',
    params: id,
    query: none,
    body: z.object({ opId }),
    response: z.object({ verdict: z.enum(['taken', 'duplicate', 'refused']), reason: z.string(), at: isoTime }),
  },
  discardDeadLetter: {
    method: 'POST',
    path: '/api/dead-letters/:id/discard',
    permission: 'device.edit',
    summary: '弃置（须写明理由，仍可查）',
    params: id,
    query: none,
    body: z.object({ opId, reason }),
    response: z.object({ at: isoTime, ledgerId: uuid }),
  },
  alert: {
    method: 'POST',
    path: '/api/alerts/:source',
    permission: 'public',
    summary: '第三方告警投递：Standard Webhooks 签名，5 分钟时间窗，webhook-id 去重',
    params: z.object({ source: z.string().max(64) }),
    query: none,
    body: alertBody,
    response: z.object({ verdict: z.enum(['taken', 'duplicate']), alarmId: uuid.nullable() }),
    raw: 'signed',
    perMinute: 600,
    bodyBytes: 65_536,
  },
} as const satisfies Record<string, Route>;
