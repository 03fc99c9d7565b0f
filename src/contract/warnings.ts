import * as z from 'zod';
import { areaCode, isoTime, lat, lon, none, opId, page, polygon, uuid, words, type Route } from './route.ts';
import {
  capCategories,
  capCertainties,
  capMessageTypes,
  capScopes,
  capSeverities,
  capStatuses,
  capUrgencies,
  colours,
  effectKinds,
  warningOrigins,
  warningStates,
} from './warnings-words.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

const namedArea = z.object({ code: areaCode, name: z.string() });
const kindCode = z.string().regex(/^[a-z][a-z_]{0,40}$/);

/** A line of the list: one message. */
export const warningRow = z.object({
  id: uuid,
  origin: z.enum(warningOrigins),
  sender: z.string(),
  identifier: z.string(),
  sent: isoTime,
  status: z.enum(capStatuses),
  msgType: z.enum(capMessageTypes),
  event: z.string(),
  kind: kindCode.nullable(),
  colour: z.enum(colours).nullable().describe('空：消息没有说明'),
  headline: z.string(),
  startsAt: isoTime,
  endsAt: isoTime,
  areas: z.array(namedArea),
  outside: z.boolean().describe('与本辖区无关：只留存，不产生联动'),
  shape: polygon.nullable(),
  state: z.enum(warningStates),
});

export const effectRun = z.object({
  id: uuid,
  effectId: uuid,
  warningId: uuid,
  effect: z.enum(effectKinds),
  target: z.string(),
  areas: z.array(namedArea),
  matched: z.number().int().nullable().describe('开始时涉及的数量；空：未统计，或不足 5 人（见 few）'),
  few: z.boolean().describe('涉及不足 5 人，人数不显示'),
  onAt: isoTime,
  offAt: isoTime.nullable(),
});

const pair = z.object({ valueName: z.string(), value: z.string() });
const position = z.tuple([lon, lat]);
const infoView = z.object({
  language: z.string(),
  category: z.array(z.enum(capCategories)),
  event: z.string(),
  urgency: z.enum(capUrgencies),
  severity: z.enum(capSeverities),
  certainty: z.enum(capCertainties),
  eventCode: z.array(pair),
  effective: isoTime.optional(),
  onset: isoTime.optional(),
  expires: isoTime.optional(),
  senderName: z.string().optional(),
  headline: z.string().optional(),
  description: z.string().optional(),
  instruction: z.string().optional(),
  web: z.string().optional(),
  contact: z.string().optional(),
  parameter: z.array(pair),
  area: z.array(
    z.object({
      areaDesc: z.string(),
      polygons: z.array(z.array(position)),
      circles: z.array(z.object({ centre: position, radiusKm: z.number() })),
      geocodes: z.array(pair),
    }),
  ),
});

export const warningDetail = warningRow.extend({
  scope: z.enum(capScopes),
  note: z.string().nullable(),
  receivedAt: isoTime,
  source: z.string().nullable().describe('来源名称'),
  issuer: z
    .object({ division: z.string(), trade: z.string(), unit: z.string(), enteredAt: isoTime })
    .nullable()
    .describe('国家预警编码所含信息；其他编码为空'),
  infos: z.array(infoView),
  chain: z.array(warningRow).describe('由引用相连的消息，按发送时间'),
  stateBy: uuid.nullable(),
  stateAt: isoTime,
  effects: z.array(effectRun),
  xml: z.string().describe('收到的原文'),
  mayIssue: z.boolean().describe('可更新或取消'),
});

export const kindView = z.object({ code: kindCode, name: z.string(), nameEn: z.string() });

export const effectView = z.object({
  id: uuid,
  kind: z.union([kindCode, z.literal('*')]),
  leastColour: z.enum(colours),
  effect: z.enum(effectKinds),
  target: z.string(),
  note: z.string(),
  enabled: z.boolean(),
  version: z.number().int(),
});

// ── requests ────────────────────────────────────────────────────────────────────────────────────────────────────────

