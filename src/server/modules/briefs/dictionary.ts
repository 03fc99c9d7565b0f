import type { BriefKind } from '#contract/briefs.ts';
import { readDictionary } from '#server/files/dictionary.ts';

const ruleCodes = [
  'classes_shown',
  'units_shown',
  'issues_shown',
  'issue_cases_shown',
  'anomalies_shown',
  'small_count',
  'special_days_most',
] as const;
export type BriefRules = Readonly<Record<(typeof ruleCodes)[number], number>>;

let rules: BriefRules | undefined;

/** Numbers of db/data/brief-rules.csv. @throws Error naming a rule that is missing or no whole number from 1 on */
export function briefRules(): BriefRules {
  rules ??= readRules();
  return rules;
}

function readRules(): BriefRules {
  const words = readDictionary('brief-rules.csv', (row) => ({ value: Number(row['value']) }));
  const entries = ruleCodes.map((code) => {
    const value = words.get(code)?.value;
    if (value === undefined || !Number.isInteger(value) || value < 1)
      throw new Error(`brief-rules.csv: ${code}: expected a whole number from 1 on, found ${String(value)}.`);
    return [code, value] as const;
  });
  return Object.fromEntries(entries) as BriefRules;
}

let indicators: ReadonlyMap<string, { code: string; kinds: string[] }> | undefined;

/** Codes of the indicators a kind of brief tells, in the order of db/data/brief-indicators.csv. */
export function indicatorsOf(kind: BriefKind): string[] {
  indicators ??= readDictionary('brief-indicators.csv', (row) => ({ kinds: (row['kinds'] ?? '').split('|') }));
  return [...indicators.values()].flatMap(({ code, kinds }) => (kinds.includes(kind) ? [code] : []));
}

let withheld: readonly string[] | undefined;

/** Classes whose small counts are hidden: those of db/data/open-data-classes.csv that are never published. */
export function withheldCodes(): readonly string[] {
  withheld ??= [...readDictionary('open-data-classes.csv', (row) => ({ tell: row['tell'] })).values()].flatMap(
    ({ code, tell }) => (tell === 'never' ? [code] : []),
  );
  return withheld;
}
