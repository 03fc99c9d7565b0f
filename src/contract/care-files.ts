import * as z from 'zod';
import { careExportStates, careFileFields, careRowProblems, correctionFields, sightingKinds } from './care-words.ts';
import { importBytes, importFile } from './grids-views.ts';
import { areaCode, isoTime, none, opId, uuid, words, type Route } from './route.ts';

const id = z.object({ id: uuid });
const version = z.number().int().min(1);
const tag = z.string().regex(/^[a-z0-9_]{1,40}$/);

// ── files out: one asks, another decides ────────────────────────────────────────────────────────────────────────────

export const careExport = z.object({
  id: uuid,
  number: z.string().describe('导出编号，印在文件里'),
  areaCode,
  areaName: z.string(),
  tags: z.array(tag).describe('空为全部'),
  fields: z.array(z.enum(careFileFields)),
  people: z.number().int().nullable().describe('人数；不足 5 人时只告诉审批人，其余为 null'),
  purpose: z.string(),
  state: z.enum(careExportStates),
  askedAt: isoTime,
  expiresAt: isoTime,
  askedBy: z.string().describe('申请人，姓名与单位'),
  decidedBy: z.string().nullable(),
  decidedAt: isoTime.nullable(),
  reason: z.string().nullable(),
  takes: z.number().int(),
  takenAt: isoTime.nullable(),
  mine: z.boolean(),
  /** May this viewer approve or refuse it now? */
  mayDecide: z.boolean(),
  mayTake: z.boolean(),
  version,
});
const exportAnswer = z.object({ export: careExport, at: isoTime, ledgerId: uuid });

function exportAct<B extends z.ZodType>(path: `/api/${string}`, summary: string, body: B) {
  return {
    method: 'POST',
    path,
    permission: 'care.export',
    summary,
    params: id,
    query: none,
    body,
    response: exportAnswer,
  } as const;
}

export const careExportRoutes = {
  list: {
    method: 'GET',
    path: '/api/care-exports',
    permission: 'care.export',
    summary: '重点关爱人员名册的导出申请：本人的，和等待本人审批的',
    params: none,
    query: none,
    body: none,
    response: z.object({ items: z.array(careExport) }),
  },
  ask: {
    method: 'POST',
    path: '/api/care-exports',
    permission: 'care.export',
    summary: '申请导出名册；须由本区划另一位有导出权的人批准，24 小时有效',
    params: none,
    query: none,
    body: z.object({
      opId,
      area: areaCode,
      tags: z.array(tag).max(50).default([]),
      fields: z.array(z.enum(careFileFields)).min(1),
      purpose: words(300, 10),
    }),
    response: exportAnswer,
  },
  approve: exportAct('/api/care-exports/:id/approve', '批准导出（不能是申请人本人）', z.object({ opId, version })),
  refuse: exportAct(
    '/api/care-exports/:id/refuse',
    '不予批准，写明理由',
    z.object({ opId, version, reason: words(300, 2) }),
  ),
  take: {
    method: 'POST',
    path: '/api/care-exports/:id/take',
    permission: 'care.export',
    summary: '取走获准的名册；文件当场生成，不存盘，每次取走都记入流水',
    params: id,
    query: none,
    body: z.object({ opId }),
    response: z.object({
      name: z.string(),
      type: z.string(),
      base64: z.string(),
      sha256: z.string(),
      people: z.number().int(),
    }),
  },
} as const satisfies Record<string, Route>;

// ── who saw whom ────────────────────────────────────────────────────────────────────────────────────────────────────

const sighting = z.object({
  at: isoTime,
  kind: z.enum(sightingKinds),
  who: z.string().nullable().describe('姓名；程序所为时为 null'),
  accountId: uuid.nullable(),
  unit: z.string().nullable(),
  role: z.string().nullable().describe('岗位角色的代码'),
  purpose: z.string().nullable(),
  number: z.string().nullable().describe('导出编号'),
  changed: z.array(z.string()).describe('改动了哪几项，不含内容'),
});

export const careReviewRoutes = {
  person: {
    method: 'POST',
    path: '/api/care/:id/seen-by',
    permission: 'care.review',
    summary: '谁看过这位重点关爱人员；查阅本身也记入流水',
    params: id,
    query: none,
    body: z.object({ opId }),
    response: z.object({
      ref: z.string().describe('编号的前八位：核查的人不需要姓名'),
      areaName: z.string(),
      tags: z.array(tag),
      erasedAt: isoTime.nullable(),
      items: z.array(sighting),
    }),
  },
  workers: {
    method: 'POST',
    path: '/api/care-review/workers',
    permission: 'care.review',
    summary: '本区划内各人在这段时间里看过多少重点关爱人员',
    params: none,
    query: none,
    body: z.object({ opId, from: isoTime, to: isoTime }),
    response: z.object({
      items: z.array(
        z.object({
          accountId: uuid,
          name: z.string(),
          unit: z.string().nullable(),
          reveals: z.number().int(),
          people: z.number().int(),
          exports: z.number().int(),
          edits: z.number().int(),
          packs: z.number().int().describe('走访清单的天数'),
        }),
      ),
    }),
  },
  worker: {
    method: 'POST',
    path: '/api/care-review/workers/:id',
    permission: 'care.review',
    summary: '一个人在这段时间里看过谁，逐次列出',
    params: id,
    query: none,
    body: z.object({ opId, from: isoTime, to: isoTime }),
    response: z.object({
      items: z.array(
        sighting
          .pick({ at: true, kind: true, purpose: true, number: true, changed: true })
          .extend({ personId: uuid.nullable(), ref: z.string().nullable(), areaName: z.string() }),
      ),
    }),
  },
} as const satisfies Record<string, Route>;

