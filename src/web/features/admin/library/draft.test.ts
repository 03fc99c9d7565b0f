import { describe, expect, it } from 'vitest';
import { byCategory, categoryTree, changedFields, rebase, withRule, type Category, type Rule } from './draft.ts';
import { readLibraryCsv, writeLibraryCsv } from './library-csv.ts';
import { partsOfLimit, readLimit, writeLimit } from './limit-text.ts';

const rule = (categoryCode: string, change: Partial<Rule> = {}): Rule => ({
  categoryCode,
  tier: 'street',
  leadRole: 'urban_management',
  assistRoles: ['committee'],
  priority: 3,
  limits: { handle: { kind: 'working_day', amount: 5 } },
  evidence: 'before_after',
  planCode: null,
  areas: [],
  ...change,
});

describe('the draft of the level library', () => {
  it('keeps only what differs from the published rule', () => {
    const published = rule('E0110');
    const once = withRule(new Map(), published, rule('E0110', { tier: 'district' }));
    expect([...once.keys()]).toEqual(['E0110']);
    expect(withRule(once, published, rule('E0110')).size).toBe(0);
  });

  it('says which parts differ, whatever the order in which limits were written', () => {
    const a = rule('E1', {
      limits: { check: { kind: 'working_day', amount: 2 }, handle: { kind: 'working_day', amount: 5 } },
    });
    const b = rule('E1', {
      limits: { handle: { kind: 'working_day', amount: 5 }, check: { kind: 'working_day', amount: 2 } },
    });
    expect(changedFields(a, b)).toEqual([]);
    expect(changedFields(a, { ...b, tier: 'city', priority: 1 })).toEqual(['tier', 'priority']);
    expect(changedFields(undefined, b)).toContain('leadRole');
  });

  it('drops what somebody else published just so, and names what they changed otherwise', () => {
    const before = [rule('E1'), rule('E2'), rule('E3')];
    const draft = byCategory([rule('E1', { priority: 1 }), rule('E2', { priority: 1 }), rule('E3', { priority: 1 })]);
    const now = [rule('E1', { priority: 1 }), rule('E2', { priority: 2 }), rule('E3')];
    const result = rebase(draft, before, now);
    expect([...result.draft.keys()]).toEqual(['E2', 'E3']);
    expect(result.clashes).toEqual(['E2']);
  });
});

describe('the tree of categories', () => {
  const category = (code: string, parentCode: string | null, sort: number): Category => ({
    code,
    parentCode,
    sort,
    name: code,
    nameEn: '',
    publicReport: true,
    icon: null,
    retired: false,
  });
  const all = [
    category('E0102', 'E01', 2),
    category('E01', 'E', 1),
    category('E', null, 1),
    category('E0101', 'E01', 1),
    category('P', null, 2),
  ];

  it('is in the order of the library, classes before what is below them', () => {
    expect(categoryTree(all, () => true).map(({ category: { code }, depth }) => `${depth}${code}`)).toEqual([
      '0E',
      '1E01',
      '2E0101',
      '2E0102',
      '0P',
    ]);
  });

  it('keeps the classes above what is found', () => {
    expect(categoryTree(all, ({ code }) => code === 'E0102').map(({ category: { code } }) => code)).toEqual([
      'E',
      'E01',
      'E0102',
    ]);
  });
});

describe('limits in words', () => {
  it.each(['30m', '4h', '30wm', '4wh', '5wd', '90m'])('reads and writes %s', (text) => {
    const limit = readLimit(text);
    expect(limit && writeLimit(limit)).toBe(text);
  });

  it('refuses what is no limit', () => {
    for (const text of ['', '5', 'wd', '5 days', '-1m', '1.5h']) expect(readLimit(text)).toBeUndefined();
  });

  it('uses the largest whole unit', () => {
    expect(partsOfLimit({ kind: 'working_time', amount: 120 })).toEqual({ count: 2, unit: 'wh' });
    expect(partsOfLimit({ kind: 'continuous', amount: 0 })).toEqual({ count: 0, unit: 'm' });
  });
});

describe('the library as a file', () => {
  const known = new Set(['E1', 'E2']);

  it('reads what it wrote', () => {
    const rules = [rule('E1'), rule('E2', { assistRoles: ['a1', 'b2'], planCode: 'tree', limits: {} })];
    expect(readLibraryCsv(writeLibraryCsv(rules), known)).toEqual({ rules, faults: [] });
  });

  it('tells every wrong line and column', () => {
    const text =
      writeLibraryCsv([rule('E1')]).replace('street', 'planet') + writeLibraryCsv([rule('E9')]).split('\r\n')[1];
    const { faults } = readLibraryCsv(`\uFEFF# remark\r\n${text}`, known);
    expect(faults).toEqual([
      { line: 3, column: 'tier', found: 'planet' },
      { line: 4, column: 'code', found: 'E9' },
    ]);
  });

  it('refuses one category twice, and a head with a column missing', () => {
    const twice = writeLibraryCsv([rule('E1'), rule('E1')]);
    expect(readLibraryCsv(twice, known).faults).toEqual([{ line: 3, column: 'code', found: 'E1' }]);
    expect(readLibraryCsv('code,tier\n', known).faults[0]?.column).toBe('lead');
  });
});
