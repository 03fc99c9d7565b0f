import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { incidentRuleLevel } from '#contract/incidents.ts';
import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { listRules, saveRules, type RuleRow } from './store.ts';

const file = join(import.meta.dirname, '../../../../db/data/incident-rules.csv');

const csvRow = z.object({ code: z.string().min(1), name: z.string().min(1), name_en: z.string().min(1) });

/** Puts the rule sets of db/data/incident-rules.csv into a database that has none; answers whether it did. */
export async function seedIncidentRules(database: Database, clock: Clock): Promise<boolean> {
  const rows = readRules(await readFile(file, 'utf8'));
  return database.inTx(systemScope, async (tx) => {
    if ((await listRules(tx)).length > 0) return false;
    await saveRules(tx, rows);
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'incident_rule.seed',
      subject: { type: 'incident_rule', id: 'all' },
      district: '000000',
      atMs: clock.now(),
      data: { rows: rows.length },
    });
    return true;
  });
}

/** @throws AppError import_refused naming the line */
export function readRules(text: string): RuleRow[] {
  const records = parse(text, { columns: true, comment: '#', info: true, skip_empty_lines: true }) as unknown as {
    record: Record<string, string>;
    info: { lines: number };
  }[];
  return records.map(({ record, info }) => {
    const names = csvRow.safeParse(record);
    const level = incidentRuleLevel.safeParse({
      level: Number(record['level']),
      phoneMinutes: Number(record['phone_minutes']),
      writtenMinutes: Number(record['written_minutes']),
      continueHours: record['continue_hours'] === '' ? null : Number(record['continue_hours']),
      continueAt: (record['continue_at'] ?? '').split(';').filter((time) => time !== ''),
      certainty: record['certainty'] ?? '',
      note: record['note'] ?? '',
    });
    if (!names.success || !level.success) {
      const issue = (names.error ?? level.error)?.issues[0];
      throw new AppError(
        'import_refused',
        `incident-rules.csv line ${info.lines}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}.`,
      );
    }
    return { ...level.data, code: names.data.code, name: names.data.name, nameEn: names.data.name_en, version: 1 };
  });
}