const byId = z.object({ id: uuid });
const draft = z.object({
  opId,
  status: z.enum(['Actual', 'Exercise', 'Test']),
  kind: kindCode,
  colour: z.enum(colours),
  urgency: z.enum(capUrgencies).default('Expected'),
  certainty: z.enum(capCertainties).default('Likely'),
  headline: words(160, 2),
  description: words(4000, 2),
  instruction: words(4000).default(''),
  areas: z.array(areaCode).min(1).max(200),
  startsAt: isoTime,
  endsAt: isoTime,
});
/** What became of a message that came in. */
export const received = z.object({
  id: uuid,
  duplicate: z.boolean().describe('此前已收到'),
  state: z.enum(warningStates),
  outside: z.boolean(),
});
const issued = z.object({ id: uuid, identifier: z.string(), at: isoTime });

const effectWish = z.object({
  opId,
  kind: z.union([kindCode, z.literal('*')]),
  leastColour: z.enum(colours),
  effect: z.enum(effectKinds),
  target: z.string().regex(/^(\*|[A-Za-z0-9_.-]{1,60})$/),
  note: words(200).default(''),
  enabled: z.boolean(),
});
const target = z.string().max(60);

export const warningRoutes = {
  list: {
    method: 'GET',
    path: '/api/warnings',
    permission: 'warning.read',
    summary: '预警消息，新的在前；只见本人辖区',
    params: none,
    query: z.object({
      ...page,
      running: z.stringbool().optional().describe('只要尚未结束的'),
      status: z.enum(capStatuses).optional(),
      area: areaCode.optional(),
    }),
    body: none,
    response: z.object({ items: z.array(warningRow), next: z.string().nullable() }),
  },
  get: {
    method: 'GET',
    path: '/api/warnings/:id',
    permission: 'warning.read',
    summary: '一条预警：内容、前后消息、联动、原文',
    params: byId,
    query: none,
    body: none,
    response: warningDetail,
  },
  issue: {
    method: 'POST',
    path: '/api/warnings',
    permission: 'warning.issue',
    summary: '发布预警',
    params: none,
    query: none,
    body: draft,
    response: issued,
  },
  update: {
    method: 'POST',
    path: '/api/warnings/:id/update',
    permission: 'warning.issue',
    summary: '更新本单位发布的预警：发布新消息并引用原消息',
    params: byId,
    query: none,
    body: draft.omit({ status: true }),
    response: issued,
  },
  cancel: {
    method: 'POST',
    path: '/api/warnings/:id/cancel',
    permission: 'warning.issue',
    summary: '取消本单位发布的预警',
    params: byId,
    query: none,
    body: z.object({ opId, reason: words(500, 2) }),
    response: issued,
  },
  upload: {
    method: 'POST',
    path: '/api/warnings/upload',
    permission: 'warning.issue',
    summary: '导入一份 CAP 文件',
    params: none,
    query: none,
    body: z.object({ opId, base64: z.base64().max(1_500_000), areaCode: areaCode.nullable().default(null) }),
    response: received,
    bodyBytes: 2 * 1024 * 1024,
  },
  kinds: {
    method: 'GET',
    path: '/api/warning-kinds',
    permission: 'signed_in',
    summary: '预警种类字典',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(kindView) }),
  },
  effects: {
    method: 'GET',
    path: '/api/warning-effects',
    permission: 'signed_in',
    summary: '预警联动表',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(effectView) }),
  },
  running: {
    method: 'GET',
    path: '/api/warning-effects/running',
    permission: 'warning.read',
    summary: '正在进行的联动',
    params: none,
    query: z.object({ effect: z.enum(effectKinds).optional(), target: target.optional() }),
    body: none,
    response: z.object({ items: z.array(effectRun) }),
  },
  addEffect: {
    method: 'POST',
    path: '/api/warning-effects',
    permission: 'plan.edit',
    summary: '增加一条联动',
    params: none,
    query: none,
    body: effectWish,
    response: z.object({ id: uuid, at: isoTime, ledgerId: uuid }),
  },
  editEffect: {
    method: 'PATCH',
    path: '/api/warning-effects/:id',
    permission: 'plan.edit',
    summary: '修改或停用一条联动',
    params: byId,
    query: none,
    body: effectWish.extend({ version: z.number().int() }),
    response: z.object({ id: uuid, at: isoTime, ledgerId: uuid }),
  },
} as const satisfies Record<string, Route>;
