import * as z from 'zod';
import { classCode, day, indicatorCode } from './analytics-views.ts';
import { areaCode, isoTime, none, opId, page, uuid, words, type Route } from './route.ts';

/** Briefs (日报、周报、月报、专报): drafts make themselves, a person adds words, what is issued is frozen. */

export const briefKinds = ['daily', 'weekly', 'monthly', 'special'] as const;
export type BriefKind = (typeof briefKinds)[number];
export const briefStates = ['draft', 'issued', 'discarded'] as const;
export const briefFormats = ['docx', 'pdf', 'xlsx'] as const;
/** Sections in their order; a person may write in those with `true`. */
export const briefSections = {
  overview: true,
  indicators: true,
  issues: true,
  anomalies: true,
  stuck: true,
  ratings: true,
  advice: true,
  sources: false,
} as const;
export const sectionKeys = Object.keys(briefSections) as (keyof typeof briefSections)[];
export type SectionKey = keyof typeof briefSections;

const count = z.number().int();
/** What a cell opens: the cases behind a number, as /desk/cases takes them, or a hot issue or an anomaly alone. */
export const opens = z.object({
  indicator: indicatorCode.optional(),
  part: z.enum(['numerator', 'denominator', 'excluded']).optional(),
  measure: indicatorCode.optional(),
  from: day.optional(),
  to: day.optional(),
  area: areaCode.optional(),
  class: classCode.optional(),
  unit: uuid.optional(),
  ids: z.array(uuid).max(50).optional(),
  issue: uuid.optional(),
  anomaly: uuid.optional(),
});

const cellValue = z.union([z.string(), z.number()]);
export const briefTable = z.object({
  heads: z.array(z.string()),
  rows: z.array(z.array(cellValue)),
  links: z.array(z.array(opens.nullable())).describe('与 rows 同形：点开看案件、热点或异常；空：没有'),
  bar: z.number().int().nullable().describe('同时画成条的一栏'),
});
export const briefChart = z.object({ words: z.string(), labels: z.array(z.string()), values: z.array(z.number()) });

export const briefPart = z.object({
  heading: z.string(),
  text: z.array(z.string()),
  table: briefTable.nullable(),
  chart: briefChart.nullable(),
});
export const briefSection = briefPart.extend({ key: z.enum(sectionKeys), parts: z.array(briefPart) });
export const briefBody = z.object({
  name: z.string().describe('报头'),
  title: z.string(),
  subtitle: z.string(),
  issuer: z.string(),
  seq: count.describe('数字跟到流水第几行'),
  sections: z.array(briefSection),
});

const remark = z.object({
  text: z.string(),
  at: isoTime,
  byName: z.string().nullable(),
  machine: z.boolean().describe('由写作助手起草，经人核定'),
});

export const briefRow = z.object({
  id: uuid,
  kind: z.enum(briefKinds),
  state: z.enum(briefStates),
  title: z.string(),
  areaCode,
  areaName: z.string(),
  unitName: z.string(),
  firstDay: day,
  lastDay: day,
  number: z.string().nullable().describe('年和期号，如“2026 年第 12 期”；草稿为空'),
  madeAt: isoTime,
  issuedAt: isoTime.nullable(),
  version: count,
});

const file = z.object({ format: z.enum(briefFormats), bytes: count, sha256: z.string() });

export const briefView = briefRow.extend({
  body: briefBody,
  remarks: z.record(z.string(), remark),
  reckonedAt: isoTime,
  issuedBy: z.string().nullable(),
  ledger: z.object({ seq: count, size: count.nullable(), root: z.string().nullable() }),
  recipients: z.array(z.object({ id: uuid, name: z.string() })),
  files: z.array(file),
  mayEdit: z.boolean(),
  assistant: z.boolean().describe('写作助手已启用，且本人可用'),
});

const unitName = z.object({ id: uuid, name: z.string() });
export const scheduleView = z.object({
  id: uuid.nullable().describe('空：还没有设定'),
  kind: z.enum(['daily', 'weekly', 'monthly']),
  areaCode,
  areaName: z.string(),
  unitName: z.string(),
  at: z.string(),
  workdaysOnly: z.boolean(),
  recipients: z.array(unitName),
  enabled: z.boolean(),
  version: count,
});

