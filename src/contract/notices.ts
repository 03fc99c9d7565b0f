import * as z from 'zod';
import {
  channelKinds,
  deliveryChannels,
  deliveryStates,
  noticeKinds,
  personalChannels,
  webhookTypes,
} from './notices-words.ts';
import { areaCode, isoTime, listOf, none, opId, page, uuid, words, type Permission, type Route } from './route.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const facts = z.object({
  number: z.string().optional(),
  deviceCode: z.string().optional(),
  areaName: z.string().optional(),
  eventId: z.string().optional(),
  alarmKind: z.string().optional(),
  step: z.string().optional(),
  mark: z.number().optional(),
  dueAt: isoTime.optional(),
  planCode: z.string().optional(),
  host: z.string().optional(),
});
const subject = {
  kind: z.enum(noticeKinds),
  action: z.string().describe('流水动作，如 event.dispatch'),
  priority: z.number().int().min(0).max(4),
  subjectType: z.string(),
  subjectId: z.string(),
  facts: facts.describe('编号、代码、区划名；不含姓名和自由文字'),
};
const noticeView = z.object({ id: uuid, ...subject, createdAt: isoTime, readAt: isoTime.nullable() });

/** Minutes after midnight in Asia/Shanghai. */
const minute = z.number().int().min(0).max(1439);
const quietHours = z
  .object({ from: minute, until: minute })
  .refine(({ from, until }) => from !== until, 'from and until must differ.');
const channelChoice = z.partialRecord(z.enum(noticeKinds), z.array(z.enum(personalChannels)).max(3));
const settingView = z.object({
  channels: z.record(z.enum(noticeKinds), z.array(z.enum(personalChannels))),
  quiet: quietHours.nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** Browsers that get messages of this account. */
  pushCount: z.number().int(),
  /** What this installation can send with; a choice of another channel has no effect yet. */
  available: z.array(z.enum(personalChannels)),
  pushKey: z.string().describe('VAPID 公钥'),
  version: z.number().int(),
});

const channelView = z.object({
  id: uuid,
  kind: z.enum(channelKinds),
  name: z.string(),
  areaCode: areaCode.nullable(),
  areaName: z.string().nullable(),
  minPriority: z.number().int(),
  enabled: z.boolean(),
  host: z.string().describe('地址的主机名；密钥不再显示'),
  version: z.number().int(),
});

const deliveryView = z.object({
  id: uuid,
  ...subject,
  kind: z.string(),
  channel: z.enum(deliveryChannels),
  target: z.string().describe('通道、端点或账号的名称'),
  state: z.enum(deliveryStates),
  tries: z.number().int(),
  nextAt: isoTime.nullable(),
  lastError: z.string().nullable(),
  createdAt: isoTime,
  sentAt: isoTime.nullable(),
});

const endpointView = z.object({
  id: uuid,
  name: z.string(),
  url: z.string(),
  types: z.array(z.enum(webhookTypes)),
  areaCode: areaCode.nullable(),
  areaName: z.string().nullable(),
  status: z.enum(['active', 'disabled']),
  disabledReason: z.enum(['by_hand', 'gone', 'failing']).nullable(),
  failingSince: isoTime.nullable(),
  lastOkAt: isoTime.nullable(),
  lastError: z.string().nullable(),
  version: z.number().int(),
});

const done = z.object({ at: isoTime, ledgerId: uuid });
const version = z.number().int().min(1).describe('所见版本；别人先改过则拒绝');
const name = words(60, 1);
const address = z.url({ protocol: /^https?$/ }).max(500);
const id = z.object({ id: uuid });

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

type Who = Permission | 'signed_in';

function get<W extends Who, Q extends z.ZodType, A extends z.ZodType>(
  permission: W,
  path: `/api/${string}`,
  summary: string,
  query: Q,
  response: A,
) {
  return { method: 'GET', path, permission, summary, params: none, query, body: none, response } as const;
}

function post<W extends Who, P extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  permission: W,
  path: `/api/${string}`,
  summary: string,
  params: P,
  body: B,
  response: A,
) {
  return { method: 'POST', path, permission, summary, params, query: none, body, response } as const;
}

const endpointFields = {
  name,
  url: address,
  types: z.array(z.enum(webhookTypes)).min(1).max(webhookTypes.length),
  areaCode: areaCode.nullable().default(null).describe('只送此区划的；空为全部'),
};
const channelFields = {
  name,
  areaCode: areaCode.nullable().default(null).describe('群所属区划：只送此区划的；空为全部'),
  minPriority: z.number().int().min(0).max(4).default(1).describe('送到此级为止，0 最急'),
  enabled: z.boolean().default(true),
};

