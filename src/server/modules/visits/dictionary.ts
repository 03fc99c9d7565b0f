import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { visitFormFields, visitRuleKinds, visitRuleUnits, visitTiers } from '#contract/visits-words.ts';
import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Rule } from './rules.ts';
import { insertRules, listRules } from './store-rule.ts';

/** A word of the form. */
export interface FormWord extends DictionaryWord {
  field: (typeof visitFormFields)[number];
  /** The care tag this answer amounts to. */
  countsAs: string | null;
  major: boolean;
}

/** What raises visits (outage), or what a visit becomes (door). */
export interface Trigger extends DictionaryWord {
  kind: 'outage' | 'door';
  categories: string[];
  /** Outage: events at least this urgent; door: the priority of the event. */
  priority: number;
  reach: 'grid' | 'community';
  tags: string[];
}

const listIn = (text: string | undefined): string[] => (text ?? '').split(';').filter((part) => part !== '');

let words: ReadonlyMap<string, FormWord> | undefined;
let triggers: ReadonlyMap<string, Trigger> | undefined;

/** The words of db/data/visit-form.csv by code; read once. */
export function formWords(): ReadonlyMap<string, FormWord> {
  words ??= readDictionary('visit-form.csv', (row) => ({
    field: z.enum(visitFormFields).parse(row['field']),
    countsAs: row['counts_as'] === '' ? null : (row['counts_as'] ?? null),
    major: row['major'] === 'true',
  }));
  return words;
}

/** The rows of db/data/visit-triggers.csv by code; read once. */
export function visitTriggers(): ReadonlyMap<string, Trigger> {
  triggers ??= readDictionary('visit-triggers.csv', (row) => ({
    kind: row['kind'] === 'door' ? ('door' as const) : ('outage' as const),
    categories: listIn(row['categories']),
    priority: Number(row['priority']),
    reach: row['reach'] === 'community' ? ('community' as const) : ('grid' as const),
    tags: listIn(row['tags']),
  }));
  return triggers;
}

const ruleRow = z.object({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,40}$/),
  kind: z.enum(visitRuleKinds),
  name: z.string().min(1),
  name_en: z.string().min(1),
  tier: z.enum(visitTiers).or(z.literal('')),
  amount: z.coerce.number().int().min(0).max(400),
  unit: z.enum(visitRuleUnits),
  certainty: z.enum(['V', 'L', 'K', 'N']),
  source: z.string(),
});

/** Rules from the text of visit-rules.csv, in its order. @throws AppError import_refused naming the line */
export function readRules(text: string): Rule[] {
  const records = parse(text, {
    columns: true,
    comment: '#',
    info: true,
    skip_empty_lines: true,
    bom: true,
  }) as unknown as {
    record: Record<string, string>;
    info: { lines: number };
  }[];
  return records.map(({ record, info }) => {
    const read = ruleRow.safeParse(record);
    if (!read.success) {
      const issue = read.error.issues[0];
      throw new AppError(
        'import_refused',
        `visit-rules.csv line ${info.lines}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is wrong'}.`,
      );
    }
    const { name_en: nameEn, tier, ...rest } = read.data;
    const tags = listIn(record['tags']);
    return { ...rest, nameEn, tier: tier === '' ? null : tier, tags, also: listIn(record['also']), version: 1 };
  });
}

/** Puts the rules of db/data/visit-rules.csv into a database that has none; answers whether it did. */
export async function seedVisitRules(database: Database, clock: Clock): Promise<boolean> {
  const rules = readRules(readFileSync(join(import.meta.dirname, '../../../../db/data/visit-rules.csv'), 'utf8'));
  return database.inTx(systemScope, async (tx) => {
    if ((await listRules(tx)).length > 0) return false;
    await insertRules(tx, rules, clock.now());
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'visit.rule',
      subject: { type: 'visit_rule', id: '*' },
      district: '000000',
      atMs: clock.now(),
      data: { rules: rules.length, seeded: true },
    });
    return true;
  });
}
