import * as z from 'zod';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';
import { careColours } from './care.ts';
import { commandResult } from './events-views.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** fine: nothing wrong; finding: something is; not_reachable: nobody could get to it, so it was not looked at. */
export const inspectionResults = ['fine', 'finding', 'not_reachable'] as const;
/** Why somebody should go: its cycle, a warning that is on, a second look after a finding. */
export const inspectionReasons = ['cycle', 'warning', 'follow_up'] as const;
export const inspectionStates = ['open', 'done', 'withdrawn'] as const;

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const id = z.object({ id: uuid });
const level = z.number().int().min(1).max(4).describe('1 级最重，4 级最轻');
const kind = z.string().regex(/^[a-z0-9_]{1,40}$/);

const look = z.object({ at: isoTime, result: z.enum(inspectionResults), note: z.string() });
const checkItem = z.object({ code: z.string(), words: z.string(), wordsEn: z.string(), certain: z.boolean() });

const taskBase = z.object({
  id: uuid,
  pointId: uuid,
  code: z.string().describe('风险点编号'),
  name: z.string(),
  kind,
  level,
  lon,
  lat,
  placeWords: z.string(),
  reason: z.enum(inspectionReasons),
  reasonWords: z.string().describe('由预警产生时，是哪一条预警'),
  dueAt: isoTime,
  late: z.boolean(),
  version: z.number().int(),
});

/** One point to look at, with what the one who goes there needs, offline too. */
export const inspectionTask = taskBase.extend({ lastLook: look.nullable(), checklist: z.array(checkItem) });

export const inspectionTaskRow = taskBase.extend({
  areaCode,
  areaName: z.string(),
  unitId: uuid.nullable(),
  unitName: z.string().nullable(),
  responsibleName: z.string().nullable().describe('无人员权限者不可见'),
  rung: z.number().int().describe('0 未催；1 已告知责任单位；2 已告知街道'),
});

export const inspectionView = z.object({
  id: uuid,
  at: isoTime,
  result: z.enum(inspectionResults),
  reason: z.enum(inspectionReasons).nullable().describe('没有任务、自己去看的为空'),
  byName: z.string().nullable().describe('无人员权限者不可见'),
  note: z.string(),
  answers: z.array(z.object({ code: z.string(), words: z.string(), wordsEn: z.string(), ok: z.boolean() })),
  photos: z.array(z.object({ id: uuid, width: z.number().int(), height: z.number().int() })),
  eventId: uuid.nullable(),
});

const pointEvent = z.object({ id: uuid, number: z.string(), title: z.string(), status: z.string(), open: z.boolean() });

const within = z.array(
  z.object({
    count: z.number().int().nullable().describe('null：不足 5 人，不显示'),
    atLeast: z.boolean().describe('true：比这个数略多，多出的不足 5 人'),
  }),
);

const recordResult = z.object({
  id: uuid.describe('本次巡查'),
  state: z.enum(inspectionStates).nullable().describe('任务现在的状态；没有任务时为空'),
  at: isoTime,
  ledgerId: uuid,
  eventId: uuid.nullable(),
  eventNumber: z.string().nullable(),
  number: z.string().describe('回执上的名字：风险点编号'),
  status: commandResult.shape.status.nullable().describe('所生成事件的状态'),
});

export const inspectionRule = z.object({
  kind: z.string().describe('风险点类型；* 为其余各类'),
  level,
  days: z.number().int().min(1).max(730).describe('每隔多少天看一次'),
  followUpDays: z.number().int().min(1).max(180).describe('发现问题后多少天内复查'),
  certain: z.boolean(),
  source: z.string(),
  version: z.number().int(),
});

const ladderStep = z.object({
  rung: z.number().int(),
  afterDays: z.number().int().describe('超期多少天'),
  to: z.enum(['unit_lead', 'street']),
  name: z.string(),
  nameEn: z.string(),
  certain: z.boolean(),
});

// ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const recordBody = z
  .object({
    opId,
    at: isoTime.optional().describe('离线时实际看的时间'),
    result: z.enum(inspectionResults),
    answers: z
      .array(z.object({ code: z.string().max(40), ok: z.boolean() }))
      .max(40)
      .default([]),
    note: words(1000).default(''),
    attachments: z
      .array(z.object({ id: uuid, token: z.string().max(100).optional() }))
      .max(12)
      .default([]),
    finding: z
      .object({
        categoryCode: z.string().max(20),
        words: words(1000, 1),
        priority: z.number().int().min(0).max(4).optional(),
      })
      .optional()
      .describe('发现问题时：由此生成事件，照片一并带去'),
    seenVersion: z.number().int().optional().describe('离线时所见的任务版本；任务已变也照收，看了就是看了'),
  })
  .refine((body) => body.finding === undefined || body.result === 'finding', {
    path: ['finding'],
    message: 'finding belongs to the result "finding"',
  });