// ── correction and erasure ──────────────────────────────────────────────────────────────────────────────────────────

export const correction = z.object({
  id: uuid,
  personId: uuid,
  areaName: z.string(),
  fields: z.array(z.enum(correctionFields)),
  state: z.enum(['open', 'done', 'refused']),
  askedAt: isoTime,
  settledAt: isoTime.nullable(),
  maySettle: z.boolean(),
  version,
});
const correctionAnswer = z.object({ correction, at: isoTime, ledgerId: uuid });

const part = z.object({
  holder: z.string().describe('哪一部分持有：people、ledger、visits……'),
  kind: z.string().describe('什么'),
  rows: z.number().int(),
});
const ground = z.object({ code: z.string(), name: z.string(), nameEn: z.string(), certain: z.boolean() });

export const careRightsRoutes = {
  corrections: {
    method: 'GET',
    path: '/api/care-corrections',
    permission: 'care.edit',
    summary: '本人或家属提出的更正，未办的在前；说了什么要另行打开',
    params: none,
    query: z.object({ person: uuid.optional() }),
    body: none,
    response: z.object({ items: z.array(correction) }),
  },
  ask: {
    method: 'POST',
    path: '/api/care/:id/corrections',
    permission: 'care.edit',
    summary: '记下本人说哪里不对；加密保存，办结后清空',
    params: id,
    query: none,
    body: z.object({
      opId,
      fields: z.array(z.enum(correctionFields)).min(1),
      said: words(500, 2),
    }),
    response: correctionAnswer,
  },
  open: {
    method: 'POST',
    path: '/api/care-corrections/:id/open',
    permission: 'care.edit',
    summary: '打开更正的内容；记入流水',
    params: id,
    query: none,
    body: z.object({ opId }),
    response: z.object({ said: z.string().nullable() }),
  },
  settle: {
    method: 'POST',
    path: '/api/care-corrections/:id/settle',
    permission: 'care.erase',
    summary: '办结更正：已改，或不改并写明理由',
    params: id,
    query: none,
    body: z.object({ opId, version, done: z.boolean(), reason: words(300, 2) }),
    response: correctionAnswer,
  },
  erasure: {
    method: 'GET',
    path: '/api/care/:id/erasure',
    permission: 'care.erase',
    summary: '试算：抹除会去掉什么、留下什么；不作改动',
    params: id,
    query: none,
    body: none,
    response: z.object({
      version,
      ref: z.string(),
      erasedAt: isoTime.nullable(),
      gone: z.array(part),
      stays: z.array(part),
      grounds: z.array(ground),
    }),
  },
  erase: {
    method: 'POST',
    path: '/api/care/:id/erase',
    permission: 'care.erase',
    summary: '抹除一位人员的个人信息，不可恢复；流水只留编号',
    params: id,
    query: none,
    body: z.object({ opId, version, ground: z.string().max(40), reason: words(300, 2) }),
    response: z.object({ gone: z.array(part), at: isoTime, ledgerId: uuid }),
  },
  retention: {
    method: 'GET',
    path: '/api/care-retention',
    permission: 'care.erase',
    summary: '保存期限，以及已到期应当抹除的人员',
    params: none,
    query: none,
    body: none,
    response: z.object({
      rules: z.array(ground.extend({ days: z.number().int(), basis: z.string() })),
      due: z.array(z.object({ id: uuid, ref: z.string(), areaName: z.string(), retiredAt: isoTime })),
      dueTotal: z.number().int(),
    }),
  },
} as const satisfies Record<string, Route>;

// ── files in ────────────────────────────────────────────────────────────────────────────────────────────────────────

const wrongCareRow = z.object({
  line: z.number().int().describe('文件中的行号'),
  problem: z.enum(careRowProblems),
  length: z.number().int().describe('该格的字数；内容不回显'),
});

export const careImportRoutes = {
  fields: {
    method: 'GET',
    path: '/api/care-import',
    permission: 'care.edit',
    summary: '导入文件的各列，和一份空白样表',
    params: none,
    query: none,
    body: none,
    response: z.object({
      fields: z.array(z.object({ field: z.string(), headers: z.array(z.string()), required: z.boolean() })),
      template: z.string().describe('CSV，UTF-8 带 BOM'),
    }),
  },
  import: {
    method: 'POST',
    path: '/api/care-import',
    permission: 'care.edit',
    summary: '从 CSV 登记重点关爱人员；先试算，错误逐行列出，不回显内容',
    params: none,
    query: none,
    body: importFile.safeExtend({
      map: z.record(z.string().max(40), z.string().max(100)).default({}).describe('字段 → 表头'),
      crs: z.enum(['wgs84', 'cgcs2000', 'gcj02', 'bd09']).default('wgs84'),
      skipWrong: z.boolean().default(false).describe('跳过错误的行'),
    }),
    response: z.object({
      read: z.number().int(),
      created: z.number().int(),
      known: z.number().int().describe('已经登记，原样不动'),
      wrong: z.array(wrongCareRow),
      wrongCount: z.number().int(),
      dryRun: z.boolean(),
      at: isoTime,
    }),
    bodyBytes: importBytes,
  },
} as const satisfies Record<string, Route>;
