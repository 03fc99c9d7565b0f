import * as z from 'zod';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** How urgent somebody is, the most urgent first. */
export const careColours = ['red', 'orange', 'yellow', 'blue'] as const;
export type CareColour = (typeof careColours)[number];

/** A person in care as lists show them: the name masked, the address no finer than the house. */
export const careRow = z.object({
  id: uuid,
  name: z.string().describe('隐名，如“张**”'),
  tags: z.array(z.string()),
  address: z.string(),
  areaCode,
  areaName: z.string(),
  colour: z.enum(careColours).describe('红最急，依次为橙、黄、蓝'),
  lon,
  lat,
  exact: z.boolean().describe('false：坐标为所在网格中心'),
  updatedAt: isoTime,
});

export const careDetail = careRow.extend({
  phone: z.string().nullable().describe('隐去中间'),
  idNumber: z.string().nullable().describe('隐去中间'),
  hasAddressDetail: z.boolean(),
  hasContact: z.boolean(),
  hasGuardian: z.boolean(),
  hasHealth: z.boolean(),
  birthYear: z.number().int().nullable(),
  restricted: z.boolean().describe('限制类别的档案，与普通档案各自独立'),
  responsibleId: uuid.nullable(),
  responsibleName: z.string().nullable(),
  version: z.number().int(),
  retiredAt: isoTime.nullable(),
  /** May this viewer change it? */
  mayEdit: z.boolean(),
});

/** By a glance only: category, colour, the middle of the grid; who it is and which house stay null. */
export const careNear = careRow
  .pick({ tags: true, colour: true, areaCode: true, lon: true, lat: true, exact: true })
  .extend({
    id: uuid.nullable(),
    name: z.string().nullable(),
    address: z.string().nullable(),
    distanceM: z.number().describe('exact 为 false 时取整到 50 米'),
  });

const few = z.number().int().nullable().describe('null：不足 5 人，不显示');

/** What stands behind the mask. Never kept by the client. */
export const careSecrets = z.object({
  id: uuid,
  name: z.string(),
  phone: z.string().nullable(),
  idNumber: z.string().nullable(),
  addressDetail: z.string().nullable(),
  contact: z.string().nullable(),
  guardian: z.string().nullable(),
  health: z.string().nullable(),
  birthYear: z.number().int().nullable(),
});

const result = z.object({ person: careDetail, at: isoTime, ledgerId: uuid });

// ── routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const id = z.object({ id: uuid });
const version = z.number().int().min(1);
const tag = z.string().regex(/^[a-z0-9_]{1,40}$/);
const fields = z.object({
  name: words(50, 1),
  phone: words(30).nullable(),
  idNumber: words(20).nullable(),
  address: words(200).describe('到楼栋为止'),
  addressDetail: words(100).nullable().describe('单元、楼层、门牌；加密保存'),
  contact: words(100).nullable().describe('紧急联系人；加密保存'),
  guardian: words(100).nullable().describe('监护人；加密保存'),
  health: words(500).nullable().describe('健康备注；加密保存'),
  birthYear: z.number().int().min(1900).max(2100).nullable().describe('出生年份；有身份证号时以其为准'),
  tags: z.array(tag).min(1).max(8),
  lon,
  lat,
  areaCode: areaCode.optional().describe('位置不在任何已画轮廓内时必填'),
  responsibleId: uuid.nullable(),
});

function get<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType>(
  path: `/api/${string}`,
  summary: string,
  params: P,
  query: Q,
  response: A,
) {
  return { method: 'GET', path, permission: 'care.read', summary, params, query, body: none, response } as const;
}

function change<P extends z.ZodType, B extends z.ZodType>(path: `/api/${string}`, summary: string, params: P, body: B) {
  return {
    method: 'POST',
    path,
    permission: 'care.edit',
    summary,
    params,
    query: none,
    body,
    response: result,
  } as const;
}

