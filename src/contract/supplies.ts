import * as z from 'zod';
import { isoTime, none, opId, uuid, words, type Route } from './route.ts';
import {
  attentionView,
  batchWord,
  day,
  itemView,
  loanView,
  lotHolder,
  month,
  movementView,
  quantity,
  receiptSources,
  receiptView,
  reasonView,
  stockView,
  thingNumber,
  thingView,
  word,
} from './supplies-views.ts';

/** What stations have: stock with batches and expiry, restock tasks, loans without deposit, donations. */

const id = z.object({ id: uuid });
/** A station by its id or by the code on its door. */
const atStation = z.object({ id: z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/) });
const recorded = z.object({ at: isoTime, ledgerId: uuid });
const read = { method: 'GET', permission: 'station.read', params: none, query: none, body: none } as const;
const work = {
  method: 'POST',
  permission: 'station.work',
  params: atStation,
  query: none,
  response: recorded,
} as const;
const manage = { ...work, permission: 'station.manage' } as const;
/** A tablet that was without network says when it happened. */
const at = isoTime.optional().describe('发生时间（断网补传时）；默认此刻');
const phone = z.string().regex(/^[0-9+\- ]{5,20}$/);

export const supplyRoutes = {
  items: {
    ...read,
    path: '/api/supplies/items',
    summary: '物资目录、差异与核销事由、临期天数',
    response: z.object({
      items: z.array(itemView),
      reasons: z.array(reasonView),
      expiringDays: z.number().int(),
      lostAfterDays: z.number().int(),
    }),
  },
  attention: {
    ...read,
    path: '/api/supplies/attention',
    summary: '所辖各驿站：不足、临期、过期待核销、召回、借出逾期',
    response: z.object({ at: isoTime, items: z.array(attentionView) }),
  },
  stock: {
    ...read,
    params: atStation,
    path: '/api/stations/:id/supplies',
    summary: '一个驿站的库存：按物资，含批次、下限、补货',
    response: stockView,
  },
  receive: {
    ...work,
    path: '/api/stations/:id/supplies/receipts',
    summary: '收货：采购、街道配发或捐赠；药品必填有效期，过期的不收',
    body: z.object({
      opId,
      at,
      source: z.enum(receiptSources),
      partnerId: uuid.nullable().default(null),
      pledgeId: uuid.nullable().default(null),
      donor: words(40).default('').describe('愿意留名的捐赠人（非合伙人），加密保存'),
      lines: z
        .array(z.object({ itemCode: word, quantity, number: batchWord, expiresOn: day.nullable().default(null) }))
        .min(1)
        .max(40),
    }),
    response: recorded.extend({ id: uuid, number: z.string() }),
  },
  receipts: {
    ...read,
    params: atStation,
    query: z.object({ month: month.optional() }),
    path: '/api/stations/:id/supplies/receipts',
    summary: '一个驿站一个月的收货单',
    response: z.object({ items: z.array(receiptView) }),
  },
  receipt: {
    ...read,
    params: id,
    path: '/api/supplies/receipts/:id',
    summary: '一张收货单（捐赠回执）',
    response: receiptView,
  },
  receiptFile: {
    ...read,
    params: id,
    path: '/api/supplies/receipts/:id/pdf',
    summary: '收货单或捐赠回执，PDF',
    response: z.unknown(),
    raw: 'download',
  },
  count: {
    ...work,
    path: '/api/stations/:id/supplies/counts',
    summary: '盘点：按批次写实有数，差异须选事由；账上没有批次的新找到的写作新批次',
    body: z.object({
      opId,
      at,
      lines: z
        .array(
          z.object({
            itemCode: word,
            batchId: uuid.nullable().default(null).describe('空：账上没有的，按下面的批号和有效期新记'),
            counted: z.number().int().min(0).max(100_000),
            expected: z
              .number()
              .int()
              .min(0)
              .nullable()
              .default(null)
              .describe('盘点时屏幕上的数；其间有进出的差异不算作盘亏盘盈'),
            number: batchWord,
            expiresOn: day.nullable().default(null),
          }),
        )
        .min(1)
        .max(100),
      reason: word.default('miscounted'),
    }),
    response: recorded.extend({ changed: z.number().int(), difference: z.number().int() }),
  },
  writeOff: {
    ...manage,
    path: '/api/stations/:id/supplies/write-offs',
    summary: '核销一个批次中的若干：过期、破损、召回',
    body: z.object({ opId, batchId: uuid, quantity, reason: word }),
  },
  transfer: {
    ...manage,
    path: '/api/stations/:id/supplies/transfers',
    summary: '调拨到另一驿站：先到期先出，批号与有效期随货走；不够则不调',
    body: z.object({ opId, toStationId: uuid, itemCode: word, quantity }),
    response: recorded.extend({ transferId: uuid }),
  },
  setLevel: {
    ...manage,
    path: '/api/stations/:id/supplies/levels',
    summary: '设定一种物资的下限与存放位置',
    body: z.object({
      opId,
      itemCode: word,
      minimum: z.number().int().min(0).max(100_000),
      place: words(40).default(''),
      version: z.number().int().min(0).describe('看到的版本；尚未设定过为 0'),
    }),
  },
  movements: {
    ...read,
    params: atStation,
    query: z.object({ month: month.optional(), item: word.optional() }),
    path: '/api/stations/:id/supplies/movements',
    summary: '一个驿站一个月的进出明细，最近的在前',
    response: z.object({ month, items: z.array(movementView), more: z.boolean() }),
  },
  export: {
    ...read,
    params: atStation,
    query: z.object({ month: month.optional() }),
    path: '/api/stations/:id/supplies/export',
    summary: '库存与当月进出，Excel',
    response: z.unknown(),
    raw: 'download',
  },
  lots: {
    ...read,
    query: z.object({ item: word, number: z.string().min(1).max(40) }),
    path: '/api/supplies/lots',
    summary: '某批号在所辖哪些驿站还有',
    response: z.object({ items: z.array(lotHolder) }),
  },
  recall: {
    ...manage,
    params: none,
    path: '/api/supplies/recalls',
    summary: '召回一个批号：所辖各驿站立即停发（可解除）',
    body: z.object({
      opId,
      itemCode: word,
      number: words(40, 1),
      reason: words(120, 2),
      on: z.boolean().default(true).describe('false：解除召回'),
    }),
    response: recorded.extend({ ledgerId: uuid.nullable(), stations: z.number().int(), quantity: z.number().int() }),
  },
  loans: {
    ...read,
    params: atStation,
    query: z.object({ state: z.enum(['out', 'ended']).default('out') }),
    path: '/api/stations/:id/loans',
    summary: '本站借出的：未还或近三十天已了结',
    response: z.object({
      items: z.array(loanView),
      kinds: z.array(
        z.object({
          itemCode: word,
          here: z.number().int().describe('本站现有'),
          out: z.number().int(),
          overdue: z.number().int(),
        }),
      ),
    }),
  },
  lend: {
    ...work,
    path: '/api/stations/:id/loans',
    summary: '借出一件，不收押金；愿意留电话的，只为提醒归还，归还后即抹去',
    body: z.object({
      opId,
      at,
      itemCode: word,
      number: thingNumber.nullable().default(null),
      phone: phone.nullable().default(null),
      consent: z.boolean().default(false).describe('借用人同意留电话作归还提醒'),
    }),
    response: recorded.extend({ id: uuid, dueAt: isoTime, left: z.number().int().describe('本站还剩几件') }),
  },
  giveBack: {
    ...work,
    path: '/api/stations/:id/returns',
    summary: '归还一件：任何驿站都可以；按标签号、电话或种类（同种先借的先了结）',
    body: z.object({
      opId,
      at,
      itemCode: word,
      loanId: uuid.nullable().default(null),
      number: thingNumber.nullable().default(null),
      phone: phone.nullable().default(null),
      damaged: z.boolean().default(false),
    }),
    response: recorded.extend({
      loanId: uuid.nullable().describe('了结了哪一笔；没有对得上的为空，照收不误'),
      here: z.number().int().describe('本站现有几件'),
    }),
  },
  endLoan: {
    ...manage,
    params: id,
    path: '/api/loans/:id/end',
    summary: '借出逾期已久或已知损坏：核销，不追责，不收费',
    body: z.object({ opId, state: z.enum(['lost', 'damaged']), version: z.number().int() }),
  },
  loanPhone: {
    ...work,
    params: id,
    path: '/api/loans/:id/phone',
    summary: '查看借用人留的电话，提醒归还（留痕）',
    body: z.object({ opId }),
    response: recorded.extend({ phone: z.string() }),
  },
  things: {
    ...read,
    params: atStation,
    path: '/api/stations/:id/things',
    summary: '本站有标签号的外借物品',
    response: z.object({ items: z.array(thingView) }),
  },
  thing: {
    ...read,
    permission: 'public',
    params: z.object({ number: thingNumber }),
    path: '/api/public/things/:number',
    summary: '扫到标签：这是什么，还到哪里都行',
    response: z.object({ number: z.string(), itemCode: word, itemName: z.string(), itemNameEn: z.string() }),
    perMinute: 60,
  },
  addThings: {
    ...manage,
    path: '/api/stations/:id/things',
    summary: '给外借物品编号（打印二维码标签）；库存不变',
    body: z.object({ opId, itemCode: word, numbers: z.array(thingNumber).min(1).max(100) }),
    response: recorded.extend({ added: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
