import * as z from 'zod';
import { isoTime, none, uuid, type Route } from './route.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** 0 is let through on purpose: the refusal then says why such a proof proves nothing. */
const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const action = z
  .string()
  .regex(/^[a-z_]+(\.[a-z_]+)*$/)
  .max(80);

/** What the ledger says of itself at one moment, signed with Ed25519 over the bytes of huangge-tree-head/v1. */
export const signedHead = z.object({
  tenant: z.string(),
  size: z.number().int(),
  root: hash,
  at: isoTime,
  keyId: z.string(),
  signature: z.string(),
});

export const ledgerKey = z.object({
  keyId: z.string(),
  /** SPKI, PEM. */
  publicKey: z.string(),
  since: isoTime,
});

export const inclusionView = z.object({
  seq: z.number().int(),
  entryId: uuid,
  /** Leaf hash (RFC 9162) over the canonical JSON of the line; the leaf index is seq − 1. */
  leaf: hash,
  size: z.number().int(),
  root: hash,
  proof: z.array(hash),
});

export const consistencyView = z.object({
  from: z.object({ size: z.number().int(), root: hash }),
  to: z.object({ size: z.number().int(), root: hash }),
  proof: z.array(hash),
});

export const ledgerEntryView = z.object({
  seq: z.number().int(),
  id: uuid,
  at: isoTime,
  district: z.string(),
  actor: z.object({ kind: z.string(), id: uuid.nullable(), unitId: uuid.nullable() }),
  action: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  data: z.record(z.string(), z.unknown()),
  /** Digest of the words people wrote; null when there were none. */
  privateDigest: hash.nullable(),
  opId: uuid.nullable(),
  leaf: hash,
});

export const auditEntryView = ledgerEntryView.omit({ seq: true, leaf: true }).extend({
  seq: z.number().int().nullable(),
  words: z.record(z.string(), z.unknown()).nullable(),
});

export const ledgerRoutes = {
  head: {
    method: 'GET',
    path: '/api/ledger/head',
    permission: 'public',
    summary: '流水最新的签名树头：保存下来，日后可验证此前记录未被改动',
    params: none,
    query: none,
    body: none,
    response: signedHead,
    perMinute: 120,
  },
  key: {
    method: 'GET',
    path: '/api/ledger/key',
    permission: 'public',
    summary: '流水签名公钥（含历次旧公钥，最新在前）',
    params: none,
    query: none,
    body: none,
    response: z.object({ keys: z.array(ledgerKey) }),
    perMinute: 120,
  },
  inclusion: {
    method: 'GET',
    path: '/api/ledger/inclusion',
    permission: 'public',
    summary: '证明某条流水在树中（按编号或序号，RFC 9162）',
    params: none,
    query: z
      .object({ entryId: uuid.optional(), seq: seq.optional(), size: size.optional() })
      .refine((query) => (query.entryId === undefined) !== (query.seq === undefined), {
        message: 'Expected either entryId or seq, not both and not neither.',
      }),
    body: none,
    response: inclusionView,
    perMinute: 120,
  },
  consistency: {
    method: 'GET',
    path: '/api/ledger/consistency',
    permission: 'public',
    summary: '证明流水只增不改：较大的树包含较小的树（RFC 9162）',
    params: none,
    query: z.object({ from: size, to: size.optional() }),
    body: none,
    response: consistencyView,
    perMinute: 120,
  },
  entries: {
    method: 'GET',
    path: '/api/ledger/entries',
    permission: 'ledger.read',
    summary: '按序查看流水（不含人写的文字）',
    params: none,
    query: z.object({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      action: action.optional(),
      subjectId: z.string().max(100).optional(),
    }),
    body: none,
    response: z.object({ entries: z.array(ledgerEntryView), size: z.number().int() }),
  },
  audit: {
    method: 'GET',
    path: '/api/ledger/audit',
    permission: 'audit.read',
    summary: '审计：谁在何时做了什么（按人、动作、对象、时间查，最新在前，含人写的文字）',
    params: none,
    query: z.object({
      actorId: uuid.optional(),
      action: action.optional(),
      subjectType: z.string().max(40).optional(),
      subjectId: z.string().max(100).optional(),
      from: isoTime.optional(),
      until: isoTime.optional(),
      cursor: z
        .string()
        .regex(/^\d{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
        .optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    body: none,
    response: z.object({ entries: z.array(auditEntryView), next: z.string().nullable() }),
  },
  export: {
    method: 'GET',
    path: '/api/ledger/export',
    permission: 'ledger.read',
    summary: '导出流水（NDJSON），可用 huangge ledger verify 离线验证；人写的文字只有摘要',
    params: none,
    query: z.object({ from: seq.default(1), to: seq.optional() }),
    body: none,
    response: z.unknown(),
    raw: 'download',
  },
} as const satisfies Record<string, Route>;