export const inspectionRoutes = {
  today: {
    method: 'GET',
    path: '/api/inspections/today',
    permission: 'inspection.do',
    summary: '我今天要看的风险点：到期的、超期的、预警启动的，超期最久的在前',
    params: none,
    query: none,
    body: none,
    response: z.object({ day: z.iso.date(), items: z.array(inspectionTask) }),
  },
  tasks: {
    method: 'GET',
    path: '/api/inspections',
    permission: 'grids.read',
    summary: '还没完成的巡查任务，超期最久的在前',
    params: none,
    query: z.object({
      area: areaCode.optional(),
      kinds: listOf(kind).optional(),
      reasons: listOf(z.enum(inspectionReasons)).optional(),
      units: listOf(uuid).optional().describe('责任单位'),
      late: z.stringbool().optional(),
      ...page,
    }),
    body: none,
    response: z.object({ items: z.array(inspectionTaskRow), total: z.number().int(), next: z.string().nullable() }),
  },
  record: {
    method: 'POST',
    path: '/api/inspections/:id/record',
    permission: 'inspection.do',
    summary: '记下一次巡查；发现问题的同时生成事件',
    params: id,
    query: none,
    body: recordBody,
    response: recordResult,
  },
  inspect: {
    method: 'POST',
    path: '/api/risk-points/:id/inspect',
    permission: 'inspection.do',
    summary: '没有任务也可以看一个风险点并记下',
    params: id,
    query: none,
    body: recordBody,
    response: recordResult,
  },
  history: {
    method: 'GET',
    path: '/api/risk-points/:id/inspections',
    permission: 'grids.read',
    summary: '一个风险点历次巡查、照片和由此产生的事件',
    params: id,
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    body: none,
    response: z.object({
      task: taskBase.extend({ rung: z.number().int() }).nullable(),
      cycleDays: z.number().int(),
      checklist: z.array(checkItem),
      mayInspect: z.boolean(),
      items: z.array(inspectionView),
      events: z.array(pointEvent).describe('本人看得到的'),
    }),
  },
  careAround: {
    method: 'GET',
    path: '/api/risk-points/:id/care-around',
    permission: 'care.glance',
    summary: '风险点周围各半径内有多少重点关爱人员：只有类别、颜色和人数',
    params: id,
    query: none,
    body: none,
    response: z.object({
      radiiM: z.array(z.number().int()).describe('各半径，米，由小到大；within 与此同序'),
      colours: z.array(z.object({ colour: z.enum(careColours), within })),
      tags: z.array(z.object({ code: z.string(), within })),
    }),
  },
  ofEvent: {
    method: 'GET',
    path: '/api/events/:id/risk-point',
    permission: 'event.read',
    summary: '事件由哪个风险点的巡查产生；看得到事件的人',
    params: id,
    query: none,
    body: none,
    response: z.object({
      point: z.object({ id: uuid, code: z.string(), name: z.string(), kind, level, placeWords: z.string() }).nullable(),
      inspection: inspectionView.nullable(),
    }),
  },
  photo: {
    method: 'GET',
    path: '/api/inspections/:id/photos/:photoId',
    permission: 'grids.read',
    summary: '巡查照片（看得到风险点的人）',
    params: z.object({ id: uuid, photoId: uuid }),
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
    body: none,
    response: z.unknown(),
    raw: 'download',
  },
  rules: {
    method: 'GET',
    path: '/api/inspection-rules',
    permission: 'grids.read',
    summary: '巡查周期（按类型和等级）、超期上报的次序、各类的检查项',
    params: none,
    query: none,
    body: none,
    response: z.object({
      items: z.array(inspectionRule),
      ladder: z.array(ladderStep),
      checklists: z.array(z.object({ kind: z.string().describe('* 为其余各类'), items: z.array(checkItem) })),
    }),
  },
  saveRule: {
    method: 'PATCH',
    path: '/api/inspection-rules',
    permission: 'grids.edit',
    summary: '改一条巡查周期',
    params: none,
    query: none,
    body: inspectionRule
      .pick({ kind: true, level: true, days: true, followUpDays: true, version: true })
      .extend({ opId, source: words(200, 2).describe('依据') }),
    response: z.object({ rule: inspectionRule, at: isoTime, ledgerId: uuid }),
  },
} as const satisfies Record<string, Route>;
