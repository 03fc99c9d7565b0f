import * as z from 'zod';
import {
  classCode,
  historyLine,
  idleConditions,
  idleDetail,
  idleFormats,
  idleRow,
  idleStates,
} from './facilities-views.ts';
import { areaCode, isoTime, lat, listOf, lon, none, opId, uuid, words, type Route } from './route.ts';

const id = z.object({ id: uuid });
const version = z.number().int().min(1);
const saved = z.object({ idle: idleDetail, at: isoTime, ledgerId: uuid });
const ownerKind = z.string().regex(/^[a-z_]{1,40}$/);

const facts = z.object({
  name: words(120, 1),
  lon,
  lat,
  address: words(200).default(''),
  areaM2: z.number().int().min(1).max(10_000_000),
  owner: words(120).default('').describe('单位名称，不写个人'),
  ownerKind,
  condition: z.enum(idleConditions),
  uses: z.array(classCode).max(40).default([]).describe('可以改作哪几类设施'),
  freeFrom: z.iso.date().nullable().default(null).describe('何时可用；空为现在'),
  note: words(500).default(''),
});

const filter = {
  area: areaCode.optional().describe('此区划及其下级'),
  states: listOf(z.enum(idleStates)).optional().describe('不给则不含已撤下的'),
  uses: listOf(classCode).optional().describe('可以改作其中一类的'),
  owners: listOf(ownerKind).optional(),
  conditions: listOf(z.enum(idleConditions)).optional(),
  leastM2: z.coerce.number().int().min(1).max(10_000_000).optional(),
  q: z.string().trim().max(40).optional().describe('名称、编号、地址或单位中的字'),
};

const read = { method: 'GET', permission: 'circle.read', body: none } as const;
const write = { method: 'POST', permission: 'facility.edit', query: none } as const;

/** 闲置资源账: what stands idle, with its history and pictures. */
export const idleRoutes = {
  list: {
    ...read,
    path: '/api/idle',
    summary: '闲置资源账',
    params: none,
    query: z.object(filter),
    response: z.object({ items: z.array(idleRow), areaM2: z.number().int().describe('合计面积') }),
  },
  export: {
    ...read,
    path: '/api/idle/export',
    summary: '导出闲置资源账：Excel 或 Word',
    params: none,
    query: z.object({ ...filter, format: z.enum(idleFormats).default('xlsx') }),
    response: z.unknown(),
    raw: 'download',
  },
  get: { ...read, path: '/api/idle/:id', summary: '一处闲置资源', params: id, query: none, response: idleDetail },
  history: {
    ...read,
    path: '/api/idle/:id/history',
    summary: '一处闲置资源的历次改动',
    params: id,
    query: none,
    response: z.object({ items: z.array(historyLine) }),
  },
  photo: {
    ...read,
    path: '/api/idle/:id/photos/:photoId',
    summary: '闲置资源的照片',
    params: z.object({ id: uuid, photoId: uuid }),
    query: z.object({ size: z.enum(['full', 'thumb']).default('full') }),
    response: z.unknown(),
    raw: 'download',
  },
  create: {
    ...write,
    path: '/api/idle',
    summary: '登记闲置资源',
    params: none,
    body: facts.extend({ opId }),
    response: saved,
  },
  edit: {
    ...write,
    method: 'PATCH',
    path: '/api/idle/:id',
    summary: '修改闲置资源',
    params: id,
    body: facts.extend({ opId, version }),
    response: saved,
  },
  withdraw: {
    ...write,
    path: '/api/idle/:id/withdraw',
    summary: '撤下闲置资源（不删除）：不再闲置、业主不肯等',
    params: id,
    body: z.object({ opId, version, reason: words(300, 2) }),
    response: saved,
  },
  bringBack: {
    ...write,
    path: '/api/idle/:id/return',
    summary: '把撤下的放回账上',
    params: id,
    body: z.object({ opId, version, reason: words(300, 2) }),
    response: saved,
  },
  addPhoto: {
    ...write,
    path: '/api/idle/:id/photos',
    summary: '加一张照片，连同给看不见的人的文字',
    params: id,
    body: z.object({
      opId,
      photo: z.object({ id: uuid, token: z.string().max(100).optional() }),
      alt: words(200, 2),
    }),
    response: saved,
  },
  removePhoto: {
    ...write,
    path: '/api/idle/:id/photos/:photoId/remove',
    summary: '撤下一张照片',
    params: z.object({ id: uuid, photoId: uuid }),
    body: z.object({ opId }),
    response: saved,
  },
} as const satisfies Record<string, Route>;
