import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { sensingRoutes } from '#contract/sensing.ts';
import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { program } from './record.ts';
import type { Threshold } from './rulebook.ts';
import { thresholdProblem } from './rules-threshold.ts';
import { countThresholds, saveThreshold } from './store-threshold.ts';

const file = join(import.meta.dirname, '../../../../db/data/thresholds.csv');
const shape = sensingRoutes.createThreshold.body.omit({ opId: true });

/** Puts the rules of db/data/thresholds.csv into a database without rules for kinds. Returns how many. */
export async function seedThresholds(database: Database, clock: Clock): Promise<number> {
  const rules = readThresholds(await readFile(file, 'utf8'), clock.now());
  return database.inTx(systemScope, async (tx) => {
    if ((await countThresholds(tx)) > 0) return 0;
    for (const rule of rules) await saveThreshold(tx, rule);
    await append(tx, {
      actor: program,
      action: 'threshold.seed',
      subject: { type: 'threshold', id: 'all' },
      district: '000000',
      atMs: clock.now(),
      data: { rules: rules.length },
    });
    return rules.length;
  });
}

/** Rules from the text of thresholds.csv. @throws AppError import_refused naming the line */
export function readThresholds(text: string, atMs: number): Threshold[] {
  const rows: { record: Record<string, string>; info: { lines: number } }[] = parse(text, {
    columns: true,
    comment: '#',
    comment_no_infix: true,
    skip_empty_lines: true,
    trim: true,
    bom: true,
    info: true,
  });
  return rows.map(({ record, info }) => {
    const text = (name: string) => (record[name] === '' ? undefined : record[name]);
    const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
    const read = shape.safeParse({
      deviceKind: text('device_kind'),
      basis: text('basis'),
      metric: text('metric'),
      kind: text('kind'),
      direction: text('direction'),
      raiseAt: number('raise'),
      clearAt: number('clear'),
      holdOffS: number('hold_off'),
      priority: number('priority'),
      categoryCode: text('category'),
      planCode: text('plan'),
      raises: text('raises'),
      note: text('note'),
    });
    const issue = read.success ? undefined : read.error.issues[0];
    if (!read.success)
      throw new AppError(
        'import_refused',
        `thresholds.csv, line ${info.lines}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`,
      );
    const rule: Threshold = { ...read.data, id: uuidV7(atMs), version: 1, updatedAt: new Date(atMs), retiredAt: null };
    const problem = thresholdProblem(rule, () => true);
    if (problem !== undefined)
      throw new AppError('import_refused', `thresholds.csv, line ${info.lines}: ${problem.field}: ${problem.words}`);
    return rule;
  });
}
