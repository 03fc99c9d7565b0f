import * as z from 'zod';
import { isoTime, uuid } from './route.ts';

// ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const supplyKinds = ['consumable', 'medicine', 'device', 'loan'] as const;
export const receiptSources = ['purchase', 'street', 'donation'] as const;
export const lotStates = ['good', 'soon', 'expired', 'recalled'] as const;
export const loanStates = ['out', 'returned', 'lost', 'damaged'] as const;
export const thingStates = ['in', 'out', 'gone'] as const;
export const movementKinds = [
  'receive',
  'service',
  'undo',
  'count',
  'write_off',
  'send',
  'arrive',
  'lend',
  'return',
] as const;
export const attentionKinds = ['low', 'expiring', 'expired', 'recalled', 'overdue'] as const;

export const word = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
export const day = z.iso.date();
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
export const quantity = z.number().int().min(1).max(100_000);
/** The maker's number of a lot; empty where there is none. */
export const batchWord = z
  .string()
  .max(40)
  .regex(/^[\p{L}\p{N} ./_-]*$/u)
  .transform((text) => text.trim())
  .default('');
/** On the label of one thing that is lent. */
export const thingNumber = z
  .string()
  .transform((text) => text.trim().toUpperCase())
  .pipe(z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,19}$/));

// ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const itemView = z.object({
  code: word,
  name: z.string(),
  nameEn: z.string(),
  kind: z.enum(supplyKinds),
  unit: z.string(),
  unitEn: z.string(),
  expiry: z.enum(['required', 'optional', 'none']),
  minimum: z.number().int(),
  loanHours: z.number().int().nullable(),
  certain: z.boolean(),
});
export const reasonView = z.object({
  code: word,
  name: z.string(),
  nameEn: z.string(),
  usedFor: z.enum(['count', 'write_off']),
});

export const batchView = z.object({
  id: uuid,
  number: z.string(),
  expiresOn: day.nullable(),
  quantity: z.number().int(),
  state: z.enum(lotStates),
  recallReason: z.string(),
  receivedAt: isoTime,
  receiptId: uuid.nullable(),
  source: z.enum(receiptSources).nullable().describe('空：盘点找到、归还或从别站调来'),
  partnerName: z.string().nullable(),
});

export const stockItem = z.object({
  itemCode: word,
  usable: z.number().int().describe('可发放的'),
  blocked: z.number().int().describe('过期或召回、待核销的'),
  out: z.number().int().describe('借在外面的'),
  minimum: z.number().int(),
  place: z.string(),
  levelVersion: z.number().int().describe('下限的版本；未设定过为 0'),
  low: z.boolean(),
  restockSince: isoTime.nullable().describe('补货任务自何时起；没有为空'),
  batches: z.array(batchView),
});
export const stockView = z.object({
  stationId: uuid,
  stationName: z.string(),
  mayWork: z.boolean(),
  mayManage: z.boolean(),
  others: z.array(z.object({ id: uuid, name: z.string() })).describe('可以调拨去的驿站'),
  items: z.array(stockItem),
  at: isoTime,
});

export const movementView = z.object({
  id: uuid,
  at: isoTime,
  itemCode: word,
  kind: z.enum(movementKinds),
  delta: z.number().int(),
  number: z.string(),
  expiresOn: day.nullable(),
  reason: z.string(),
  by: z.string().nullable(),
  otherStation: z.string().nullable().describe('调拨的另一端'),
});

export const receiptView = z.object({
  id: uuid,
  number: z.string(),
  stationId: uuid,
  stationName: z.string(),
  source: z.enum(receiptSources),
  partnerName: z.string().nullable(),
  donor: z.string().nullable().describe('愿意留名的捐赠人；列表里只显示首字'),
  at: isoTime,
  by: z.string().nullable(),
  lines: z.array(
    z.object({ itemCode: word, quantity: z.number().int(), number: z.string(), expiresOn: day.nullable() }),
  ),
});

export const lotHolder = z.object({
  stationId: uuid,
  stationName: z.string(),
  quantity: z.number().int(),
  expiresOn: day.nullable(),
  state: z.enum(lotStates),
});

/** One thing somebody should do something about. */
export const attentionView = z.object({
  kind: z.enum(attentionKinds),
  stationId: uuid,
  stationCode: z.string(),
  stationName: z.string(),
  stationNameEn: z.string(),
  itemCode: word,
  quantity: z.number().int(),
  minimum: z.number().int().nullable(),
  since: isoTime.nullable(),
  expiresOn: day.nullable(),
  number: z.string(),
});

export const loanView = z.object({
  id: uuid,
  itemCode: word,
  number: z.string().nullable(),
  lentAt: isoTime,
  dueAt: isoTime,
  overdue: z.boolean(),
  mayEnd: z.boolean().describe('逾期已久，可按遗失核销'),
  state: z.enum(loanStates),
  endedAt: isoTime.nullable(),
  endedWhere: z.string().nullable().describe('还到哪个驿站'),
  phone: z.string().nullable().describe('隐去中间的电话；没有留为空'),
  version: z.number().int(),
});
export const thingView = z.object({
  id: uuid,
  itemCode: word,
  number: z.string(),
  state: z.enum(thingStates),
});
