/** The module's own data files: kinds of warnings, and the first table of effects. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { colours, effectKinds } from '#contract/warnings-words.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Clock } from '#kit/clock.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { WarningKind } from './rules-colour.ts';
import { listEffects, saveEffect, type Effect } from './store-effect.ts';

const folder = join(import.meta.dirname, '../../../../db/data');

function readRecords(text: string): Record<string, string>[] {
  return parse(text, { columns: true, comment: '#', skip_empty_lines: true, trim: true, bom: true });
}

const parts = (text: string | undefined): string[] => (text ?? '').split(';').filter((part) => part !== '');

/** Kinds from the text of warning-kinds.csv, in its order. */
export function parseKinds(text: string): WarningKind[] {
  return readRecords(text).map((row) => ({
    code: row['code'] ?? '',
    name: row['name'] ?? '',
    nameEn: row['name_en'] ?? '',
    aliases: parts(row['codes']),
    words: parts(row['words']),
  }));
}

/** The dictionary of db/data. */
export async function readKinds(): Promise<WarningKind[]> {
  return parseKinds(await readFile(join(folder, 'warning-kinds.csv'), 'utf8'));
}

/** Effects from the text of warning-effects.csv. @throws AppError import_refused naming the row */
export function parseEffects(text: string, kinds: readonly WarningKind[]): Omit<Effect, 'id' | 'version'>[] {
  return readRecords(text).map((row) => {
    const kind = row['kind'] ?? '';
    const leastColour = colours.find((one) => one === row['least_colour']);
    const effect = effectKinds.find((one) => one === row['effect']);
    const known = kind === '*' || kinds.some(({ code }) => code === kind);
    if (leastColour === undefined || effect === undefined || !known || !row['target'])
      throw new AppError(
        'import_refused',
        `Warning effects, row "${Object.values(row).join(',')}": expected a known kind or *, a colour of ${colours.join('/')}, an effect of ${effectKinds.join('/')} and a target.`,
      );
    return { kind, leastColour, effect, target: row['target'], note: row['note'] ?? '', enabled: true };
  });
}

/** Puts the first table of effects into a database that has none; returns whether it did. */
export async function seedEffects(database: Database, clock: Clock, kinds: readonly WarningKind[]): Promise<boolean> {
  const effects = parseEffects(await readFile(join(folder, 'warning-effects.csv'), 'utf8'), kinds);
  return database.inTx(systemScope, async (tx) => {
    if ((await listEffects(tx)).length > 0) return false;
    for (const effect of effects) await saveEffect(tx, { id: uuidV7(clock.now()), ...effect });
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'warning_effect.seed',
      subject: { type: 'warning_effect', id: '*' },
      district: '000000',
      atMs: clock.now(),
      data: { effects: effects.length },
    });
    return true;
  });
}
