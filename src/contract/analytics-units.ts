import * as z from 'zod';
import { asOf, day } from './analytics-views.ts';
import { areaCode, isoTime, none, opId, page, uuid, words, type Route } from './route.ts';

/** Comparison of units, ratings between units, cases taken out of the figures. Units only: persons are never compared. */
export const bands = ['A', 'B', 'C', 'D', 'E'] as const;
export const exclusionStates = ['proposed', 'approved', 'refused', 'withdrawn', 'lifted'] as const;
const unitRef = z.object({ id: uuid, name: z.string(), nameEn: z.string() });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const quarter = z.string().regex(/^\d{4}Q[1-4]$/);
const code = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
const done = z.object({ id: uuid, version: z.number().int(), at: isoTime, ledgerId: uuid });

export const unitLine = z.object({
  unit: unitRef,
  kind: z.string(),
  cases: z.number().int().describe('应结案件'),
  late: z.number().int().describe('其中没有按期结案的'),
  expectedLate: z.number().describe('同样的案件（大类、级别、渠道、时段）在全市平均会超期几件'),
  ratio: z.number().nullable().describe('实际÷预期'),
  low: z.number().nullable().describe('95% 区间'),
  high: z.number().nullable(),
  band: z.enum(bands).nullable().describe('C：看不出与平均有别；A、B 明显好；D、E 明显差；null：太少，不比'),
  difficulty: z.number().nullable().describe('案件难度：1 为全市平均'),
  handleRatio: z.number().nullable().describe('处置时长（几何平均）÷ 同样案件的平均'),
  offers: z.number().int().describe('派给它主办的次数'),
  offersReturned: z.number().int(),
  heads: z.number().int().nullable().describe('在岗人数；null：没有登记'),
  casesPerHeadMonth: z.number().nullable(),
});

const exclusion = z.object({
  id: uuid,
  eventId: uuid,
  number: z.string(),
  category: z.string(),
  categoryEn: z.string(),
  areaName: z.string(),
  reasonCode: code,
  note: z.string(),
  state: z.enum(exclusionStates),
  proposedBy: z.string().describe('提出的人'),
  proposedUnit: unitRef,
  proposedAt: isoTime,
  decidedBy: z.string().nullable(),
  decidedAt: isoTime.nullable(),
  decisionNote: z.string(),
  version: z.number().int(),
  mayDecide: z.boolean(),
  mayWithdraw: z.boolean(),
  mayLift: z.boolean(),
});

export const ratingView = z.object({
  id: uuid,
  rater: unitRef,
  rated: unitRef,
  event: z.object({ id: uuid, number: z.string() }).nullable(),
  quarter: quarter.nullable(),
  marks: z.record(z.string(), z.number().int().min(1).max(5)),
  reason: z.string(),
  at: isoTime,
  answer: z.string().nullable(),
  answeredAt: isoTime.nullable(),
  version: z.number().int(),
  mayAnswer: z.boolean(),
});

const version = z.number().int().min(1);

