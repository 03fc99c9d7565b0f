import * as z from 'zod';
import { areaCode, isoTime, listOf, uuid } from './route.ts';
import { channels, eventStatuses } from './events-words.ts';

/** Words and shapes of the figures that server, web and tests share. */
export const caseParts = ['numerator', 'denominator', 'excluded'] as const;
export const grades = ['A', 'B', 'C', 'D', 'E'] as const;
export type Grade = (typeof grades)[number];
export const indicatorKinds = ['share', 'count', 'none'] as const;
export const indicatorGroups = ['close', 'quality', 'report', 'step', 'voice', 'hotline', 'load'] as const;
export const certainties = ['standard', 'field', 'proposal'] as const;
export const waitCodes = ['file', 'dispatch', 'accept', 'handle', 'check', 'whole'] as const;

export const day = z.iso.date();
export const indicatorCode = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
export const classCode = z.string().regex(/^[A-Za-z0-9]{1,20}$/);
const named = z.object({ code: z.string(), name: z.string(), nameEn: z.string() });

/** Which cases: all days are days of report, both included; nothing given does not narrow. */
export const caseFilter = {
  indicator: indicatorCode.optional(),
  part: z.enum(caseParts).default('denominator').describe('该指标的分子、分母，或没有计入的'),
  measure: indicatorCode.optional().describe('indicator-measures.csv 的一项，与 indicator 二选一'),
  from: day.optional(),
  to: day.optional(),
  area: areaCode.optional(),
  class: classCode.optional().describe('类别代码，含其下各级'),
  unit: uuid.optional().describe('主办单位'),
  cell: z
    .string()
    .regex(/^-?\d+(\.\d+)?(,-?\d+(\.\d+)?){3}$/)
    .optional()
    .describe('西,南,东,北（度）'),
  ids: listOf(uuid).optional().describe('至多 50 件'),
  closedOn: day.optional().describe('结案日'),
  acceptedOn: day.optional().describe('承办单位首次签收日'),
};

export const factRow = z.object({
  id: uuid,
  number: z.string(),
  categoryCode: z.string(),
  category: z.string(),
  categoryEn: z.string(),
  priority: z.number().int(),
  channel: z.enum(channels),
  status: z.enum(eventStatuses),
  areaName: z.string().describe('最小的一级区域'),
  unit: z.object({ id: uuid, name: z.string(), nameEn: z.string() }).nullable().describe('主办单位'),
  reportedAt: isoTime,
  endedAt: isoTime.nullable(),
  minutes: z.number().int().nullable().describe('上报到结案，分钟；没有结案为 null'),
  late: z.boolean(),
  returns: z.number().int(),
  reworks: z.number().int(),
  reopens: z.number().int(),
  extensions: z.number().int(),
  rating: z.number().int().nullable(),
  reviewAt: isoTime.nullable().describe('挂账的复查时间'),
  excluded: z.string().nullable().describe('剔除理由代码'),
});

/** How far figures have followed the ledger. */
export const asOf = z.object({
  seq: z.number().int(),
  at: isoTime,
  told: z.boolean().describe('false：历史数据仍在首次汇总，各数暂不完整'),
});

export const indicatorView = named.extend({
  group: z.enum(indicatorGroups),
  kind: z.enum(indicatorKinds),
  numerator: named.nullable(),
  denominator: named.nullable(),
  leftOut: z.array(named),
  direction: z.enum(['up', 'down', 'none']),
  limits: z.array(z.number()).describe('A 至 D 的限值；空：不评级'),
  least: z.number().int().describe('分母少于此数不评级'),
  companions: z.array(z.string()).describe('一起看的指标代码；wait_ 开头的是等候分布'),
  source: z.string(),
  certainty: z.enum(certainties),
  none: z.object({ zh: z.string(), en: z.string() }).nullable().describe('无此数据的原因'),
});

const part = z.object({ measure: z.string(), count: z.number().int() });

export const indicatorFigure = z.object({
  code: z.string(),
  value: z.number().nullable().describe('share：0 到 1；count：件数；null：没有可算的，或太少'),
  numerator: z.number().int(),
  denominator: z.number().int(),
  excluded: z.array(part).describe('没有计入的，按原因'),
  grade: z.enum(grades).nullable(),
  few: z.boolean().describe('太少，不评级'),
  before: z.number().nullable().describe('上一个同样长的期间'),
  trend: z.array(z.object({ from: day, to: day, numerator: z.number().int(), denominator: z.number().int() })),
});

export const waitFigure = z.object({
  code: z.enum(waitCodes),
  count: z.number().int(),
  medianMinutes: z.number().nullable(),
  p90Minutes: z.number().nullable(),
  bins: z.array(z.object({ toMinutes: z.number().nullable(), count: z.number().int() })).describe('上界；null：以上'),
});
