import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCalendarCsv } from '#engine/worktime/calendar-csv.ts';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { readCategories, readRules } from './library-csv.ts';
import { insertVersion, readStamp, saveCalendarRule, saveCategory, saveDays } from './store-library.ts';

const folder = join(import.meta.dirname, '../../../../db/data');
export const schemeVersion = 'huangge-1';

/**
 * Puts the categories, the first level library and the working calendar of db/data into an empty database; leaves a
 * database that has a library alone. Returns whether it did anything.
 */
export async function seedDictionaries(database: Database, clock: Clock): Promise<boolean> {
  const [categoriesText, rulesText, calendarText] = await Promise.all(
    ['categories.csv', 'level-library.csv', 'calendar-cn.csv'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  const categories = readCategories(categoriesText ?? '');
  const rules = readRules(rulesText ?? '');
  const calendar = parseCalendarCsv(calendarText ?? '');
  if (calendar.errors.length > 0 || calendar.coverage === undefined) {
    throw new AppError(
      'import_refused',
      `calendar-cn.csv: ${calendar.errors[0]?.message ?? 'expected a remark "# coverage: from..until"'} (line ${calendar.errors[0]?.line ?? 1}).`,
    );
  }
  const { coverage } = calendar;
  return database.inTx(systemScope, async (tx) => {
    if ((await readStamp(tx)) !== undefined) return false;
    for (const category of categories) await saveCategory(tx, { ...category, schemeVersion });
    await insertVersion(tx, { version: 1, note: 'db/data/level-library.csv', by: null }, rules);
    await saveDays(
      tx,
      calendar.rows.map((row) => ({
        ...row,
        segments: row.segments.length === 0 ? null : row.segments.map(([from, to]) => [from, to]),
        source: 'calendar-cn.csv',
      })),
      [],
    );
    await saveCalendarRule(tx, {
      offsetMinutes: SHANGHAI_OFFSET_MINUTES,
      weekly: OFFICE_WEEK,
      coverageFrom: coverage.from,
      coverageUntil: coverage.until,
    });
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: 'library.seed',
      subject: { type: 'library', id: '1' },
      district: '000000',
      atMs: clock.now(),
      data: { categories: categories.length, rules: rules.length, days: calendar.rows.length },
    });
    return true;
  });
}
