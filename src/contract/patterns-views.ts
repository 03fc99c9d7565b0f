import * as z from 'zod';
import { areaCode, isoTime, lat, lon, uuid } from './route.ts';

/** What the pages of patterns show. Counts are of events; durations are minutes. */

export const isoDay = z.iso.date();
export const categoryCode = z.string().max(40);
/** Kind of event: '' is every kind. */
export const kindOf = z.object({ code: categoryCode, name: z.string(), nameEn: z.string() });
export const placeOf = z.object({ areaCode, areaName: z.string().describe('所在的最小区划，连同社区'), lon, lat });

/** What was looked at, said with every answer. */
export const askedOf = z.object({
  areaCode,
  areaName: z.string(),
  from: isoDay,
  to: isoDay,
  category: kindOf.nullable(),
  ownOnly: z.boolean().describe('只含本单位主办的事件'),
});

/** Why nothing is said: too few cases, too short a history, or too few cells around. */
export const tooLittle = z.enum(['cases', 'history', 'cells']).nullable();

export const cellView = z.object({
  id: z.string().describe('格子：列:行'),
  box: z.tuple([lon, lat, lon, lat]).describe('西、南、东、北'),
  seen: z.number().int(),
  before: z.number().int().describe('对比时段'),
  around: z.number().int().describe('连同周围合计'),
  likely: z.number().describe('连同周围，若均匀分布应有'),
  z: z.number().nullable(),
  q: z.number().nullable(),
  heat: z.number().int().min(-3).max(3),
});

export const spotView = placeOf.extend({
  heat: z.number().int().min(1).max(3),
  cells: z.array(z.string()),
  seen: z.number().int(),
  before: z.number().int(),
  likely: z.number(),
  times: z.number().describe('为平均的几倍'),
  q: z.number(),
  kinds: z.array(kindOf.extend({ seen: z.number().int() })),
});

export const clusterView = placeOf.extend({
  category: kindOf,
  from: isoDay,
  to: isoDay,
  days: z.number().int(),
  seen: z.number().int(),
  likely: z.number(),
  times: z.number().nullable().describe('相对别处的倍数；别处一件也没有为空'),
  p: z.number(),
  draws: z.number().int(),
  steps: z.number().int(),
  cells: z.array(z.string()),
  boxes: z.array(z.tuple([lon, lat, lon, lat])),
});

export const anomalyStates = ['open', 'acknowledged', 'expired'] as const;
export const anomalyAnswers = ['acting', 'known_cause', 'no_matter'] as const;
export const anomalyView = z.object({
  id: uuid,
  areaCode,
  areaName: z.string(),
  category: kindOf,
  day: isoDay,
  untilHour: z.number().int().describe('24 为全天；小于 24 为当天到该整点'),
  side: z.enum(['more', 'fewer']),
  seen: z.number().int(),
  expected: z.number(),
  low: z.number().int(),
  high: z.number().int(),
  p: z.number(),
  q: z.number(),
  series: z.number().int(),
  state: z.enum(anomalyStates),
  foundAt: isoTime,
  answer: z.enum(anomalyAnswers).nullable(),
  reason: z.string(),
  quietUntil: isoDay.nullable(),
  answeredBy: z.string().nullable(),
  answeredAt: isoTime.nullable(),
  mayAnswer: z.boolean(),
  version: z.number().int(),
});
/** One day as it was and as it was likely; likely null: not enough history. */
export const likelyDay = z.object({
  day: isoDay,
  seen: z.number().int(),
  expected: z.number().nullable(),
  low: z.number().int().nullable(),
  high: z.number().int().nullable(),
});

export const recurrenceView = placeOf.extend({
  category: kindOf,
  seen: z.number().int(),
  medianGapDays: z.number(),
  backAfterClosing: z.number().int().describe('此前的都已结案之后又来的次数'),
  medianBackDays: z.number().nullable().describe('结案后多少天又来（中位）'),
  open: z.number().int(),
  units: z.array(z.object({ id: uuid, name: z.string(), nameEn: z.string() })),
  cases: z.array(
    z.object({
      id: uuid,
      number: z.string(),
      at: isoTime,
      closedAt: isoTime.nullable(),
      status: z.string(),
      unit: z.string().nullable(),
      unitEn: z.string().nullable(),
    }),
  ),
});

export const flowNode = z.object({
  key: z.string(),
  name: z.string(),
  nameEn: z.string(),
  stays: z.number().int(),
  waiting: z.number().int(),
  medianMin: z.number().nullable(),
  p90Min: z.number().nullable(),
  share: z.number().describe('占全部已完成停留时间的份额'),
  returns: z.number().int(),
});
export const flowEdge = z.object({
  from: z.string(),
  to: z.string(),
  count: z.number().int(),
  returns: z.number().int(),
  medianMin: z.number(),
});

export const forecastView = z.object({
  areaCode,
  areaName: z.string(),
  category: kindOf,
  past: z.array(z.object({ day: isoDay, seen: z.number().int() })),
  next: z.array(z.object({ day: isoDay, expected: z.number(), low: z.number().int(), high: z.number().int() })),
  trial: z.object({
    weeks: z.number(),
    covered: z.number().describe('区间覆盖了多少天，0 至 1'),
    error: z.number(),
    naiveError: z.number().describe('“与上周同一天一样多”的误差'),
  }),
});

export const caseView = z.object({
  id: uuid,
  number: z.string(),
  category: kindOf,
  at: isoTime,
  status: z.string(),
  areaName: z.string(),
});