export const careRoutes = {
  tags: {
    ...get(
      '/api/care-tags',
      '重点关爱人员的标签；限制类别只给有此权限的人',
      none,
      none,
      z.object({
        items: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            nameEn: z.string(),
            urgent: z.boolean().describe('遇险时先去敲门'),
            group: z.enum(['elder', 'child', 'disabled', 'hardship', 'medical', 'veteran', 'restricted', 'other']),
            colour: z.enum(careColours),
            restricted: z.boolean(),
            certain: z.boolean(),
          }),
        ),
      }),
    ),
    permission: 'signed_in',
  },
  glance: {
    ...get(
      '/api/care/glance',
      '重点关爱人员的分布：只有类别、颜色和网格，不足 5 人的数不显示',
      none,
      z.object({ area: areaCode.optional().describe('此区划及其下级') }),
      z.object({
        total: few,
        colours: z.array(z.object({ colour: z.enum(careColours), count: few })),
        tags: z.array(z.object({ code: z.string(), count: few })),
        areas: z.array(
          z.object({
            areaCode,
            areaName: z.string(),
            lon: lon.describe('网格中心'),
            lat,
            colour: z.enum(careColours).describe('其中最急的'),
            red: few.describe('其中红色的'),
            count: few,
          }),
        ),
      }),
    ),
    permission: 'care.glance',
  },
  list: get(
    '/api/care',
    '重点关爱人员，隐名分页；各人只见自己区划的',
    none,
    z.object({
      area: areaCode.optional().describe('此区划及其下级'),
      tags: listOf(tag).optional().describe('有其中任一标签'),
      colour: z.enum(careColours).optional().describe('紧急程度：以最急的标签为准'),
      ...page,
    }),
    z.object({ items: z.array(careRow), next: z.string().nullable(), total: z.number().int() }),
  ),
  find: {
    method: 'POST',
    path: '/api/care/find',
    permission: 'care.read',
    summary: '按完整的姓名或电话查找，隐名；不放在网址里，以免留在日志中',
    params: none,
    query: none,
    body: z.object({ q: z.string().trim().min(1).max(40) }),
    response: z.object({ items: z.array(careRow) }),
  },
  near: {
    ...get(
      '/api/care/near',
      '某点周围的重点关爱人员，由近到远，至多 500 人；只有一览权限的见类别、颜色和网格中心',
      none,
      z.object({
        lon: z.coerce.number().pipe(lon),
        lat: z.coerce.number().pipe(lat),
        radiusM: z.coerce.number().min(1).max(2000),
      }),
      z.object({ items: z.array(careNear) }),
    ),
    permission: 'care.glance',
  },
  get: get('/api/care/:id', '一位重点关爱人员，隐名', id, none, careDetail),
  reveal: {
    method: 'POST',
    path: '/api/care/:id/reveal',
    permission: 'care.read',
    summary: '查看隐去的内容；须写明用途，每次查看都记入流水',
    params: id,
    query: none,
    body: z.object({ opId, purpose: words(200, 4) }),
    response: careSecrets,
  },
  create: change(
    '/api/care',
    '登记一位重点关爱人员',
    none,
    fields.extend({
      opId,
      phone: words(30).nullable().default(null),
      idNumber: words(20).nullable().default(null),
      address: words(200).default(''),
      addressDetail: words(100).nullable().default(null),
      contact: words(100).nullable().default(null),
      guardian: words(100).nullable().default(null),
      health: words(500).nullable().default(null),
      birthYear: fields.shape.birthYear.default(null),
      responsibleId: uuid.nullable().default(null),
    }),
  ),
  edit: {
    ...change('/api/care/:id', '修改；没有给的保持原样', id, fields.partial().extend({ opId, version })),
    method: 'PATCH',
  },
  retire: change(
    '/api/care/:id/retire',
    '不再列为重点关爱（历史保留）',
    id,
    z.object({ opId, version, reason: words(500, 2) }),
  ),
} as const satisfies Record<string, Route>;
