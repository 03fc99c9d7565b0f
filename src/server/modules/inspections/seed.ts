import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { listRules, saveRules } from './store-rule.ts';

const file = join(import.meta.dirname, '../../../../db/data/inspection-rules.csv');

const ruleRow = z
  .object({
    kind: z.string().min(1),
    level: z.coerce.number().int().min(1).max(4),
    days: z.coerce.number().int().min(1).max(730),
    follow_up_days: z.coerce.number().int().min(1).max(180),
    certainty: z.string(),
    source: z.string(),
  })
  .transform(({ follow_up_days: followUpDays, ...row }) => ({ ...row, followUpDays, version: 1 }));

/** The cycles of db/data/inspection-rules.csv. @throws z.ZodError naming what is wrong */
export async function readRules() {
  return z
    .array(ruleRow)
    .parse(parse(await readFile(file, 'utf8'), { columns: true, comment: '#', skip_empty_lines: true }));
}

/** Puts the first cycles into a database that has none; answers whether it did. */
export async function seedInspectionRules(database: Database, clock: Clock): Promise<boolean> {
  const rows = await readRules();
  return database.inTx(systemScope, async (tx) => {
    if ((await listRules(tx)).length > 0) return false;
    await saveRules(tx, rows);
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'inspection.rule',
      subject: { type: 'inspection_rule', id: 'all' },
      district: '000000',
      atMs: clock.now(),
      data: { rows: rows.length },
    });
    return true;
  });
}
