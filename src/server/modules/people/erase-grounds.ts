import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** How long something is kept after it has ended, from db/data/care-retention.csv. */
export interface RetentionRule extends DictionaryWord {
  days: number;
  basis: string;
}

let grounds: ReadonlyMap<string, DictionaryWord> | undefined;
let rules: ReadonlyMap<string, RetentionRule> | undefined;

/** Why somebody's data may be erased, from db/data/care-erase-grounds.csv; read once. */
export function eraseGrounds(): ReadonlyMap<string, DictionaryWord> {
  grounds ??= readDictionary('care-erase-grounds.csv', () => ({}));
  return grounds;
}

/** @throws Error for a rule whose days are not a whole number from 1 */
export function retentionRules(): ReadonlyMap<string, RetentionRule> {
  rules ??= readDictionary('care-retention.csv', (row) => {
    const days = Number(row['days']);
    if (!Number.isInteger(days) || days < 1)
      throw new Error(`care-retention.csv, ${row['code']}: expected whole days from 1, found "${row['days']}".`);
    return { days, basis: row['basis'] ?? '' };
  });
  return rules;
}
