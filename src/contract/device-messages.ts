import * as z from 'zod';

/**
 * What a device says over MQTT, one JSON document per message (docs/mqtt.md). The topic tells which of the three it is:
 * `hg/v1/<device code>/readings`, `/alarm` or `/status`. (device, boot, seq) names a message for ever: the same message sent
 * twice is one message.
 */
export const deviceTopics = ['readings', 'alarm', 'status'] as const;
export type DeviceTopic = (typeof deviceTopics)[number];

/** What an alarm is about; the key of an open alarm is (device, kind). */
export const alarmKinds = [
  'smoke', // 烟雾
  'temperature', // 温度
  'gas', // 燃气
  'water_level', // 水位
  'tilt', // 倾斜
  'crack', // 裂缝
  'power', // 电气火灾、断电
  'manhole', // 井盖异动
  'intrusion', // 闯入
  'crowd', // 人流密集
  'sos', // 一键求助
  'offline', // 失联
  'anomaly', // 偏离往常
  'other', // 其他
] as const;
export type AlarmKind = (typeof alarmKinds)[number];

const named = {
  /** Changes at every start of the device: a counter, a start time or a random word. */
  boot: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  /** Counts from any number upward within one boot. */
  seq: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** When it was measured, by the device's own clock; without it the time of receipt counts. */
  at: z.iso.datetime({ offset: true }).optional(),
};

/** A metric's name: lower-case words with underscores, such as `smoke_ppm` or `water_mm`. */
export const metricName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

export const readingMessage = z.object({
  ...named,
  values: z
    .record(metricName, z.number().min(-1e12).max(1e12))
    .refine((values) => Object.keys(values).length >= 1 && Object.keys(values).length <= 20, '1 to 20 values'),
});
export type ReadingMessage = z.output<typeof readingMessage>;

export const alarmMessage = z.object({
  ...named,
  kind: z.enum(alarmKinds).exclude(['offline', 'anomaly']),
  /** `normal` says that what was reported is over. */
  state: z.enum(['active', 'normal']),
  value: z.number().min(-1e12).max(1e12).optional(),
  text: z.string().max(200).optional(),
});
export type AlarmMessage = z.output<typeof alarmMessage>;

export const statusMessage = z.object({
  ...named,
  /** 0 to 100. */
  battery: z.number().min(0).max(100).optional(),
  /** dBm. */
  signal: z.number().min(-200).max(0).optional(),
  firmware: z.string().max(40).optional(),
});
export type StatusMessage = z.output<typeof statusMessage>;