const read = { method: 'GET', permission: 'analytics.read', params: none, query: none, body: none } as const;
const act = { method: 'POST', permission: 'analytics.edit', query: none } as const;
const id = z.object({ id: uuid });
const seen = { opId, version: count };
const done = z.object({ brief: briefView, at: isoTime, ledgerId: uuid });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const briefRoutes = {
  list: {
    ...read,
    path: '/api/briefs',
    summary: '简报：本辖区的，和送给本单位的；新的在前',
    query: z.object({
      kind: z.enum(briefKinds).optional(),
      state: z.enum(['draft', 'issued']).optional(),
      area: areaCode.optional(),
      ...page,
    }),
    response: z.object({ items: z.array(briefRow), next: z.string().nullable() }),
  },
  choices: {
    ...read,
    path: '/api/briefs/choices',
    summary: '能起草简报的区域、送达单位与排程',
    response: z.object({
      areas: z.array(z.object({ code: areaCode, name: z.string(), tier: z.string(), mayEdit: z.boolean() })),
      recipients: z.array(unitName),
      schedules: z.array(scheduleView),
    }),
  },
  get: {
    ...read,
    params: id,
    path: '/api/briefs/:id',
    summary: '一期简报：数字、图表、来源与人写的文字；与下载的文件相同',
    response: briefView,
  },
  make: {
    ...act,
    params: none,
    path: '/api/briefs',
    summary: '起草一期简报：数字由平台计算，不能填写',
    body: z.object({
      opId,
      kind: z.enum(briefKinds),
      areaCode,
      day: day.describe('期间里的任意一天；专报为第一天'),
      to: day.optional().describe('仅专报：最后一天'),
      issueId: uuid.optional().describe('仅专报：专述的热点问题'),
    }),
    response: done,
  },
  reckon: {
    ...act,
    params: id,
    path: '/api/briefs/:id/reckon',
    summary: '草稿的数字按此刻的记录重新计算，文字保留',
    body: z.object(seen),
    response: done,
  },
  write: {
    ...act,
    params: id,
    path: '/api/briefs/:id/remarks',
    summary: '写（或清空）一节的点评；不能含个人信息',
    body: z.object({
      ...seen,
      section: z.enum(sectionKeys),
      text: words(2_000),
      machine: z.boolean().default(false).describe('文字由写作助手起草，本人已核定'),
    }),
    response: done,
  },
  suggest: {
    ...act,
    permission: 'assistant.use',
    params: id,
    path: '/api/briefs/:id/suggestion',
    summary: '请写作助手按本期数字起草一节文字；只给草稿，由人核定后才写入',
    body: z.object({ section: z.enum(sectionKeys) }),
    response: z.object({ text: z.string(), by: z.string() }),
  },
  issue: {
    ...act,
    params: id,
    path: '/api/briefs/:id/issue',
    summary: '签发：编期号，三种文件逐字节固定，摘要记入流水，送达单位收到消息',
    body: z.object({ ...seen, recipients: z.array(uuid).max(200).default([]) }),
    response: done,
  },
  discard: {
    ...act,
    params: id,
    path: '/api/briefs/:id/discard',
    summary: '作废一份草稿',
    body: z.object(seen),
    response: z.object({ at: isoTime, ledgerId: uuid }),
  },
  schedule: {
    ...act,
    params: none,
    path: '/api/briefs/schedules',
    summary: '设定自动起草：种类、时间、工作日、送达单位',
    body: z.object({
      opId,
      version: count.describe('还没有设定的为 0'),
      areaCode,
      kind: z.enum(['daily', 'weekly', 'monthly']),
      at: time,
      workdaysOnly: z.boolean(),
      recipients: z.array(uuid).max(200),
      enabled: z.boolean(),
    }),
    response: z.object({ schedule: scheduleView, at: isoTime, ledgerId: uuid }),
  },
  file: {
    ...read,
    params: id.extend({ format: z.enum(briefFormats) }),
    path: '/api/briefs/:id/files/:format',
    summary: '下载简报：签发后为固定文件，草稿为此刻的样子并注明“草稿”',
    response: z.unknown(),
    raw: 'download',
  },
} as const satisfies Record<string, Route>;
