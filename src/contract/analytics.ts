import * as z from 'zod';
import {
  asOf,
  caseFilter,
  classCode,
  day,
  factRow,
  grades,
  indicatorCode,
  indicatorFigure,
  indicatorView,
  waitFigure,
} from './analytics-views.ts';
import { areaCode, none, page, uuid, type Route } from './route.ts';

const span = {
  area: areaCode.optional().describe('空：自己所管的区域'),
  from: day.optional().describe('上报日，含；空：三十天前'),
  to: day.optional().describe('上报日，含；空：今天'),
  class: classCode.optional(),
  unit: uuid.optional().describe('主办单位'),
};
const place = z.object({ code: z.string(), name: z.string(), tier: z.string() });

/** Indicators, computed from the facts of events; every number opens its cases. */
export const analyticsRoutes = {
  words: {
    method: 'GET',
    path: '/api/analytics/words',
    permission: 'analytics.read',
    summary: '指标字典：公式、限值、来源，与大类',
    params: none,
    query: none,
    body: none,
    response: z.object({
      indicators: z.array(indicatorView),
      measures: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
      classes: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
      exclusions: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
    }),
  },
  figures: {
    method: 'GET',
    path: '/api/analytics/figures',
    permission: 'analytics.read',
    summary: '一个区域（或一个单位）在一段时间里的全部指标与等候分布',
    params: none,
    query: z.object(span),
    body: none,
    response: z.object({
      place: place.nullable(),
      unit: z.object({ id: uuid, name: z.string(), nameEn: z.string() }).nullable(),
      from: day,
      to: day,
      before: z.object({ from: day, to: day }),
      indicators: z.array(indicatorFigure),
      waits: z.array(waitFigure),
      asOf,
    }),
  },
  map: {
    method: 'GET',
    path: '/api/analytics/map',
    permission: 'analytics.read',
    summary: '一个指标在下一级各区域的值与等级',
    params: none,
    query: z.object({ ...span, indicator: indicatorCode }),
    body: none,
    response: z.object({
      place: place.nullable(),
      from: day,
      to: day,
      areas: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          value: z.number().nullable(),
          numerator: z.number().int(),
          denominator: z.number().int(),
          grade: z.enum(grades).nullable(),
          few: z.boolean(),
        }),
      ),
      asOf,
    }),
  },
  cases: {
    method: 'GET',
    path: '/api/analytics/cases',
    permission: 'analytics.read',
    summary: '一个数字背后的案件，新的在前',
    params: none,
    query: z.object({ ...caseFilter, ...page }),
    body: none,
    response: z.object({ items: z.array(factRow), next: z.string().nullable(), total: z.number().int(), asOf }),
  },
} as const satisfies Record<string, Route>;