export const analyticsUnitRoutes = {
  compare: {
    method: 'GET',
    path: '/api/analytics/units',
    permission: 'analytics.read',
    summary: '单位比较：按案件难度校正，不排名',
    params: none,
    query: z.object({ area: areaCode.optional(), from: month.optional(), to: month.optional() }),
    body: none,
    response: z.object({
      place: z.object({ code: z.string(), name: z.string() }),
      from: month,
      to: month,
      rate: z.number().nullable().describe('全市同期没有按期结案的占比'),
      least: z.number().int().describe('少于此数不比'),
      units: z.array(unitLine).describe('按名称排列'),
      asOf,
    }),
  },
  exclusions: {
    method: 'GET',
    path: '/api/analytics/exclusions',
    permission: 'analytics.read',
    summary: '剔除统计的申请与决定',
    params: none,
    query: z.object({ state: z.enum(exclusionStates).optional(), ...page }),
    body: none,
    response: z.object({ items: z.array(exclusion), next: z.string().nullable() }),
  },
  propose: {
    method: 'POST',
    path: '/api/analytics/exclusions',
    permission: 'analytics.read',
    summary: '提出把一个案件剔除出统计；另一人批准后生效',
    params: none,
    query: none,
    body: z.object({ opId, number: z.string().regex(/^\d{8}-\d{6,10}$/), reasonCode: code, note: words(500, 4) }),
    response: done,
  },
  decide: {
    method: 'POST',
    path: '/api/analytics/exclusions/:id/decide',
    permission: 'analytics.edit',
    summary: '批准或不批准剔除；提出的人不能自己决定',
    params: z.object({ id: uuid }),
    query: none,
    body: z.object({ opId, version, outcome: z.enum(['approve', 'refuse']), note: words(500).default('') }),
    response: done,
  },
  withdraw: {
    method: 'POST',
    path: '/api/analytics/exclusions/:id/withdraw',
    permission: 'analytics.read',
    summary: '撤回自己提出的剔除申请',
    params: z.object({ id: uuid }),
    query: none,
    body: z.object({ opId, version }),
    response: done,
  },
  lift: {
    method: 'POST',
    path: '/api/analytics/exclusions/:id/lift',
    permission: 'analytics.edit',
    summary: '取消已批准的剔除，案件重新计入',
    params: z.object({ id: uuid }),
    query: none,
    body: z.object({ opId, version, note: words(500, 4) }),
    response: done,
  },
  criteria: {
    method: 'GET',
    path: '/api/analytics/ratings/criteria',
    permission: 'analytics.read',
    summary: '双向评价的条目',
    params: none,
    query: none,
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          code,
          side: z.enum(['up', 'down']),
          name: z.string(),
          nameEn: z.string(),
          hint: z.string(),
          hintEn: z.string(),
          low: z.number().int(),
        }),
      ),
    }),
  },
  toRate: {
    method: 'GET',
    path: '/api/analytics/ratings/due',
    permission: 'department.rate',
    summary: '近来办结、本单位可以评价对方的案件，以及本季可评的单位',
    params: none,
    query: none,
    body: none,
    response: z.object({
      cases: z.array(
        z.object({
          event: z.object({ id: uuid, number: z.string() }),
          category: z.string(),
          categoryEn: z.string(),
          closedAt: isoTime,
          rater: unitRef,
          rated: unitRef,
          side: z.enum(['up', 'down']),
        }),
      ),
      quarter,
      units: z.array(
        z.object({ rater: unitRef, rated: unitRef, side: z.enum(['up', 'down']), cases: z.number().int() }),
      ),
    }),
  },
  ratings: {
    method: 'GET',
    path: '/api/analytics/ratings',
    permission: 'analytics.read',
    summary: '评价明细：本单位给出的、收到的，与所管区域里的',
    params: none,
    query: z.object({ side: z.enum(['given', 'received', 'all']).default('all'), ...page }),
    body: none,
    response: z.object({ items: z.array(ratingView), next: z.string().nullable() }),
  },
  ratingSummary: {
    method: 'GET',
    path: '/api/analytics/ratings/summary',
    permission: 'analytics.read',
    summary: '各单位收到的评价，按条目平均；太少的不显示',
    params: none,
    query: z.object({ from: day.optional(), to: day.optional() }),
    body: none,
    response: z.object({
      least: z.number().int(),
      units: z.array(
        z.object({
          unit: unitRef,
          side: z.enum(['up', 'down']),
          count: z.number().int(),
          marks: z.array(z.object({ code, mean: z.number().nullable(), count: z.number().int() })),
        }),
      ),
    }),
  },
  rate: {
    method: 'POST',
    path: '/api/analytics/ratings',
    permission: 'department.rate',
    summary: '一个单位评价另一个单位：按件，或按季',
    params: none,
    query: none,
    body: z.object({
      opId,
      raterUnitId: uuid,
      ratedUnitId: uuid,
      eventId: uuid.optional(),
      quarter: quarter.optional(),
      marks: z.record(code, z.number().int().min(1).max(5)),
      reason: words(500).default(''),
    }),
    response: done,
  },
  answer: {
    method: 'POST',
    path: '/api/analytics/ratings/:id/answer',
    permission: 'department.rate',
    summary: '被评单位回应一次',
    params: z.object({ id: uuid }),
    query: none,
    body: z.object({ opId, version, answer: words(500, 2) }),
    response: done,
  },
} as const satisfies Record<string, Route>;
