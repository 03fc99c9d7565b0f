import * as z from 'zod';
import { areaCode, isoTime, lat, lon, none, opId, page, uuid, words, type Route } from './route.ts';
import { eventStatuses } from './events-words.ts';
import {
  openVisitStates,
  visitFormFields,
  visitMethods,
  visitOutcomes,
  visitReasons,
  visitRuleKinds,
  visitRuleUnits,
  visitStates,
  visitTiers,
} from './visits-words.ts';

// ── pieces ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const day = z.iso.date();
const code = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
const claims = z
  .array(z.object({ id: uuid, token: z.string().max(100).optional() }))
  .max(12)
  .default([]);

/** What a visit asks. Answers are carried over from visit to visit; only what changed is typed. */
export const visitForm = z.object({
  living: code.nullable().describe('与谁同住：走访词表 living 的代码'),
  health: words(500),
  mobility: code.nullable().describe('行动能力：走访词表 mobility 的代码'),
  needs: z.array(code).max(12).describe('需要什么：走访词表 needs 的代码'),
  missing: z
    .array(code)
    .max(6)
    .optional()
    .describe('附近缺什么：走访词表 missing 的代码，即设施类别；新说出的成为服务需求的一条声音'),
  helper: words(200).describe('平时谁照应'),
  remark: words(500),
});
export type VisitForm = z.output<typeof visitForm>;

const lastVisit = z
  .object({ at: isoTime, method: z.enum(visitMethods), outcome: z.enum(visitOutcomes), note: z.string() })
  .nullable();

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** One person to be visited, in full: only to whoever has the duty. Kept by the client for the day at most, encrypted. */
export const visitTask = z.object({
  id: uuid,
  personId: uuid,
  order: z.number().int().min(1).describe('当日路线中的次序'),
  name: z.string().describe('全名：走访人负有职责'),
  phone: z.string().nullable(),
  address: z.string().describe('到楼栋'),
  addressDetail: z.string().nullable().describe('单元、楼层、门牌'),
  contact: z.string().nullable(),
  tags: z.array(z.string()),
  tier: z.enum(visitTiers),
  lon,
  lat,
  reason: z.enum(visitReasons),
  reasonWords: z.string().describe('一句话说明为何走访'),
  dueAt: isoTime,
  lastVisit,
  state: z.enum(openVisitStates),
  rung: z.number().int().min(0).max(3).describe('0 首次；1 询问邻里或联系人；2 再次上门；3 会同民警上门'),
  nextTryAt: isoTime.nullable(),
  form: visitForm,
  version: z.number().int(),
});

/** A line of the plan as the desk shows it: masked. */
export const visitPlanRow = z.object({
  id: uuid,
  personId: uuid,
  name: z.string().describe('隐名'),
  address: z.string(),
  areaCode,
  areaName: z.string(),
  tags: z.array(z.string()),
  tier: z.enum(visitTiers),
  lon,
  lat,
  reason: z.enum(visitReasons),
  reasonWords: z.string(),
  plannedOn: day,
  dueAt: isoTime,
  late: z.boolean(),
  state: z.enum(visitStates),
  rung: z.number().int().min(0).max(3),
  nextTryAt: isoTime.nullable(),
  order: z.number().int().nullable().describe('其走访人当日路线中的次序；已走访的没有'),
  workerId: uuid.nullable(),
  workerName: z.string().nullable(),
  standIn: z.boolean().describe('走访人休假，由他人代走'),
  doneAt: isoTime.nullable(),
  method: z.enum(visitMethods).nullable(),
  outcome: z.enum(visitOutcomes).nullable(),
  eventId: uuid.nullable(),
  version: z.number().int(),
});

/** One worker's day. */
export const visitWorker = z.object({
  id: uuid.nullable().describe('空：尚无走访人'),
  name: z.string().nullable(),
  due: z.number().int(),
  done: z.number().int(),
  late: z.number().int(),
  noAnswer: z.number().int(),
});

export const visitRule = z.object({
  code,
  kind: z.enum(visitRuleKinds),
  name: z.string(),
  nameEn: z.string(),
  tier: z.enum(visitTiers).nullable(),
  tags: z.array(z.string()).describe('有其中任一标签；* 为所有人'),
  also: z.array(z.string()).describe('并且有其中任一；空：不限'),
  amount: z.number().int(),
  unit: z.enum(visitRuleUnits),
  certainty: z.string(),
  source: z.string(),
  version: z.number().int(),
});

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const byId = z.object({ id: uuid });
const changed = z.object({ id: uuid, at: isoTime, ledgerId: uuid });

