import * as z from 'zod';
import { eventRow } from './events-views.ts';
import { areaCode, isoTime, lat, listOf, lon, none, opId, uuid, words, type Route } from './route.ts';

/** What is read out of what people write: 系统建议, 可能是同一件事, 热点. Everything is a suggestion; people decide. */

export const suggestionKinds = ['category', 'priority', 'lead'] as const;
export const urgencyKinds = ['life', 'group', 'repeat', 'vulnerable', 'anger'] as const;
export const suggestionOutcomes = ['accepted', 'changed', 'ignored'] as const;

const share = z.number().min(0).max(1);
const id = z.object({ id: uuid });
/** A piece of the title or the text, as strings are sliced. */
const span = z.object({ field: z.enum(['title', 'text']), from: z.number().int(), to: z.number().int() });

const named = { name: z.string(), nameEn: z.string() };
const suggestion = z.object({
  kind: z.enum(suggestionKinds),
  code: z.string().describe('类别代码、等级或承办角色代码'),
  ...named,
  unitId: uuid.nullable().describe('承办角色在本处的单位'),
  probability: share,
  stands: z.string().nullable().describe('事件现在的取值'),
  reasons: z.array(z.object({ word: z.string(), for: z.boolean(), spans: z.array(span) })).describe('起决定作用的词'),
  examples: z.number().int().describe('学习过多少件办结的事件'),
  trainedAt: isoTime,
});

const alike = z.object({
  event: eventRow,
  /** 文字、位置、时间合起来有多像。 */
  score: share,
  text: share,
  distanceM: z.number().nullable(),
  days: z.number(),
});

const issueRow = z.object({
  id: uuid,
  title: z.string(),
  categoryCode: z.string(),
  categoryName: z.string(),
  categoryNameEn: z.string(),
  areaCode: z.string(),
  areaName: z.string(),
  lon: lon.nullable(),
  lat: lat.nullable(),
  heat: z.number().describe('热度，单位是“声音”：越近、说的人越多越热'),
  heatBefore: z.number().describe('一周前的热度'),
  events: z.number().int(),
  openEvents: z.number().int(),
  voices: z.number().int(),
  urges: z.number().int(),
  firstAt: isoTime,
  lastAt: isoTime,
  daily: z.array(z.number().int()).describe('最近各天的件数，旧的在前'),
  words: z.partialRecord(z.enum(urgencyKinds), z.number().int()).describe('紧急词，各几件'),
  asOf: isoTime,
});

const modelView = z.object({
  id: uuid,
  kind: z.enum(suggestionKinds),
  state: z.enum(['serving', 'refused', 'retired']),
  trainedAt: isoTime,
  examples: z.number().int(),
  classes: z.number().int(),
  firstAt: isoTime,
  lastAt: isoTime,
  accuracy: share,
  macroF1: share,
  precision: share,
  coverage: share.describe('有把握给出建议的占比'),
  before: z.object({ accuracy: share, macroF1: share }).nullable(),
  hash: z.string(),
  bytes: z.number().int(),
  tookMs: z.number().int(),
});

const classFigure = z.object({
  code: z.string(),
  ...named,
  shown: z.number().int(),
  accepted: z.number().int(),
  changed: z.number().int(),
  ignored: z.number().int(),
  open: z.number().int(),
});

const read = { method: 'GET', permission: 'analytics.read', params: none, query: none, body: none } as const;

export const textRoutes = {
  advise: {
    method: 'POST',
    path: '/api/texts/events/:id/advice',
    permission: 'event.read',
    summary: '系统建议（类别、等级、承办），与分级分类库并列；没有把握就不说。每条建议显示过即记录',
    params: id,
    query: none,
    body: none,
    response: z.object({
      suggestions: z.array(suggestion),
      silent: z.array(z.enum(suggestionKinds)).describe('没有把握、不作建议的'),
      urgency: z.array(z.object({ kind: z.enum(urgencyKinds), word: z.string(), spans: z.array(span) })),
      places: z.array(
        z.object({
          name: z.string(),
          kind: z.enum(['area', 'place', 'road', 'estate', 'building']),
          areaCode: z.string().nullable(),
          lon: lon.nullable(),
          lat: lat.nullable(),
          spans: z.array(span),
        }),
      ),
    }),
  },
  similar: {
    method: 'GET',
    path: '/api/texts/events/:id/similar',
    permission: 'event.read',
    summary: '可能是同一件事：文字、位置、时间相近的事件，最像的在前',
    params: id,
    query: none,
    body: none,
    response: z.object({ ready: z.boolean().describe('索引是否已建好'), items: z.array(alike) }),
  },
  similarTo: {
    method: 'POST',
    path: '/api/texts/similar',
    permission: 'event.report',
    summary: '登记之前：有没有说过同一件事',
    params: none,
    query: none,
    body: z.object({ text: words(2000, 1), lon: lon.nullable().default(null), lat: lat.nullable().default(null) }),
    response: z.object({ ready: z.boolean(), items: z.array(alike) }),
  },
  issues: {
    ...read,
    path: '/api/texts/issues',
    summary: '热点：同一处同一件事，多人反映；最热的在前',
    query: z.object({
      area: areaCode.optional(),
      category: listOf(z.string().max(20)).optional().describe('类别及其下级'),
      limit: z.coerce.number<string>().int().min(1).max(200).default(100),
    }),
    response: z.object({ items: z.array(issueRow), total: z.number().int(), asOf: isoTime.nullable() }),
  },
  issue: {
    ...read,
    path: '/api/texts/issues/:id',
    summary: '一个热点：它的全部事件',
    params: id,
    response: issueRow.extend({
      gone: z.boolean(),
      cases: z.array(eventRow),
      hidden: z.number().int().describe('不在您查看范围内的件数'),
      mergeable: z.array(uuid).describe('您此刻可以并入另一件的，按并案规则'),
    }),
  },
  mergeIssue: {
    method: 'POST',
    path: '/api/texts/issues/:id/merge',
    permission: 'event.file',
    summary: '把热点的在办事件并入其中一件，逐件按并案规则办理，逐件回答',
    params: id,
    query: none,
    body: z.object({
      opId,
      intoId: uuid,
      eventIds: z.array(uuid).min(1).max(200),
      reason: words(500).default(''),
    }),
    response: z.object({
      results: z.array(
        z.object({ id: uuid, ok: z.boolean(), code: z.string().nullable(), message: z.string().nullable() }),
      ),
    }),
  },
  figures: {
    ...read,
    path: '/api/texts/figures',
    summary: '系统建议的采纳情况，和学习的质量',
    query: z.object({ days: z.coerce.number<string>().int().min(1).max(730).default(90) }),
    response: z.object({
      from: isoTime,
      to: isoTime,
      kinds: z.array(z.object({ kind: z.enum(suggestionKinds), all: classFigure, classes: z.array(classFigure) })),
      models: z.array(modelView),
      few: z.number().int().describe('少于几件不写比例'),
      index: z.object({ ready: z.boolean(), events: z.number().int() }).describe('相似事件索引'),
    }),
  },
  learn: {
    method: 'POST',
    path: '/api/texts/learn',
    permission: 'analytics.edit',
    summary: '现在就重新学习（平时每晚一次）；新的不比旧的差才启用',
    params: none,
    query: none,
    body: z.object({ opId }),
    response: z.object({ models: z.array(modelView) }),
  },
} as const satisfies Record<string, Route>;
