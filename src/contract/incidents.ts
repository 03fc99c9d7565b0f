import * as z from 'zod';
import { isoTime, none, opId, uuid, words, type Route } from './route.ts';

/** 1 特别重大 · 2 重大 · 3 较大 · 4 一般. */
export const incidentLevel = z.number().int().min(1).max(4);
export const reportKinds = ['phone', 'first', 'continued', 'final'] as const;
export type ReportKind = (typeof reportKinds)[number];
export const writtenKinds = ['first', 'continued', 'final'] as const;
export type WrittenKind = (typeof writtenKinds)[number];

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const incidentRuleLevel = z.object({
  level: incidentLevel,
  phoneMinutes: z.number().int().min(1).max(10_080),
  writtenMinutes: z.number().int().min(1).max(10_080),
  continueHours: z.number().int().min(1).max(240).nullable(),
  continueAt: z.array(clockTime).max(6),
  certainty: words(4),
  note: words(200),
});

const ruleFields = {
  name: words(40, 1),
  nameEn: words(80, 1),
  levels: z.array(incidentRuleLevel).length(4),
};
export const incidentRule = z.object({ code: z.string(), ...ruleFields, version: z.number().int() });

/** What a written report says, in the order of the field's form. Only source, time, place and nature must be known: the rest follows. */
export const reportFields = {
  receivedAt: isoTime,
  source: words(200, 1),
  happenedAt: isoTime.nullable(),
  place: words(200, 1),
  nature: words(200, 1),
  cause: words(1000),
  process: words(4000),
  scope: words(1000),
  casualties: words(1000),
  trend: words(1000),
  measures: words(4000),
  leaders: words(500),
  needs: words(1000),
  contact: words(100),
} as const;
export const writtenFields = z.object({
  ...reportFields,
  to: words(200, 1).describe('主送'),
  signedBy: words(40).describe('签发人'),
});
export type WrittenFields = z.output<typeof writtenFields>;
/** A draft may leave out what the platform cannot know. */
const draftFields = writtenFields.extend({ to: words(200) });

export const phoneFields = z.object({
  at: isoTime.describe('电话报告的时间'),
  to: words(200, 1).describe('报告给谁'),
  answeredBy: words(40).describe('接报人'),
  informed: words(200).describe('同时报告的领导'),
  summary: words(1000, 1),
});
export type PhoneFields = z.output<typeof phoneFields>;

export const duty = z.object({
  kind: z.enum(reportKinds),
  startedAt: isoTime,
  dueAt: isoTime.nullable(),
  doneAt: isoTime.nullable(),
  late: z.boolean(),
});

export const incidentReport = z.object({
  id: uuid,
  kind: z.enum(reportKinds),
  ordinal: z.number().int(),
  level: incidentLevel,
  issuedAt: isoTime,
  dueAt: isoTime.nullable(),
  late: z.boolean(),
  unitName: z.string(),
  phone: phoneFields.nullable(),
  written: writtenFields.nullable(),
});

export const incidentView = z.object({
  id: uuid,
  ruleCode: z.string(),
  level: incidentLevel,
  knownAt: isoTime,
  declaredAt: isoTime,
  finalAt: isoTime.nullable(),
  version: z.number().int(),
  duties: z.array(duty),
  reports: z.array(incidentReport),
});
export type IncidentView = z.output<typeof incidentView>;

const id = z.object({ id: uuid });
const seen = { opId, version: z.number().int().describe('所见的版本') };
const answer = z.object({ version: z.number().int(), ledgerId: uuid });

/** Incident reports: by phone, first, continued and final, against the clock of a rule set. */
export const incidentRoutes = {
  rules: {
    method: 'GET',
    path: '/api/incident-rules',
    permission: 'library.read',
    summary: '突发事件信息报送的时限规则',
    params: none,
    query: none,
    body: none,
    response: z.object({ rules: z.array(incidentRule) }),
  },
  saveRule: {
    method: 'POST',
    path: '/api/incident-rules/:code',
    permission: 'library.edit',
    summary: '新增或修改一套报送时限规则（version 为 0 时新增）；已开始的突发事件保持原时限',
    params: z.object({ code: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/) }),
    query: none,
    body: z.object({ ...seen, ...ruleFields }),
    response: answer,
  },
  get: {
    method: 'GET',
    path: '/api/events/:id/incident',
    permission: 'event.read',
    summary: '事件的突发事件报送情况：时限、已报和可做的',
    params: id,
    query: none,
    body: none,
    response: z.object({ incident: incidentView.nullable(), mayReport: z.boolean() }),
  },
  declare: {
    method: 'POST',
    path: '/api/events/:id/incident',
    permission: 'incident.report',
    summary: '定为突发事件：选等级和规则，报送时限从知悉时起算',
    params: id,
    query: none,
    body: z.object({ opId, ruleCode: z.string().max(40), level: incidentLevel, knownAt: isoTime.optional() }),
    response: answer,
  },
  regrade: {
    method: 'POST',
    path: '/api/events/:id/incident/grade',
    permission: 'incident.report',
    summary: '调整突发事件的等级；未完成的报送按新等级重算时限',
    params: id,
    query: none,
    body: z.object({ ...seen, level: incidentLevel, reason: words(500, 1) }),
    response: answer,
  },
  phone: {
    method: 'POST',
    path: '/api/events/:id/incident/phone',
    permission: 'incident.report',
    summary: '登记电话报告',
    params: id,
    query: none,
    body: z.object({ ...seen, fields: phoneFields }),
    response: answer.extend({ reportId: uuid }),
  },
  draft: {
    method: 'GET',
    path: '/api/events/:id/incident/draft',
    permission: 'incident.report',
    summary: '书面报告的底稿：由事件、任务和电话记录生成，不留存',
    params: id,
    query: z.object({ kind: z.enum(writtenKinds) }),
    body: none,
    response: z.object({ fields: draftFields }),
  },
  issue: {
    method: 'POST',
    path: '/api/events/:id/incident/reports',
    permission: 'incident.report',
    summary: '发出初报、续报或终报；发出后不可修改，有新情况另发续报',
    params: id,
    query: none,
    body: z.object({ ...seen, kind: z.enum(writtenKinds), fields: writtenFields }),
    response: answer.extend({ reportId: uuid }),
  },
  document: {
    method: 'GET',
    path: '/api/events/:id/incident/reports/:reportId/document',
    permission: 'event.read',
    summary: '报告文件（docx 或 PDF）',
    params: z.object({ id: uuid, reportId: uuid }),
    query: z.object({ format: z.enum(['docx', 'pdf']) }),
    body: none,
    response: z.string(),
    raw: 'download',
  },
} as const satisfies Record<string, Route>;
