import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** Everything of db/data that this module reads, once at start. */
export interface ForceWords {
  reasons: ReadonlyMap<string, DictionaryWord>;
  offers: ReadonlyMap<string, DictionaryWord>;
  /** Shifts of a unit that has none of its own; minutes after midnight, minutes long, people at least. */
  patterns: ReadonlyMap<string, DictionaryWord & { startMinute: number; minutes: number; needed: number }>;
  /** What an act costs whoever does it: ledger action → minutes (an estimate), and whether something is filled in. */
  acts: ReadonlyMap<string, DictionaryWord & { form: boolean; minutes: number }>;
  rules: ReadonlyMap<string, DictionaryWord & { value: number }>;
  known: ReadonlyMap<string, DictionaryWord & { words: readonly string[]; where: string; whereEn: string }>;
}

const number = (text: string | undefined): number => Number(text ?? '0');

export function readForceWords(): ForceWords {
  return {
    reasons: readDictionary('leave-reasons.csv', () => ({})),
    offers: readDictionary('force-offers.csv', () => ({})),
    patterns: readDictionary('shift-patterns.csv', (row) => ({
      startMinute: number(row['starts']),
      minutes: number(row['minutes']),
      needed: number(row['needed']),
    })),
    acts: readDictionary('burden-minutes.csv', (row) => ({
      form: row['form'] === '1',
      minutes: number(row['minutes']),
    })),
    rules: readDictionary('burden-rules.csv', (row) => ({ value: number(row['value']) })),
    known: readDictionary('known-fields.csv', (row) => ({
      words: (row['words'] ?? '').split('|').filter((one) => one !== ''),
      where: row['where'] ?? '',
      whereEn: row['where_en'] ?? '',
    })),
  };
}

/** A rule as a number. @throws Error when the dictionary has lost it */
export function ruleOf({ rules }: ForceWords, code: string): number {
  const rule = rules.get(code);
  if (rule === undefined) throw new Error(`db/data/burden-rules.csv has no rule "${code}".`);
  return rule.value;
}
