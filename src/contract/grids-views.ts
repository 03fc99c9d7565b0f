import * as z from 'zod';
import { tiers } from '#kit/tiers.ts';
import { areaCode, isoTime, lat, lon, opId, polygon, uuid } from './route.ts';

export const unitKinds = ['centre', 'committee', 'post', 'department', 'agency', 'partner', 'station'] as const;

export const unitView = z.object({
  id: uuid,
  code: z.string(),
  kind: z.enum(unitKinds),
  roleCode: z.string(),
  name: z.string(),
  nameEn: z.string(),
  tier: z.enum(tiers),
  areaCode,
  parentId: uuid.nullable(),
  boardCode: z.string().nullable(),
  phone: z.string().nullable(),
  sort: z.number().int(),
  version: z.number().int(),
  retiredAt: isoTime.nullable(),
});

/** A place where outlines overlap, leave a gap, leave their parent or are broken. */
export const problemView = z.object({
  kind: z.enum(['overlap', 'gap', 'outside', 'invalid']),
  codes: z.array(areaCode),
  at: z.tuple([lon, lat]).nullable(),
  areaM2: z.number(),
  geometry: polygon.nullable(),
  message: z.string(),
});

const wrongRow = z.object({
  line: z.number().int().nullable().describe('CSV 行号；GeoJSON 为要素序号'),
  column: z.string(),
  expected: z.string(),
  found: z.string(),
});

/** What an import did, or would do. */
export const importResult = z.object({
  read: z.number().int(),
  created: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  byTier: z.record(z.string(), z.number().int()),
  wrong: z.array(wrongRow),
  wrongCount: z.number().int(),
  warnings: z.array(problemView),
  notes: z.array(z.string()),
  dryRun: z.boolean(),
});

/** Files of a whole city: 60,000 outlines are about 60 MB of GeoJSON. */
export const importBytes = 128 * 1024 * 1024;

export const importFile = z
  .object({
    opId,
    /** The file as text, or its bytes in Base64 when its encoding should be detected. */
    text: z.string().max(importBytes).optional(),
    base64: z.string().max(importBytes).optional(),
    /** Only tell what would happen. */
    dryRun: z.boolean().default(false),
  })
  .refine((body) => (body.text === undefined) !== (body.base64 === undefined), 'Send either text or base64.');
