import * as z from 'zod';
import { eventStatuses } from './events-words.ts';
import { planCode, planRow } from './operations-plans.ts';
import { linkView, operationResult, roomView, shape } from './operations-views.ts';
import { areaCode, isoTime, lat, lon, none, opId, page, uuid, words, type Route } from './route.ts';

/** The joint room of an event: plan opened, steps, messages, cordons, positions, links for agencies without accounts. */

const id = z.object({ id: uuid });
const claims = z
  .array(z.object({ id: uuid, token: z.string().max(100).optional() }))
  .max(12)
  .default([]);
const reason = words(500, 2);
export const linkHours = { min: 1, max: 168, usual: 24 } as const;
export const positionMinutes = { min: 5, max: 240, usual: 60 } as const;

/** One act in the room of an event. */
function act<B extends z.ZodRawShape>(path: string, permission: Route['permission'], summary: string, body: B) {
  return {
    method: 'POST',
    path: `/api/events/:id/operation${path}` as `/api/${string}`,
    permission,
    summary,
    params: id,
    query: none,
    body: z.object({ opId, ...body }),
    response: operationResult,
  } as const satisfies Route;
}

export const operationRoutes = {
  list: {
    method: 'GET',
    path: '/api/operations',
    permission: 'event.read',
    summary: '联合处置清单',
    params: none,
    query: z.object({
      open: z.stringbool().optional(),
      planCode: planCode.optional(),
      areaCode: areaCode.optional(),
      from: isoTime.optional(),
      to: isoTime.optional(),
      ...page,
    }),
    body: none,
    response: z.object({
      items: z.array(
        z.object({
          id: uuid,
          eventId: uuid,
          number: z.string(),
          title: z.string(),
          status: z.enum(eventStatuses),
          priority: z.number().int(),
          planCode: planCode.nullable(),
          openedAt: isoTime,
          endedAt: isoTime.nullable(),
          stepsDone: z.number().int(),
          steps: z.number().int(),
          tasksEnded: z.number().int(),
          tasks: z.number().int(),
        }),
      ),
      next: z.string().nullable(),
    }),
  },
  fitting: {
    method: 'GET',
    path: '/api/events/:id/plans',
    permission: 'event.read',
    summary: '适用于这件事的预案，并说明为何适用',
    params: id,
    query: none,
    body: none,
    response: z.object({
      items: z.array(planRow.extend({ because: z.array(z.enum(['category', 'library', 'risk_kind', 'risk_point'])) })),
    }),
  },
  room: {
    method: 'GET',
    path: '/api/events/:id/operation',
    permission: 'event.read',
    summary: '联合处置室：清单、各单位任务与时限、消息、警戒、位置',
    params: id,
    query: none,
    body: none,
    response: roomView,
  },
  open: act('', 'event.annotate', '启动联合处置（按预案，或不用预案）', {
    planCode: planCode.nullable().default(null),
  }),
  end: act('/end', 'event.dispatch', '结束联合处置：必做步骤须已完成或注明为何不做', { reason }),
  message: act('/messages', 'event.annotate', '发言或发照片', {
    words: words(2000).default(''),
    attachments: claims,
  }),
  cordon: act('/cordons', 'event.annotate', '划定警戒范围', { shape, words: words(200).default('') }),
  liftCordon: {
    ...act('', 'event.annotate', '解除警戒（须写明理由）', { reason }),
    path: '/api/events/:id/operation/cordons/:messageId/lift',
    params: z.object({ id: uuid, messageId: uuid }),
  },
  sharePosition: act('/position', 'event.annotate', '声明在限定时间内共享自己的位置；再发一次即更新，不留轨迹', {
    lon,
    lat,
    accuracyM: z.number().min(0).max(100_000).nullable().default(null),
    minutes: z.number().int().min(positionMinutes.min).max(positionMinutes.max).default(positionMinutes.usual),
    words: words(100).default(''),
  }),
  stopPosition: act('/position/stop', 'event.annotate', '停止共享位置', {}),
  step: {
    ...act('', 'event.annotate', '清单步骤：完成、不做（须理由）、撤回（须理由）', {
      do: z.enum(['done', 'skip', 'undo']),
      reason: words(500).default(''),
    }),
    path: '/api/events/:id/operation/steps/:stepId',
    params: z.object({ id: uuid, stepId: uuid }),
  },
  link: {
    method: 'POST',
    path: '/api/events/:id/operation/links',
    permission: 'event.dispatch',
    summary: '为没有账号的承办单位生成任务链接',
    params: id,
    query: none,
    body: z.object({
      opId,
      taskId: uuid,
      phone: z
        .string()
        .regex(/^[0-9+\- ]{0,20}$/)
        .default('')
        .describe('发给谁；加密保存'),
      hours: z.number().int().min(linkHours.min).max(linkHours.max).default(linkHours.usual),
    }),
    response: z.object({
      link: linkView,
      /** The page is /t/<secret>; shown to whoever makes the link, kept only as a digest. */
      secret: z.string(),
      path: z.string(),
    }),
  },
  revokeLink: {
    ...act('', 'event.dispatch', '收回任务链接（须写明理由）', { reason }),
    path: '/api/events/:id/operation/links/:linkId/revoke',
    params: z.object({ id: uuid, linkId: uuid }),
  },
} as const satisfies Record<string, Route>;

/** What lies around the place. Mounted when the registers of people in care and of risk points are there to be asked. */
export const nearbyRoutes = {
  riskPoints: {
    method: 'GET',
    path: '/api/events/:id/operation/risk-points',
    permission: 'event.read',
    summary: '周边风险点',
    params: id,
    query: z.object({ radiusM: z.coerce.number<string>().int().min(10).max(2000).optional() }),
    body: none,
    response: z.object({
      radiusM: z.number().int(),
      items: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          kind: z.string(),
          level: z.union([z.string(), z.number()]),
          distanceM: z.number(),
          lon,
          lat,
        }),
      ),
    }),
  },
  nearby: {
    method: 'POST',
    path: '/api/events/:id/operation/nearby',
    permission: 'care.glance',
    summary:
      '周边需关照人员；须写明用途，查看即留痕。只有一览权限的，在 P0、P1 事件的联动室内见遮蔽的姓名和楼栋，其余见类别、颜色和网格中心',
    params: id,
    query: none,
    body: z.object({ radiusM: z.number().int().min(10).max(2000).optional(), purpose: words(200, 2) }),
    response: z.object({
      radiusM: z.number().int(),
      opened: z.boolean().describe('紧急事件的联动室，已按用途打开'),
      people: z.array(
        z.object({
          id: uuid.nullable(),
          name: z.string().nullable(),
          tags: z.array(z.string()),
          colour: z.enum(['red', 'orange', 'yellow', 'blue']),
          address: z.string().nullable(),
          distanceM: z.number(),
          lon,
          lat,
          exact: z.boolean(),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Route>;
