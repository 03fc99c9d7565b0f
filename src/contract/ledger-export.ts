import * as z from 'zod';
import { signedHead } from './ledger.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** First line of an export (NDJSON) of the ledger. */
export const ledgerExportHeader = z.strictObject({
  format: z.literal('huangge-ledger-export/v1'),
  tenant: z.string(),
  from: count.min(1),
  to: count.min(1),
  frontier: z.array(hash),
  head: signedHead,
  consistency: z.array(hash),
  heads: z.array(signedHead),
  keys: z.array(z.strictObject({ keyId: z.string(), publicKey: z.string(), since: z.string() })),
  exportedAt: z.string(),
});

/** Every other line of it. */
export const ledgerExportLine = z.strictObject({
  seq: count.min(1),
  leaf: hash,
  line: z.record(z.string(), z.unknown()),
});
