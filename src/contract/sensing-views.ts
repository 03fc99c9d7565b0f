import * as z from 'zod';
import { alarmKinds, deviceTopics, metricName } from './device-messages.ts';
import { areaCode, isoTime, lat, lon, uuid } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether what was reported is still so. An alarm stays on the list until somebody has acknowledged it. */
export const alarmConditions = ['active', 'cleared'] as const;
/** What people found it to be; null while nobody has said so. */
export const alarmOutcomes = ['false', 'handled'] as const;
/** How it ended: the device said normal · by hand · found false. */
export const clearedWays = ['signal', 'hand', 'false'] as const;
/** What of becoming an event was refused for good: the event itself, or the plan on it. */
export const refusedSteps = ['event', 'plan'] as const;
/** Which alarms a list shows. `open`: active or not acknowledged yet. */
export const alarmShows = ['open', 'active', 'unacknowledged', 'cleared', 'false', 'all'] as const;

/**
 * What a threshold judges. message: what the device itself says · value: a reading · rate: change of a reading per minute
 * · silence: heartbeats missed · season: distance from what is usual at this hour of the week (robust z).
 */
export const thresholdBases = ['message', 'value', 'rate', 'silence', 'season'] as const;
export type ThresholdBasis = (typeof thresholdBases)[number];
export const thresholdDirections = ['above', 'below'] as const;
export const deadLetterStates = ['waiting', 'replayed', 'discarded'] as const;
/** auto: becomes an event by itself · ask: a seat decides by one key · never: an alarm only. */
export const raisesWords = ['auto', 'ask', 'never'] as const;

export const priority = z.number().int().min(0).max(4);
export const sourceCode = z.string().regex(/^[a-z][a-z0-9_-]{1,39}$/);

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const alarmDevice = z.object({ id: uuid, code: z.string(), name: z.string(), kind: z.string() });

export const alarmRow = z.object({
  id: uuid,
  kind: z.enum(alarmKinds),
  priority,
  device: alarmDevice.nullable().describe('来自平台设备；第三方点位告警为空'),
  source: z.object({ code: z.string(), name: z.string() }).nullable().describe('来自第三方告警源'),
  condition: z.enum(alarmConditions),
  acknowledged: z.boolean(),
  acknowledgedAt: isoTime.nullable(),
  acknowledgedBy: z.string().nullable(),
  outcome: z.enum(alarmOutcomes).nullable(),
  raisedAt: isoTime.describe('设备所报时刻（可信时），否则收到时刻'),
  receivedAt: isoTime,
  clearedAt: isoTime.nullable(),
  clearedHow: z.enum(clearedWays).nullable(),
  metric: z.string().nullable(),
  value: z.number().nullable(),
  unit: z.string().describe('value 的单位；不知道时为空'),
  text: z.string().describe('设备或告警源所附文字'),
  repeats: z.number().int().describe('同一警报又报了几次'),
  lastAt: isoTime,
  event: z.object({ id: uuid, number: z.string() }).nullable(),
  eventWaiting: z.boolean().describe('正在转为事件'),
  refused: z
    .object({ step: z.enum(refusedSteps), code: z.string() })
    .nullable()
    .describe('不能转事件或不能启动预案：不再重试，code 为拒绝的原因'),
  areaCode,
  areaName: z.string(),
  unitId: uuid,
  unitName: z.string(),
  lon,
  lat,
  placeWords: z.string(),
  test: z.boolean(),
  clockWrong: z.boolean().describe('设备时钟快于平台 5 分钟以上，按收到时刻计'),
  secondChannelAt: isoTime.nullable(),
  version: z.number().int(),
});
export type AlarmRow = z.output<typeof alarmRow>;

export const thresholdView = z.object({
  id: uuid,
  deviceKind: z.string().nullable().describe('对一类设备；与 deviceId 恰有其一'),
  deviceId: uuid.nullable().describe('只对一台设备，胜过同类'),
  deviceCode: z.string().nullable(),
  basis: z.enum(thresholdBases),
  metric: metricName.nullable().describe('value、rate、season 必填'),
  kind: z.enum(alarmKinds),
  direction: z.enum(thresholdDirections),
  raiseAt: z
    .number()
    .nullable()
    .describe('达到即起警：value 为读数，rate 为每分钟变化，silence 为错过的心跳数，season 为稳健 z'),
  clearAt: z.number().nullable().describe('回到此值才算恢复（滞回）'),
  holdOffS: z.number().int().describe('持续多少秒才起警'),
  priority,
  categoryCode: z.string().nullable().describe('转为事件时的类别'),
  planCode: z.string().nullable(),
  raises: z.enum(raisesWords),
  note: z.string(),
  retired: z.boolean(),
  version: z.number().int(),
  updatedAt: isoTime,
});
export type ThresholdView = z.output<typeof thresholdView>;

export const alarmVerbs = ['acknowledge', 'false', 'clear', 'raise', 'link', 'mute'] as const;
export type AlarmVerb = (typeof alarmVerbs)[number];

export const alarmDetail = alarmRow.extend({
  clearReason: z.string(),
  /** The rule that raised it; null for a default of its kind or a rule of a third party. */
  threshold: thresholdView.nullable(),
  categoryCode: z.string().nullable(),
  planCode: z.string().nullable(),
  raises: z.enum(raisesWords),
  /** The device's last `days` days, test calls left out; null without a device. */
  counts: z
    .object({ days: z.number().int(), alarms: z.number().int(), false: z.number().int(), handled: z.number().int() })
    .nullable(),
  mutedUntil: isoTime.nullable(),
  timeline: z.array(
    z.object({
      id: uuid,
      at: isoTime,
      action: z.string(),
      actorName: z.string().nullable(),
      data: z.record(z.string(), z.unknown()),
      words: z.record(z.string(), z.unknown()),
    }),
  ),
  allowed: z.array(z.enum(alarmVerbs)),
});

/** What every command on an alarm answers. */
export const alarmResult = z.object({ alarm: alarmRow, at: isoTime, ledgerId: uuid.nullable() });

export const sourceView = z.object({
  id: uuid,
  code: sourceCode,
  name: z.string(),
  url: z.string().describe('第三方投递地址'),
  enabled: z.boolean(),
  priority,
  categoryCode: z.string().nullable(),
  planCode: z.string().nullable(),
  raises: z.enum(raisesWords),
  lastAt: isoTime.nullable(),
  received: z.number().int(),
  version: z.number().int(),
});

export const deadLetterView = z.object({
  id: uuid,
  deviceId: uuid,
  deviceCode: z.string(),
  topic: z.enum(deviceTopics),
  receivedAt: isoTime,
  bytes: z.number().int(),
  body: z.string().describe('原文；不是文本时为 base64'),
  base64: z.boolean(),
  reason: z.string(),
  times: z.number().int(),
  state: z.enum(deadLetterStates),
});
