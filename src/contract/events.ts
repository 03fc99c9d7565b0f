import * as z from 'zod';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';
import { channels, clockKinds, eventStatuses } from './events-words.ts';
import { commandResult, eventDetail, eventRow, reportResult, unitRef } from './events-views.ts';
import { deskTiers } from '#kit/tiers.ts';

// ── pieces of bodies ────────────────────────────────────────────────────────────────────────────────────────────────

const id = z.object({ id: uuid });
const claims = z
  .array(z.object({ id: uuid, token: z.string().max(100).optional() }))
  .max(12)
  .default([]);
const happenedAt = isoTime.optional().describe('离线时实际发生的时间');
const base = { opId, at: happenedAt, seenVersion: z.number().int().optional() };
const reason = words(500, 2);
const note = words(2000).default('');
const taskId = uuid;
const showReporter = z.boolean().default(false).describe('本次所附照片也给报告人看');

const place = {
  lon: lon.nullable().default(null),
  lat: lat.nullable().default(null),
  placeWords: words(200).default(''),
};

export const reportBody = z.object({
  ...base,
  categoryCode: z.string().max(20),
  title: words(80).default(''),
  description: words(4000).default(''),
  ...place,
  areaCode: areaCode.optional().describe('没有坐标时，报告人选择的街道、社区或网格'),
  priority: z.number().int().min(0).max(4).optional(),
  attachments: claims,
  followEventId: uuid.optional(),
});

const staffReport = reportBody.extend({
  channel: z.enum(channels).default('grid_worker'),
  sourceRef: z.string().max(100).optional(),
  phone: z.string().max(30).optional(),
  name: words(50).optional(),
});

/** One command on one event: path, permission and body; all answer `commandResult`. */
function command<B extends z.ZodRawShape>(verb: string, permission: Route['permission'], summary: string, body: B) {
  return {
    method: 'POST',
    path: `/api/events/:id/${verb.replaceAll('_', '-')}` as `/api/${string}`,
    permission,
    summary,
    params: id,
    query: none,
    body: z.object({ ...base, ...body }),
    response: commandResult,
  } as const satisfies Route;
}

const eventFilter = {
  status: listOf(z.enum(eventStatuses)).optional(),
  priority: listOf(z.coerce.number<string>().int()).optional(),
  categoryCode: z.string().max(20).optional().describe('类别，含下级'),
  channel: listOf(z.enum(channels)).optional(),
  areaCode: areaCode.optional(),
  unitId: uuid.optional().describe('主管或承办单位'),
  tier: z.enum(deskTiers).optional(),
  late: z.stringbool().optional(),
  supervised: z.stringbool().optional(),
  open: z.stringbool().optional(),
  mine: z.stringbool().optional().describe('等我或我的单位处理的'),
  reportedByMe: z.stringbool().optional().describe('我上报或关注的'),
  reportedFrom: isoTime.optional(),
  reportedTo: isoTime.optional(),
  q: z.string().max(100).optional().describe('编号、标题或地点中的字'),
};

export const eventList = z.object({ items: z.array(eventRow), next: z.string().nullable() });

