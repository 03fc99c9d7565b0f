import * as z from 'zod';
import { areaCode, isoTime, lat, listOf, lon, none, opId, page, uuid, words, type Route } from './route.ts';

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A person in care as lists show them: the name masked, the address no finer than the house. */
export const careRow = z.object({
  id: uuid,
  name: z.string().describe('隐名，如“张**”'),
  tags: z.array(z.string()),
  address: z.string(),
  areaCode,
  areaName: z.string(),
  lon,
  lat,
  updatedAt: isoTime,
});

export const careDetail = careRow.extend({
  phone: z.string().nullable().describe('隐去中间'),
  idNumber: z.string().nullable().describe('隐去中间'),
  hasAddressDetail: z.boolean(),
  hasContact: z.boolean(),
  responsibleId: uuid.nullable(),
  responsibleName: z.string().nullable(),
  version: z.number().int(),
  retiredAt: isoTime.nullable(),
  /** May this viewer change it? */
  mayEdit: z.boolean(),
});

export const careNear = careRow
  .pick({ id: true, name: true, tags: true, address: true, lon: true, lat: true })
  .extend({ distanceM: z.number() });

/** What stands behind the mask. Never kept by the client. */
export const careSecrets = z.object({
  id: uuid,
  name: z.string(),
  phone: z.string().nullable(),
  idNumber: z.string().nullable(),
  addressDetail: z.string().nullable(),
  contact: z.string().nullable(),
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
  tags: get(
    '/api/care-tags',
    '重点关爱人员的标签',
    none,
    none,
    z.object({
      items: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          nameEn: z.string(),
          urgent: z.boolean().describe('遇险时先去敲门'),
          certain: z.boolean(),
        }),
      ),
    }),
  ),
  list: get(
    '/api/care',
    '重点关爱人员，隐名分页；各人只见自己区划的',
    none,
    z.object({
      area: areaCode.optional().describe('此区划及其下级'),
      tags: listOf(tag).optional().describe('有其中任一标签'),
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
  near: get(
    '/api/care/near',
    '某点周围的重点关爱人员，由近到远，至多 500 人',
    none,
    z.object({
      lon: z.coerce.number().pipe(lon),
      lat: z.coerce.number().pipe(lat),
      radiusM: z.coerce.number().min(1).max(2000),
    }),
    z.object({ items: z.array(careNear) }),
  ),
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
