import * as z from 'zod';
import { eventStatuses, taskStatuses, verbs } from './events-words.ts';
import { callView, clockView, taskView, unitRef } from './events-views.ts';
import { planCode, stepKinds, stepRoles } from './operations-plans.ts';
import { isoTime, lat, lon, polygon, uuid } from './route.ts';

/** What the joint room shows. */

export const shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('circle'), lon, lat, radiusM: z.number().min(1).max(20_000) }),
  z.object({ type: z.literal('polygon'), geometry: polygon }),
]);
export type Shape = z.output<typeof shape>;

export const stepStatuses = ['todo', 'done', 'skipped'] as const;

/** Who did it: a person of a unit, or somebody of an agency by signed link. */
export const doer = z.object({
  name: z.string().nullable(),
  unit: unitRef.nullable(),
  viaLink: z.boolean().describe('由承办单位通过签名链接操作'),
});

export const stepView = z.object({
  id: uuid,
  key: z.string(),
  words: z.string(),
  wordsEn: z.string(),
  role: z.enum(stepRoles),
  kind: z.enum(stepKinds),
  required: z.boolean(),
  dueAt: isoTime,
  late: z.boolean(),
  call: z.object({ number: z.string(), name: z.string() }).nullable(),
  /** Units the roles of an invitation stand for here; `reachable`: this event's desk may give them a task now. */
  units: z.array(z.object({ unit: unitRef, hasTask: z.boolean(), reachable: z.boolean() })),
  missingRoles: z.array(z.string()).describe('本地没有对应单位的角色'),
  status: z.enum(stepStatuses),
  by: doer.nullable(),
  at: isoTime.nullable(),
  reason: z.string(),
});

export const feedKinds = [
  'event', // 事件时间线上的一步
  'message', // 文字
  'photo', // 照片
  'cordon', // 警戒范围
  'cordon_lift', // 解除警戒
  'position', // 声明共享位置
  'step', // 清单步骤
  'link', // 任务链接
  'system', // 启动、结束等
] as const;

/** One line of the room, oldest first. */
export const feedItem = z.object({
  id: uuid,
  at: isoTime,
  kind: z.enum(feedKinds),
  verb: z.enum(verbs).nullable().describe('kind 为 event 时'),
  by: doer,
  /** What was written. */
  words: z.string(),
  /** kind event: data of the ledger line; others: facts such as {stepKey, status}, {messageId}, {until}, {taskId}. */
  data: z.record(z.string(), z.unknown()),
  attachments: z.array(uuid),
});

export const cordonView = z.object({ id: uuid, shape, words: z.string(), by: doer, at: isoTime });
export const positionView = z.object({
  id: uuid,
  lon,
  lat,
  accuracyM: z.number().nullable(),
  at: isoTime,
  until: isoTime,
  words: z.string(),
  by: doer,
  mine: z.boolean(),
});

export const linkStates = ['open', 'expired', 'revoked', 'ended'] as const;
export const linkView = z.object({
  id: uuid,
  taskId: uuid,
  unit: unitRef,
  state: z.enum(linkStates),
  createdAt: isoTime,
  expiresAt: isoTime,
  revokedAt: isoTime.nullable(),
  openedCount: z.number().int(),
  lastOpenedAt: isoTime.nullable(),
  phoneMasked: z.string().describe('发给谁；只显示首尾'),
  personName: z.string().nullable().describe('对方自填的姓名'),
});

export const operationView = z.object({
  id: uuid,
  planCode: planCode.nullable(),
  planName: z.string().nullable(),
  planNameEn: z.string().nullable(),
  planVersion: z.number().int().nullable(),
  nearbyM: z.number().int(),
  places: z.array(z.object({ name: z.string(), note: z.string() })),
  openedAt: isoTime,
  openedBy: doer,
  endedAt: isoTime.nullable(),
  steps: z.array(stepView),
});

/** The whole room. Task and clock shapes are the event's own. */
export const roomView = z.object({
  event: z.object({
    id: uuid,
    number: z.string(),
    title: z.string(),
    description: z.string(),
    categoryCode: z.string(),
    priority: z.number().int(),
    status: z.enum(eventStatuses),
    lon: lon.nullable(),
    lat: lat.nullable(),
    placeWords: z.string(),
    reportedAt: isoTime,
    version: z.number().int(),
  }),
  /** null: no joint operation has been opened; `plans` says what fits. */
  operation: operationView.nullable(),
  leadUnit: unitRef.describe('现在的牵头单位；尚无时为所在台席'),
  tasks: z.array(taskView),
  clocks: z.array(clockView),
  calls: z.array(callView),
  allowed: z.array(z.object({ verb: z.enum(verbs), taskId: uuid.nullable() })),
  feed: z.array(feedItem),
  cordons: z.array(cordonView),
  positions: z.array(positionView),
  links: z.array(linkView).describe('牵头单位与各级中心可见'),
  may: z.object({
    open: z.boolean(),
    end: z.boolean(),
    step: z.boolean(),
    message: z.boolean(),
    cordon: z.boolean(),
    position: z.boolean(),
    link: z.boolean(),
    nearby: z.boolean().describe('可查看周边需关照人员'),
  }),
});

export const operationResult = z.object({
  operationId: uuid,
  eventId: uuid,
  at: isoTime,
  ledgerId: uuid.nullable().describe('没有改变任何东西时为空'),
});

/** What an agency sees behind its link: its own task and what the room says; nobody's personal data. */
export const taskLinkView = z.object({
  state: z.enum(linkStates),
  expiresAt: isoTime,
  unit: unitRef,
  introduced: z.object({ name: z.string() }).nullable(),
  event: z.object({
    number: z.string(),
    title: z.string(),
    categoryName: z.string(),
    categoryNameEn: z.string(),
    priority: z.number().int(),
    status: z.enum(eventStatuses),
    lon: lon.nullable(),
    lat: lat.nullable(),
    placeWords: z.string(),
    reportedAt: isoTime,
    leadUnit: unitRef,
  }),
  task: z.object({
    id: uuid,
    part: z.enum(['lead', 'assist']),
    status: z.enum(taskStatuses),
    instruction: z.string(),
    offeredAt: isoTime,
    acceptedAt: isoTime.nullable(),
    onSiteAt: isoTime.nullable(),
    doneAt: isoTime.nullable(),
    result: z.string(),
    reason: z.string(),
    clockStartedAt: isoTime.nullable(),
    dueAt: isoTime.nullable(),
    late: z.boolean(),
  }),
  /** Each unit's progress: names of organisations only. */
  others: z.array(z.object({ unit: unitRef, part: z.enum(['lead', 'assist']), status: z.enum(taskStatuses) })),
  cordons: z.array(z.object({ id: uuid, shape, words: z.string() })),
  messages: z.array(
    z.object({
      id: uuid,
      at: isoTime,
      kind: z.enum(feedKinds),
      unit: unitRef.nullable(),
      own: z.boolean(),
      words: z.string(),
      attachments: z.array(uuid),
    }),
  ),
  allowed: z.array(z.enum(['accept', 'return', 'arrive', 'note', 'finish', 'message'])),
});
