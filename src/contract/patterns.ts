import * as z from 'zod';
import {
  anomalyAnswers,
  anomalyStates,
  anomalyView,
  askedOf,
  caseView,
  categoryCode,
  cellView,
  clusterView,
  flowEdge,
  flowNode,
  forecastView,
  isoDay,
  likelyDay,
  recurrenceView,
  spotView,
  tooLittle,
} from './patterns-views.ts';
import { areaCode, isoTime, listOf, none, opId, page, uuid, words, type Route } from './route.ts';

/** Patterns (规律): where things gather, what is rising, what is unusual, what comes back, where cases stick, what next week brings. */

const read = { method: 'GET', permission: 'analytics.read', params: none, body: none } as const;
const span = {
  area: areaCode.optional().describe('缺省为本人的辖区'),
  from: isoDay.optional(),
  to: isoDay.optional(),
  category: categoryCode.optional(),
};
const id = z.object({ id: uuid });
/** When and with which method something stored was reckoned. */
const reckoned = { reckonedAt: isoTime.nullable().describe('还没有算过为空'), inputHash: z.string().nullable() };

export const patternRoutes = {
  hotSpots: {
    ...read,
    path: '/api/patterns/hot-spots',
    summary: '热点：格子连同周围比全域多（Getis-Ord Gi*，经多重检验校正），与上一时段对比',
    query: z.object(span),
    response: z.object({
      asked: askedOf,
      before: z.object({ from: isoDay, to: isoDay }),
      seen: z.number().int(),
      seenBefore: z.number().int(),
      steps: z.number().int().describe('每度几格'),
      acrossM: z.number().describe('格宽，米'),
      radiusM: z.number(),
      cellsLooked: z.number().int(),
      tooLittle,
      spots: z.array(spotView),
      cells: z.array(cellView),
      cut: z.number().int().describe('没有列出的冷热不显著的格子'),
    }),
  },
  cases: {
    ...read,
    path: '/api/patterns/cases',
    summary: '热点、聚集、异常里的事件：数到的就是列出的',
    query: z.object({
      ...span,
      steps: z.coerce.number().int().min(1).max(10_000).optional().describe('每度几格，与 cells 同给'),
      cells: z
        .preprocess(
          (v) => (typeof v === 'string' ? v.split(',') : v),
          z
            .array(z.string().regex(/^\d{1,8}(-\d{1,8})?:\d{1,8}$/))
            .min(1)
            .max(600),
        )
        .optional()
        .describe('列:行；同一行相连的写成 列-列:行'),
      untilHour: z.coerce.number().int().min(1).max(24).default(24).describe('只看每天该整点之前的'),
      ...page,
    }),
    response: z.object({ items: z.array(caseView), total: z.number().int(), next: z.string().nullable() }),
  },
  clusters: {
    ...read,
    path: '/api/patterns/clusters',
    summary: '正在聚集：近几天在几个格子里冒出来的（前瞻时空扫描，蒙特卡洛检验）',
    query: z.object({ area: span.area }),
    response: z.object({ asked: askedOf, items: z.array(clusterView), ...reckoned, tooLittle }),
  },
  anomalies: {
    ...read,
    path: '/api/patterns/anomalies',
    summary: '异常：某地某类一天比往常多或少得多',
    query: z.object({
      area: span.area,
      state: listOf(z.enum(anomalyStates)).default(['open']),
      from: span.from,
      to: span.to,
      ...page,
    }),
    response: z.object({
      items: z.array(anomalyView),
      next: z.string().nullable(),
      open: z.number().int(),
      looked: z
        .object({ at: isoTime, series: z.number().int(), tooFew: z.number().int(), day: isoDay })
        .nullable()
        .describe('最近一次查看：看了多少条序列，多少条样本太少没有结论'),
    }),
  },
  anomaly: {
    ...read,
    params: id,
    path: '/api/patterns/anomalies/:id',
    summary: '一条异常：八周来每天多少、应有多少',
    query: none,
    response: z.object({ anomaly: anomalyView, days: z.array(likelyDay), factors: z.array(z.number()) }),
  },
  acknowledge: {
    method: 'POST',
    permission: 'analytics.edit',
    params: id,
    query: none,
    path: '/api/patterns/anomalies/:id/acknowledge',
    summary: '答复一条异常，须写明理由；可定几天内同样的不再提醒',
    body: z.object({
      opId,
      version: z.number().int(),
      answer: z.enum(anomalyAnswers),
      reason: words(300, 2),
      quietDays: z.number().int().min(0).max(14).default(0),
    }),
    response: z.object({ at: isoTime, ledgerId: uuid, anomaly: anomalyView }),
  },
  recurrences: {
    ...read,
    path: '/api/patterns/recurrences',
    summary: '反复：同一处同一类一再发生的地方',
    query: z.object({ ...span, limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({
      asked: askedOf,
      radiusM: z.number(),
      withinDays: z.number(),
      least: z.number().int(),
      total: z.number().int(),
      cut: z.boolean().describe('事件太多，只看了最近的'),
      items: z.array(recurrenceView),
    }),
  },
  flow: {
    ...read,
    path: '/api/patterns/flow',
    summary: '流转：事件在单位之间或环节之间怎么走、卡在哪里',
    query: z.object({ ...span, by: z.enum(['units', 'steps']).default('units') }),
    response: z.object({
      asked: askedOf,
      by: z.enum(['units', 'steps']),
      cases: z.number().int(),
      returned: z.number().int().describe('回到去过的单位的事件'),
      hops: z.array(z.number().int()).describe('第 k 个数：流转 k 次的事件'),
      nodes: z.array(flowNode),
      edges: z.array(flowEdge),
      cut: z.boolean(),
    }),
  },
  forecast: {
    ...read,
    path: '/api/patterns/forecast',
    summary: '预测：未来七天每天大约多少件，带八成区间与回测成绩',
    query: z.object({ area: span.area }),
    response: z.object({
      areaCode,
      areaName: z.string(),
      share: z.number(),
      items: z.array(forecastView),
      tooFew: z.number().int().describe('样本太少没有预测的类别'),
      ...reckoned,
      tooLittle,
    }),
  },
} as const satisfies Record<string, Route>;