export const noticeRoutes = {
  inbox: get(
    'signed_in',
    '/api/notices',
    '我的消息，新的在前',
    z.object({ ...page, unread: z.stringbool().default(false) }),
    z.object({ items: z.array(noticeView), nextCursor: z.string().nullable() }),
  ),
  unread: get(
    'signed_in',
    '/api/notices/unread',
    '未读条数；urgent 为其中第 0、1 级',
    none,
    z.object({ count: z.number().int(), urgent: z.number().int() }),
  ),
  markRead: post(
    'signed_in',
    '/api/notices/read',
    '标为已读：所列各条，或某时刻及以前的全部',
    none,
    z
      .object({ ids: z.array(uuid).max(200).optional(), until: isoTime.optional() })
      .refine((body) => (body.ids === undefined) !== (body.until === undefined), 'Send either ids or until.'),
    z.object({ count: z.number().int().describe('剩余未读') }),
  ),
  settings: get('signed_in', '/api/notices/settings', '我的消息设置', none, settingView),
  saveSettings: post(
    'signed_in',
    '/api/notices/settings',
    '修改消息设置；第二通道和第 0 级告警不受安静时段限制',
    none,
    z.object({
      opId,
      version: z.number().int().min(0),
      channels: channelChoice,
      quiet: quietHours.nullable(),
      email: z.email().max(200).nullable(),
      phone: z
        .string()
        .regex(/^\+?[0-9-]{5,20}$/)
        .nullable(),
    }),
    settingView,
  ),
  addPush: post(
    'signed_in',
    '/api/notices/push',
    '本浏览器接收消息（Web Push）',
    none,
    z.object({
      endpoint: address,
      keys: z.object({
        p256dh: z.string().regex(/^[A-Za-z0-9_-]{87}=?$/),
        auth: z.string().regex(/^[A-Za-z0-9_-]{22}={0,2}$/),
      }),
    }),
    z.object({ pushCount: z.number().int() }),
  ),
  removePush: post(
    'signed_in',
    '/api/notices/push/remove',
    '本浏览器不再接收消息',
    none,
    z.object({ endpoint: address }),
    z.object({ pushCount: z.number().int() }),
  ),
} as const satisfies Record<string, Route>;

export const noticeAdminRoutes = {
  channels: get(
    'notice.edit',
    '/api/notices/channels',
    '发送通道：哪些已经配置',
    none,
    z.object({
      webPush: z.object({ browsers: z.number().int() }),
      email: z.object({ configured: z.boolean(), from: z.string().nullable() }),
      items: z.array(channelView),
    }),
  ),
  saveChannel: post(
    'notice.edit',
    '/api/notices/channels',
    '新增通道：短信网关、企业微信机器人、钉钉机器人',
    none,
    z.object({
      opId,
      kind: z.enum(channelKinds),
      url: address,
      secret: z.string().max(200).default('').describe('短信网关、钉钉的签名密钥'),
      ...channelFields,
    }),
    done.extend({ id: uuid }),
  ),
  editChannel: post(
    'notice.edit',
    '/api/notices/channels/:id',
    '修改通道；不给地址和密钥则保留原有的',
    id,
    z.object({
      opId,
      version,
      url: address.optional(),
      secret: z.string().max(200).optional(),
      ...channelFields,
    }),
    done,
  ),
  retireChannel: post(
    'notice.edit',
    '/api/notices/channels/:id/retire',
    '停用通道并忘记其密钥',
    id,
    z.object({ opId, version }),
    done,
  ),
  testChannel: post(
    'notice.edit',
    '/api/notices/channels/:id/test',
    '发一条测试消息；短信发到操作人设置的手机',
    id,
    z.object({ opId }),
    done.extend({ deliveryId: uuid }),
  ),
  queue: get(
    'notice.edit',
    '/api/notices/queue',
    '发送队列',
    z.object({
      ...page,
      states: listOf(z.enum(deliveryStates)).optional(),
      channel: z.enum(deliveryChannels).optional(),
      target: uuid.optional(),
    }),
    z.object({
      items: z.array(deliveryView),
      nextCursor: z.string().nullable(),
      counts: z.record(z.enum(deliveryStates), z.number().int()),
    }),
  ),
  replay: post(
    'notice.edit',
    '/api/notices/queue/replay',
    '再发：所列各条，或某端点全部未送达的',
    none,
    z
      .object({ opId, ids: z.array(uuid).min(1).max(200).optional(), target: uuid.optional() })
      .refine((body) => (body.ids === undefined) !== (body.target === undefined), 'Send either ids or target.'),
    done.extend({ count: z.number().int() }),
  ),
} as const satisfies Record<string, Route>;

export const webhookRoutes = {
  endpoints: get('notice.edit', '/api/webhooks', '回调端点', none, z.object({ items: z.array(endpointView) })),
  addEndpoint: post(
    'notice.edit',
    '/api/webhooks',
    '新增回调端点；密钥只显示这一次',
    none,
    z.object({ opId, ...endpointFields }),
    done.extend({ id: uuid, secret: z.string() }),
  ),
  editEndpoint: post(
    'notice.edit',
    '/api/webhooks/:id',
    '修改回调端点；重新启用也在这里',
    id,
    z.object({ opId, version, ...endpointFields, status: z.enum(['active', 'disabled']) }),
    done,
  ),
  renewSecret: post(
    'notice.edit',
    '/api/webhooks/:id/secret',
    '换密钥；旧密钥再签 24 小时',
    id,
    z.object({ opId, version }),
    done.extend({ secret: z.string() }),
  ),
  testEndpoint: post(
    'notice.edit',
    '/api/webhooks/:id/test',
    '发一条 webhook.test',
    id,
    z.object({ opId }),
    done.extend({ deliveryId: uuid }),
  ),
  retireEndpoint: post(
    'notice.edit',
    '/api/webhooks/:id/retire',
    '删除回调端点并忘记其密钥',
    id,
    z.object({ opId, version }),
    done,
  ),
} as const satisfies Record<string, Route>;
