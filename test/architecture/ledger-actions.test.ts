import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { adminRecords } from '#web/i18n/admin-records.ts';
import { actionsWithoutWord, ledgerActionsIn } from './ledger-actions.ts';

const languages = { zh: adminRecords.zh.audit.actions, en: adminRecords.en.audit.actions };
const sources = globSync('src/server/modules/**/*.ts').filter((path) => !/\.(test|fixture)\.ts$/.test(path));
const actions = [...new Set(sources.flatMap((path) => ledgerActionsIn(readFileSync(path, 'utf8'))))].toSorted();

describe('what the ledger says', () => {
  test('has a word in every language for whoever reads it', () => {
    expect(actionsWithoutWord(actions, languages)).toEqual([]);
  });

  test('is found however it is written, and a missing word is named', () => {
    const planted = `await append(tx, { action: next.tell ? 'visit.sing' : 'visit.hum' });
      const action = approved ? 'care.dance' : 'care.rest';
      return { row, ledgerId: await record(work, 'household.paint', row) };
      grantsFor(actor, 'visit.do', place);`;
    const found = ledgerActionsIn(planted);
    expect(found.toSorted()).toEqual(['care.dance', 'care.rest', 'household.paint', 'visit.hum', 'visit.sing']);
    expect(actionsWithoutWord(['care.edit', 'visit.sing'], languages)).toEqual(['visit.sing (zh)', 'visit.sing (en)']);
    expect(actions.length).toBeGreaterThan(60);
  });
});