export const visitRoutes = {
  today: {
    method: 'GET',
    path: '/api/visits/today',
    permission: 'visit.do',
    summary: '我今天要走访的人，按路线次序；含逾期与无人应答后的再次上门。每人每日首次读取记入流水',
    params: none,
    query: none,
    body: none,
    response: z.object({ day, items: z.array(visitTask) }),
  },
  record: {
    method: 'POST',
    path: '/api/visits/:id/record',
    permission: 'visit.do',
    summary: '记录一次走访；无变化时不必填表',
    params: byId,
    query: none,
    body: z.object({
      opId,
      at: isoTime.optional().describe('离线时实际走访的时间'),
      method: z.enum(visitMethods),
      outcome: z.enum(visitOutcomes),
      changes: visitForm.partial().optional().describe('只含有变化的项'),
      note: words(1000).default(''),
      attachments: claims,
      raise: z
        .object({
          categoryCode: z.string().max(20),
          words: words(1000, 2).describe('事件描述；不要写姓名、电话、病情'),
          priority: z.number().int().min(0).max(4).optional(),
        })
        .optional()
        .describe('同时上报一件事'),
      seenVersion: z.number().int().optional(),
    }),
    response: z.object({
      id: uuid,
      state: z.enum(visitStates),
      at: isoTime,
      ledgerId: uuid,
      next: z.object({ at: isoTime, rung: z.number().int() }).nullable().describe('无人应答时的下一步'),
      eventId: uuid.nullable(),
      eventNumber: z.string().nullable(),
      number: z.string().describe('回执上的短名：走访日期'),
      status: z.enum(eventStatuses).nullable().describe('所上报事件的状态'),
    }),
  },
  words: {
    method: 'GET',
    path: '/api/visit-words',
    permission: 'signed_in',
    summary: '走访表单的词表：同住、行动、需要',
    params: none,
    query: none,
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          field: z.enum(visitFormFields),
          code,
          name: z.string(),
          nameEn: z.string(),
          major: z.boolean().describe('变成这一项是重大变化：随后须再走访'),
        }),
      ),
    }),
  },
  plan: {
    method: 'GET',
    path: '/api/visits/plan',
    permission: 'visit.plan',
    summary: '某日的走访计划，隐名；按走访人汇总',
    params: none,
    query: z.object({
      day: day.optional().describe('缺省为今天'),
      area: areaCode.optional(),
      worker: z.union([uuid, z.literal('none')]).optional(),
      state: z.enum(['due', 'late', 'no_answer', 'done']).optional(),
      ...page,
    }),
    body: none,
    response: z.object({
      day,
      items: z.array(visitPlanRow),
      total: z.number().int(),
      next: z.string().nullable(),
      workers: z.array(visitWorker),
    }),
  },
  workers: {
    method: 'GET',
    path: '/api/visits/workers',
    permission: 'visit.plan',
    summary: '可以承担走访的人：在其区划内任职且有走访权限',
    params: none,
    query: z.object({ area: areaCode }),
    body: none,
    response: z.object({ items: z.array(z.object({ id: uuid, name: z.string(), open: z.number().int() })) }),
  },
  reassign: {
    method: 'POST',
    path: '/api/visits/:id/reassign',
    permission: 'visit.plan',
    summary: '改由他人走访',
    params: byId,
    query: none,
    body: z.object({ opId, workerId: uuid, version: z.number().int(), reason: words(200).default('') }),
    response: changed,
  },
  figures: {
    method: 'GET',
    path: '/api/visits/figures',
    permission: 'visit.plan',
    summary: '按区划的走访数：应走访、按期、逾期、无人应答；少于 5 的不显示',
    params: none,
    query: z.object({ from: day, to: day, area: areaCode.optional() }),
    body: none,
    response: z.object({
      from: day,
      to: day,
      least: z.number().int().describe('少于此数的格子不显示'),
      items: z.array(
        z.object({
          areaCode,
          areaName: z.string(),
          due: z.number().int().nullable().describe('空：少于下限'),
          inTime: z.number().int().nullable(),
          late: z.number().int().nullable(),
          noAnswer: z.number().int().nullable(),
          open: z.number().int().nullable().describe('到期而尚未走访'),
        }),
      ),
      suppressed: z.number().int().describe('有格子被隐去的区划数'),
      leftOut: z.object({
        unplanned: z.number().int().nullable().describe('没有走访计划的人（仅有受限类别，或已报搬离、去世）'),
        withdrawn: z.number().int().nullable().describe('期内撤回的任务'),
      }),
    }),
  },
  rules: {
    method: 'GET',
    path: '/api/visit-rules',
    permission: 'signed_in',
    summary: '走访规则：频次、无人应答的步骤、时限，各注明依据与把握',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(visitRule) }),
  },
  editRule: {
    method: 'PATCH',
    path: '/api/visit-rules/:code',
    permission: 'visit.plan',
    summary: '修改一条走访规则；尚未到期的任务按新规则重排',
    params: z.object({ code }),
    query: none,
    body: z.object({
      opId,
      version: z.number().int(),
      amount: z.number().int().min(0).max(400),
      tags: z.array(z.string().regex(/^(\*|[a-z0-9_]{1,40})$/)).max(40),
      also: z.array(z.string().regex(/^[a-z0-9_]{1,40}$/)).max(40),
      reason: words(200, 2),
    }),
    response: z.object({ code, version: z.number().int(), at: isoTime, ledgerId: uuid }),
  },
} as const satisfies Record<string, Route>;