export const eventRoutes = {
  list: {
    method: 'GET',
    path: '/api/events',
    permission: 'event.read',
    summary: '事件队列：按状态、等级、类别、地域筛选，游标翻页',
    params: none,
    query: z.object({ ...eventFilter, sort: z.enum(['due', 'newest', 'priority']).default('newest'), ...page }),
    body: none,
    response: eventList,
  },
  map: {
    method: 'GET',
    path: '/api/events/map',
    permission: 'event.read',
    summary: '地图窗口内的事件点；超出上限时最新的在前并注明截断',
    params: none,
    query: z.object({
      ...eventFilter,
      west: z.coerce.number<string>().min(-180).max(180),
      south: z.coerce.number<string>().min(-90).max(90),
      east: z.coerce.number<string>().min(-180).max(180),
      north: z.coerce.number<string>().min(-90).max(90),
      limit: z.coerce.number().int().min(1).max(5000).default(2000),
    }),
    body: none,
    response: z.object({
      points: z.array(
        z.object({
          id: uuid,
          lon,
          lat,
          status: z.enum(eventStatuses),
          priority: z.number().int(),
          title: z.string(),
          late: z.boolean(),
        }),
      ),
      truncated: z.boolean(),
    }),
  },
  board: {
    method: 'GET',
    path: '/api/events/board',
    permission: 'event.read',
    summary: '看板计数：各状态在办数、超时数、本月数，每个数都能点开',
    params: none,
    query: z.object({ areaCode: areaCode.optional() }),
    body: none,
    response: z.object({
      open: z.array(z.object({ status: z.enum(eventStatuses), count: z.number().int(), late: z.number().int() })),
      byPriority: z.array(z.object({ priority: z.number().int(), count: z.number().int() })),
      monthFrom: isoTime,
      reportedThisMonth: z.number().int(),
      closedThisMonth: z.number().int(),
      closedLateThisMonth: z.number().int(),
      reworkedThisMonth: z.number().int(),
      reopenedThisMonth: z.number().int(),
      mine: z.number().int(),
    }),
  },
  get: {
    method: 'GET',
    path: '/api/events/:id',
    permission: 'event.read',
    summary: '事件详情与时间线',
    params: id,
    query: none,
    body: none,
    response: eventDetail,
  },
  similar: {
    method: 'GET',
    path: '/api/events/similar',
    permission: 'event.report',
    summary: '可能重复的事件：同类、50 米内、30 天内，含已结案',
    params: none,
    query: z.object({
      categoryCode: z.string().max(20),
      lon: z.coerce.number<string>().min(-180).max(180),
      lat: z.coerce.number<string>().min(-90).max(90),
      exceptId: uuid.optional(),
    }),
    body: none,
    response: z.object({ items: z.array(eventRow.extend({ distanceM: z.number() })) }),
  },
  candidates: {
    method: 'GET',
    path: '/api/events/:id/candidates',
    permission: 'event.read',
    summary: '可派遣的单位，分级分类库推荐的在前并说明理由',
    params: id,
    query: none,
    body: none,
    response: z.object({
      items: z.array(
        z.object({ unit: unitRef, suggested: z.enum(['lead', 'assist']).nullable(), openTasks: z.number().int() }),
      ),
    }),
  },
  report: {
    method: 'POST',
    path: '/api/events',
    permission: 'event.report',
    summary: '上报事件（工作人员各渠道）',
    params: none,
    query: none,
    body: staffReport,
    response: reportResult,
  },
  selfHandle: {
    method: 'POST',
    path: '/api/events/self-handle',
    permission: 'event.report',
    summary: '自行处置：小事上报与办结一次完成，仍抽样核查',
    params: none,
    query: none,
    body: staffReport.extend({ result: words(2000, 2), noEvidenceReason: words(500).optional(), showReporter }),
    response: reportResult,
  },
  receive: command('receive', 'event.receive', '受理', { note }),
  verify: command('verify', 'event.verify', '现场核实', {
    outcome: z.enum(['confirmed', 'not_found']),
    note,
    attachments: claims,
    categoryCode: z.string().max(20).optional(),
  }),
  file: command('file', 'event.file', '立案', { note }),
  decline: command('decline', 'event.file', '不予立案（须写明理由，报告人可见）', { reason }),
  dispatch: command('dispatch', 'event.dispatch', '派遣：一个主办，若干协办', {
    leadUnitId: uuid,
    assistUnitIds: z.array(uuid).max(30).default([]),
    instruction: note,
  }),
  accept: command('accept', 'event.handle', '签收任务', { taskId }),
  return: command('return', 'event.handle', '退回任务（须写明理由）', {
    taskId,
    reason,
    beyondTier: z.boolean().default(false),
  }),
  escalate: command('escalate', 'event.escalate', '上报上一级（须写明理由）', { reason }),
  delegate: command('delegate', 'event.dispatch', '下派到下一级', { unitId: uuid.optional(), reason }),
  invite: command('invite', 'event.dispatch', '增加协办单位', {
    unitIds: z.array(uuid).min(1).max(30),
    instruction: note,
  }),
  handOver: command('hand_over', 'event.dispatch', '移交牵头：交给已签收的协办单位，原牵头转为协办（须写明理由）', {
    taskId,
    reason,
  }),
  waive: command('waive', 'event.dispatch', '免除一项任务（须写明理由）', { taskId, reason }),
  withdraw: command('withdraw', 'event.dispatch', '收回尚未签收的任务', { taskId, reason }),
  arrive: command('arrive', 'event.handle', '到场', {
    taskId,
    lon: lon.optional(),
    lat: lat.optional(),
    note,
    attachments: claims,
  }),
  note: command('note', 'event.annotate', '记录进展', {
    taskId: taskId.optional(),
    note: words(2000, 1),
    attachments: claims,
  }),
  askExtension: command('ask_extension', 'event.handle', '申请延期（须在到期前）', {
    taskId,
    amount: z
      .number()
      .positive()
      .max(60 * 24 * 60),
    kind: z.enum(clockKinds),
    reason,
  }),
  grantExtension: command('grant_extension', 'event.dispatch', '批准延期', { extensionId: uuid, note }),
  refuseExtension: command('refuse_extension', 'event.dispatch', '不批准延期', { extensionId: uuid, reason }),
  finish: command('finish', 'event.handle', '办结任务', {
    taskId,
    result: words(2000, 2),
    attachments: claims,
    noEvidenceReason: words(500).optional(),
    showReporter,
  }),
  check: command('check', 'event.check', '核查：通过则结案，不通过则返工', {
    outcome: z.enum(['pass', 'fail']),
    note,
    attachments: claims,
    showReporter,
  }),
  shelve: command('shelve', 'event.dispatch', '挂账：如实说明为何现在办不了、何时再看', { reason, reviewAt: isoTime }),
  resume: command('resume', 'event.dispatch', '恢复办理', { note }),
  merge: command('merge', 'event.file', '并入另一事件，各报告人权利保留', { intoId: uuid, reason: note }),
  unmerge: command('unmerge', 'event.file', '拆出并案', { reason }),
  urge: command('urge', 'event.annotate', '催办', { note }),
  supervise: command('supervise', 'event.supervise', '督办', { note: words(500, 2) }),
  reopen: command('reopen', 'event.supervise', '重新办理（结案 15 天内，编号不变）', { reason }),
  recategorise: command('recategorise', 'event.file', '改类别', { categoryCode: z.string().max(20), reason }),
  relocate: command('relocate', 'event.file', '改位置', { lon, lat, placeWords: words(200).default(''), reason: note }),
  reprioritise: command('reprioritise', 'event.file', '改等级', { priority: z.number().int().min(0).max(4), reason }),
  recordCall: command('record_call', 'event.annotate', '登记 119/110/120 等电话', {
    number: z.string().regex(/^[0-9+\- ]{2,20}$/),
    calledAt: isoTime,
    incidentNumber: words(50).default(''),
    note,
  }),
  cancel: command('cancel', 'event.coordinate', '作废误录（须写明理由）', { reason }),
  bulkFile: {
    method: 'POST',
    path: '/api/events/bulk/:verb',
    permission: 'event.read',
    summary: '成批操作（须有该动作的权限），每件各自成败，逐件回答',
    params: z.object({ verb: z.enum(['receive', 'file', 'decline', 'supervise', 'urge', 'shelve']) }),
    query: none,
    body: z.object({
      items: z
        .array(z.object({ id: uuid, opId }))
        .min(1)
        .max(200),
      reason: words(500).default(''),
      reviewAt: isoTime.optional(),
    }),
    response: z.object({
      results: z.array(
        z.object({ id: uuid, ok: z.boolean(), code: z.string().nullable(), message: z.string().nullable() }),
      ),
    }),
  },
} as const satisfies Record<string, Route>;
